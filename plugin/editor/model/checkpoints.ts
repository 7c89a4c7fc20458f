import { listBytes, Observable, removeBytes, writeBytes } from "../../index.ts";

/** A moment of a run that this browser keeps, from which it can go on. */
export interface StoredCheckpoint {
  readonly url: string;
  /** Of the run, e.g. `"run 2"`. */
  readonly run: string;
  readonly made: Date;
  /** How many decisions it had learned from, as far as it had told. */
  readonly decisions: number;
}

/** More of a lesson are not kept: the oldest goes. */
const MOST = 6;

/** Moments of runs as this browser keeps them; a closed tab, or a run that went wrong, loses little. */
export class Checkpoints {
  /** Another list of checkpoints. */
  readonly onChangeObservable = new Observable<void>();
  readonly #prefix: string;

  /** @param storageName - What they are kept under, e.g. `"studio"`. */
  constructor(storageName: string) {
    this.#prefix = `indexeddb://${storageName}-runs/`;
  }

  /** Those of a lesson, newest first. @throws StorageError where storage is denied. */
  async list(lesson: string): Promise<readonly StoredCheckpoint[]> {
    const folder = this.#folder(lesson);
    const urls = await listBytes(folder);
    return urls.flatMap((url) => readName(url, url.slice(folder.length)) ?? []).reverse();
  }

  /** Keeps one more, and no more than six of a lesson. @throws StorageError where storage is denied or full. */
  async add(lesson: string, { run, made, decisions }: Omit<StoredCheckpoint, "url">, bytes: Uint8Array): Promise<void> {
    // Addresses are sorted as text, which is by time.
    const name = [made.toISOString(), encodeURIComponent(run), decisions].join("/");
    await writeBytes(`${this.#folder(lesson)}${name}`, bytes);
    for (const { url } of (await this.list(lesson)).slice(MOST)) await removeBytes(url);
    this.onChangeObservable.notifyObservers();
  }

  /** Forgets one. @throws StorageError where storage is denied. */
  async remove({ url }: StoredCheckpoint): Promise<void> {
    await removeBytes(url);
    this.onChangeObservable.notifyObservers();
  }

  #folder(lesson: string): string {
    return `${this.#prefix}${encodeURIComponent(lesson)}/`;
  }
}

/** @returns null for an address that nobody here wrote. */
function readName(url: string, name: string): StoredCheckpoint | null {
  const [made, run, decisions, ...more] = name.split("/");
  const date = new Date(made);
  if (more.length > 0 || run === undefined || !/^\d+$/.test(decisions ?? "") || Number.isNaN(date.getTime()))
    return null;
  return { url, run: decodeURIComponent(run), made: date, decisions: Number(decisions) };
}
