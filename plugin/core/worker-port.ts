/** The part of a worker, a message port or a worker's own scope that the protocols need. */
export interface PortLike {
  postMessage(message: unknown, transfer?: Transferable[]): void;
  onmessage: ((event: MessageEvent) => void) | null;
}

/** The part of a `Worker` that a run or a painter needs. Node's worker threads are wrapped to look like this. */
export interface WorkerLike extends PortLike {
  onerror: ((event: ErrorEvent) => void) | null;
  terminate(): void;
}
