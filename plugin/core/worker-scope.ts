import { UnsupportedError } from "./errors.ts";
import type { PortLike } from "./worker-port.ts";

interface NodeThreads {
  readonly parentPort: PortLike | null;
}

/**
 * The port between a worker and whoever made it: the worker's global scope in browsers, `parentPort` in Node.
 *
 * @param who - Who asks, for the message, e.g. `"serveLesson"`.
 * @throws UnsupportedError outside of a worker.
 */
export function workerScope(who: string): PortLike {
  const scope = globalThis as unknown as Partial<PortLike> & {
    readonly document?: unknown;
    readonly process?: { getBuiltinModule?(name: string): unknown };
  };
  // Asked of the process and not imported, so that bundlers for browsers need not know the module.
  const threads = scope.process?.getBuiltinModule?.("node:worker_threads") as NodeThreads | undefined;
  if (threads?.parentPort) return threads.parentPort;
  if (typeof scope.postMessage === "function" && scope.document === undefined) return scope as PortLike;
  throw new UnsupportedError(
    `${who}: needed to be called in a worker, came the page itself. Put it into a module of its own and make the worker from that.`,
  );
}
