import { EnvironmentError } from "../../core/errors.ts";
import { fromFailure } from "../../core/failure.ts";
import type { WorkerLike } from "../../core/worker-port.ts";
import type { EnvironmentRequest, ExamineMessage, WorkerMessage } from "../messages.ts";
import { diagnoseFailure } from "./diagnose-failure.ts";
import type { Diagnosis } from "./diagnosis.ts";
import type { ExamineOptions } from "./examine-environment.ts";

/** How thoroughly to look, and at what. */
export interface ExamineInWorkerOptions extends ExamineOptions {
  /** Arenas that are played side by side. Default 4. */
  readonly arenas?: number;
  /** What the lesson is set with, plain JSON; as it will be taught. */
  readonly settings?: EnvironmentRequest["settings"];
  /** Stops the examination. */
  readonly signal?: AbortSignal;
}

/**
 * Examines a lesson in a worker of its own, before it is taught, while the page goes on: see `examineEnvironment`.
 *
 * @param makeWorker - Makes one module worker, as for `teach`. It is terminated when the examination is over.
 * @returns What is wrong, faults first; empty when nothing is. A lesson that cannot be built is a fault.
 * @throws EnvironmentError for a worker that dies, and the signal's reason when it is stopped.
 */
export async function examine(
  makeWorker: () => WorkerLike,
  options: ExamineInWorkerOptions = {},
): Promise<readonly Diagnosis[]> {
  const { arenas = 4, settings, decisions = 8_192, seed = 0, signal } = options;
  signal?.throwIfAborted();
  const worker = makeWorker();
  const stopped = new AbortController();
  try {
    return await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
        if (data.type === "examined") resolve(data.diagnoses);
        if (data.type !== "failed") return;
        const error = fromFailure(data.failure);
        resolve([diagnoseFailure(error) ?? describeUnbuilt(error)]);
      };
      worker.onerror = (event) => {
        event.preventDefault?.();
        reject(
          new EnvironmentError(
            `examine: needed a worker that stays alive, came one that died: ${event.message || "it could not be loaded"}. Look for endless loops and memory in the lesson.`,
          ),
        );
      };
      signal?.addEventListener("abort", () => reject(signal.reason as Error), { signal: stopped.signal });
      const message: ExamineMessage = { type: "examine", environment: { arenas, settings }, decisions, seed };
      worker.postMessage(message, []);
    });
  } finally {
    stopped.abort();
    worker.terminate();
  }
}

function describeUnbuilt(error: Error): Diagnosis {
  return {
    rule: "broken-environment",
    severity: "fault",
    words: "The lesson cannot be built.",
    evidence: error.message,
    suggestion: "Mend what the error names, and examine again.",
  };
}
