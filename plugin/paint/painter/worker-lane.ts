import { ConfigurationError, PaintingError } from "../../core/errors.ts";
import { fromFailure } from "../../core/failure.ts";
import type { WorkerLike } from "../../core/worker-port.ts";
import type { PaintPreview, PaintWatch } from "../texture-generator.ts";
import { copiedJob } from "./copied-job.ts";
import type { Job, LessonProgress, PainterMessage, PainterReply } from "./messages.ts";

/** A worker that does not end a cancelled job within this time is ended itself. */
const GRACE_MILLISECONDS = 300;

/** How a job is followed and ended; only lessons know when it is enough, and tell how they go. */
export interface JobWatch extends PaintWatch {
  readonly enough?: AbortSignal;
  readonly onLesson?: (progress: LessonProgress) => void;
}

/** A job that waits or is being done. */
interface Task {
  readonly id: number;
  readonly job: Job;
  readonly watch: JobWatch;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly forget: () => void;
  /** Whether the worker knows of it. */
  hasBegun: boolean;
  preview: PaintPreview | null;
}

/** How a lane treats its worker. */
export interface LaneOptions {
  /** Whether the worker is kept when there is nothing more to do. */
  readonly keepsWorker: boolean;
}

/**
 * One worker that does one job after the other. The worker is made when the first job comes, and anew after it died or was
 * ended.
 */
export class WorkerLane {
  readonly #makeWorker: () => WorkerLike;
  readonly #keepsWorker: boolean;
  readonly #waiting: Task[] = [];
  #worker: WorkerLike | null = null;
  /** What the worker is at; a cancelled job too, until the worker says that it has ended. */
  #active: Task | null = null;
  #grace: ReturnType<typeof setTimeout> | undefined;
  #nextId = 1;
  #isDisposed = false;

  constructor(makeWorker: () => WorkerLike, { keepsWorker }: LaneOptions) {
    this.#makeWorker = makeWorker;
    this.#keepsWorker = keepsWorker;
  }

  /** @throws what the job threw, the signal's reason at once when cancelled, PaintingError when the worker died. */
  run<T>(job: Job, watch: JobWatch = {}): Promise<T> {
    if (this.#isDisposed) return Promise.reject(disposed());
    const { signal, enough } = watch;
    if (signal?.aborted) return Promise.reject(signal.reason as Error);
    return new Promise<unknown>((resolve, reject) => {
      const cancel = (): void => this.#cancel(task);
      const end = (): void => this.#end(task);
      const task: Task = {
        id: this.#nextId++,
        job,
        watch,
        resolve,
        reject,
        forget: () => {
          signal?.removeEventListener("abort", cancel);
          enough?.removeEventListener("abort", end);
        },
        hasBegun: false,
        preview: null,
      };
      signal?.addEventListener("abort", cancel, { once: true });
      enough?.addEventListener("abort", end, { once: true });
      this.#waiting.push(task);
      this.#next();
    }) as Promise<T>;
  }

  /** Ends the worker and everything that is under way. May be called twice. */
  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#endWorker();
    const tasks = this.#active ? [this.#active, ...this.#waiting] : this.#waiting;
    this.#active = null;
    for (const task of tasks.splice(0)) {
      task.forget();
      task.reject(disposed());
    }
    this.#waiting.length = 0;
  }

  #next(): void {
    if (this.#active || this.#isDisposed) return;
    const task = this.#waiting.shift();
    if (!task) {
      if (!this.#keepsWorker) this.#endWorker();
      return;
    }
    this.#active = task;
    try {
      this.#worker ??= this.#startWorker();
    } catch (cause) {
      this.#fail(task, died(cause instanceof Error ? cause.message : String(cause), cause));
      return;
    }
    void this.#begin(task, this.#worker);
  }

  async #begin(task: Task, worker: WorkerLike): Promise<void> {
    try {
      const { copy, buffers } = await copiedJob(task.job);
      if (task !== this.#active) return; // cancelled, or its worker died
      worker.postMessage({ type: "begin", id: task.id, job: copy } satisfies PainterMessage, [...buffers]);
      task.hasBegun = true;
      this.#end(task);
    } catch (cause) {
      if (task !== this.#active) return;
      const reason = cause instanceof Error ? cause.message : String(cause);
      const message = `Painter: needed settings of plain data, came something that cannot be posted to a worker (${reason}). Take it out.`;
      this.#fail(task, new ConfigurationError(message, { cause }));
    }
  }

  #startWorker(): WorkerLike {
    const worker = this.#makeWorker();
    worker.onmessage = (event) => {
      if (worker === this.#worker) this.#receive(event.data as PainterReply);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      if (worker === this.#worker) this.#bury(event.message);
    };
    return worker;
  }

  #receive(reply: PainterReply): void {
    const task = this.#active;
    if (!task || reply.id !== task.id) return;
    const isCancelled = task.watch.signal?.aborted === true;
    if (reply.type === "progress") {
      if (isCancelled) return;
      if (reply.preview) task.preview = reply.preview;
      task.watch.onProgress?.({ done: reply.done, stage: reply.stage, preview: () => task.preview });
      return;
    }
    if (reply.type === "lesson") {
      if (!isCancelled) task.watch.onLesson?.(reply.progress);
      return;
    }
    this.#finish(task);
    if (reply.type === "done") task.resolve(reply.result);
    else if (reply.type === "failed") task.reject(fromFailure(reply.failure));
    this.#next();
  }

  /** The worker's death is told to whoever waits for it; a cancelled job is past caring. */
  #bury(message: string): void {
    this.#endWorker();
    const task = this.#active;
    if (task) this.#fail(task, died(message || "no reason given"));
  }

  /** Tells the worker that it is enough, if somebody has said so and the worker knows of the job. */
  #end(task: Task): void {
    if (!task.watch.enough?.aborted || !task.hasBegun || task !== this.#active) return;
    this.#worker!.postMessage({ type: "enough", id: task.id } satisfies PainterMessage);
  }

  #cancel(task: Task): void {
    task.forget();
    task.reject(task.watch.signal!.reason);
    const place = this.#waiting.indexOf(task);
    if (place >= 0) this.#waiting.splice(place, 1);
    if (task !== this.#active) return;
    if (!task.hasBegun) {
      this.#finish(task);
      this.#next();
      return;
    }
    this.#worker!.postMessage({ type: "cancel", id: task.id } satisfies PainterMessage);
    this.#grace = setTimeout(() => {
      this.#endWorker();
      this.#finish(task);
      this.#next();
    }, GRACE_MILLISECONDS);
  }

  #fail(task: Task, error: Error): void {
    this.#finish(task);
    task.reject(error); // without effect on a job that was cancelled
    this.#next();
  }

  #finish(task: Task): void {
    clearTimeout(this.#grace);
    task.forget();
    this.#active = null;
  }

  #endWorker(): void {
    clearTimeout(this.#grace);
    const worker = this.#worker;
    this.#worker = null;
    if (!worker) return;
    worker.onmessage = worker.onerror = null;
    worker.terminate();
  }
}

function disposed(): Error {
  return new ConfigurationError(
    "Painter: needed one that is in use, came a disposed one. Make another by createPainter.",
  );
}

function died(reason: string, cause?: unknown): Error {
  return new PaintingError(
    `Painter: needed a worker that lives, came one that died (${reason}). Try again, with a smaller size if it was out of memory.`,
    { cause },
  );
}
