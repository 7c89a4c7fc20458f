import { Worker } from "node:worker_threads";
import { wrapNodeWorker } from "../plugin/learn/node-worker.ts";
import type { WorkerLike } from "../plugin/core/worker-port.ts";

/**
 * Starts a worker thread that runs a TypeScript module.
 *
 * @param module - Its URL.
 * @param data - Handed to the module as `workerData`, besides its own URL.
 */
export function startWorker(module: URL, data: Readonly<Record<string, unknown>> = {}): WorkerLike {
  const thread = new Worker(new URL("./ts-worker.mjs", import.meta.url), {
    workerData: { ...data, module: module.href },
  });
  return wrapNodeWorker(thread);
}
