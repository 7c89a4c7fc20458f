import { createPolicy } from "../compute/wasm-policy.ts";
import { TrainingError } from "../core/errors.ts";
import { fromFailure } from "../core/failure.ts";
import type { Policy, PolicyData } from "../core/policy.ts";
import type { WorkerLike } from "../core/worker-port.ts";
import { assertCanBeCloned, type CloningOptions } from "./behaviour-cloning.ts";
import type { Demonstrations } from "./demonstrations.ts";
import type { CloneMessage, WorkerMessage } from "./messages.ts";

/**
 * Teaches a policy to do what was shown, in a worker of its own, while the page goes on: see `cloneBehaviour`, whose policy this
 * is, bit for bit. What was shown is copied to the worker. `onProgress` is told at most twenty times a second.
 *
 * @param makeWorker - Makes one module worker, as for `teach`. It is terminated when the policy is there, or when the signal says so.
 * @throws ConfigurationError for too few decisions, agents that see pictures or options that cannot work, before any worker is
 * made; TrainingError when a number went bad or the worker died; the signal's reason when it is given up.
 */
export async function cloneInWorker(
  makeWorker: () => WorkerLike,
  demonstrations: Demonstrations,
  { signal, onProgress, ...options }: CloningOptions = {},
): Promise<Policy> {
  assertCanBeCloned(demonstrations, options);
  signal?.throwIfAborted();
  const worker = makeWorker();
  const settled = new AbortController();
  let data: PolicyData;
  try {
    data = await new Promise((resolve, reject) => {
      worker.onmessage = ({ data: message }: MessageEvent<WorkerMessage>) => {
        if (message.type === "cloning") onProgress?.(message.progress);
        if (message.type === "cloned") resolve(message.policy);
        if (message.type === "failed") reject(fromFailure(message.failure));
      };
      worker.onerror = (event) => {
        event.preventDefault?.();
        reject(
          new TrainingError(
            `cloneInWorker: needed a worker that stays alive, came one that died: ${event.message || "it could not be loaded"}. Look at its module.`,
          ),
        );
      };
      signal?.addEventListener("abort", () => reject(signal.reason as Error), { signal: settled.signal });
      const { role, decisionsPerSecond, episodes } = demonstrations;
      const message: CloneMessage = { type: "clone", demonstrations: { role, decisionsPerSecond, episodes }, options };
      worker.postMessage(message, []);
    });
  } finally {
    settled.abort();
    worker.terminate();
  }
  return createPolicy(data, options);
}
