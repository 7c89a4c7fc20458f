import type { SpriteArtist } from "./sprite-artist.ts";

/** A call to the worker. */
export interface SpriteCall {
  readonly id: number;
  readonly name: keyof SpriteArtist;
  readonly given: readonly unknown[];
}

/** Its answer. */
export type SpriteAnswer =
  { readonly id: number; readonly made: unknown } | { readonly id: number; readonly problem: string };

/** Answers calls by an artist, one after the other as they can be. Never rejects. */
export async function answerSpriteCall(artist: SpriteArtist, { id, name, given }: SpriteCall): Promise<SpriteAnswer> {
  try {
    const made = await (artist[name] as (...all: readonly unknown[]) => Promise<unknown>)(...given);
    return { id, made };
  } catch (problem) {
    return { id, problem: problem instanceof Error ? problem.message : String(problem) };
  }
}

/** The artist on the page: a worker does what it is asked. */
export class RemoteSpriteArtist implements SpriteArtist {
  readonly #start: () => Worker;
  readonly #waiting = new Map<number, { resolve(made: never): void; reject(problem: Error): void }>();
  #worker: Worker | null = null;
  #calls = 0;

  /** @param start - Starts the worker. Called with the first call, and again after a worker has died. */
  constructor(start: () => Worker) {
    this.#start = start;
  }

  imagine(...given: Parameters<SpriteArtist["imagine"]>): ReturnType<SpriteArtist["imagine"]> {
    return this.#call("imagine", given);
  }

  walk(...given: Parameters<SpriteArtist["walk"]>): ReturnType<SpriteArtist["walk"]> {
    return this.#call("walk", given);
  }

  repeat(...given: Parameters<SpriteArtist["repeat"]>): ReturnType<SpriteArtist["repeat"]> {
    return this.#call("repeat", given);
  }

  read(...given: Parameters<SpriteArtist["read"]>): ReturnType<SpriteArtist["read"]> {
    return this.#call("read", given);
  }

  change(...given: Parameters<SpriteArtist["change"]>): ReturnType<SpriteArtist["change"]> {
    return this.#call("change", given);
  }

  /** Ends the worker; what is under way rejects. May be called twice. */
  dispose(): void {
    this.#end("The shields were left.");
  }

  #call<T>(name: keyof SpriteArtist, given: readonly unknown[]): Promise<T> {
    const worker = (this.#worker ??= this.#hire());
    const id = this.#calls++;
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      worker.postMessage({ id, name, given } satisfies SpriteCall);
    });
  }

  #hire(): Worker {
    const worker = this.#start();
    worker.addEventListener("message", ({ data }: MessageEvent<SpriteAnswer>) => {
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if ("problem" in data) waiting?.reject(new Error(data.problem));
      else waiting?.resolve(data.made as never);
    });
    worker.addEventListener("error", ({ message }) =>
      this.#end(`The worker with the shields ended: ${message}. Try again.`),
    );
    return worker;
  }

  #end(reason: string): void {
    this.#worker?.terminate();
    this.#worker = null;
    for (const { reject } of this.#waiting.values()) reject(new Error(reason));
    this.#waiting.clear();
  }
}
