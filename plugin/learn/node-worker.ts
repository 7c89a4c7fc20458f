import type { WorkerLike } from "../core/worker-port.ts";

/** The part of Node's `Worker` that is wrapped. */
export interface NodeThread {
  postMessage(message: unknown, transfer?: never[]): void;
  on(event: "message", listener: (value: unknown) => void): unknown;
  on(event: "error", listener: (error: Error) => void): unknown;
  on(event: "exit", listener: (code: number) => void): unknown;
  terminate(): Promise<number>;
}

/** Makes a worker thread of Node look like a browser's worker, for `teach`. */
export function wrapNodeWorker(thread: NodeThread): WorkerLike {
  const worker: WorkerLike = {
    onmessage: null,
    onerror: null,
    postMessage: (message, transfer) => thread.postMessage(message, transfer as never[] | undefined),
    terminate: () => {
      isTerminated = true;
      void thread.terminate();
    },
  };
  let isTerminated = false;
  const fail = (message: string): void => worker.onerror?.({ message, preventDefault: () => {} } as ErrorEvent);
  thread.on("message", (data: unknown) => worker.onmessage?.({ data } as MessageEvent));
  thread.on("error", (error: Error) => fail(error.message));
  thread.on("exit", (code: number) => {
    if (!isTerminated && code !== 0) fail(`it ended with exit code ${code}`);
  });
  return worker;
}
