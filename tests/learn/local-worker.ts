import type { PortLike, WorkerLike } from "../../plugin/core/worker-port.ts";
import type { LearnerFactories } from "../../plugin/learn/learner-factories.ts";
import type { RunMessage } from "../../plugin/learn/messages.ts";
import { serveTraining, type MakeEnvironment } from "../../plugin/learn/serve-training.ts";

/** A worker that lives on this thread: the real protocol, copies and transfers, without the second that a thread takes to start. */
export interface LocalWorker extends WorkerLike {
  readonly isTerminated: boolean;
  /** Dies as a thread would: the run is told. */
  die(message: string): void;
}

/** Makes a worker on this thread that serves an environment, and may bring learners along. */
export function localWorker(make: MakeEnvironment, learners: LearnerFactories = {}): LocalWorker {
  const { port1: outer, port2: inner } = new MessageChannel();
  const scope: PortLike = {
    onmessage: null,
    postMessage: (message, transfer = []) => inner.postMessage(message, transfer),
  };
  serveTraining(make, scope, learners);
  let isTerminated = false;
  const worker: LocalWorker = {
    onmessage: null,
    onerror: null,
    postMessage: (message, transfer = []) => outer.postMessage(message, transfer),
    terminate() {
      isTerminated = true;
      const data: RunMessage = { type: "stop" }; // nothing else ends a loop on one's own thread
      scope.onmessage?.({ data } as MessageEvent);
      outer.close();
    },
    get isTerminated() {
      return isTerminated;
    },
    die(message) {
      worker.onerror?.({ message } as ErrorEvent);
    },
  };
  inner.onmessage = (event) => {
    if (!isTerminated) scope.onmessage?.(event);
  };
  outer.onmessage = (event) => worker.onmessage?.(event);
  return worker;
}

/** A worker that never says a word. */
export function silentWorker(): LocalWorker {
  let isTerminated = false;
  const worker: LocalWorker = {
    onmessage: null,
    onerror: null,
    postMessage: () => {},
    terminate: () => {
      isTerminated = true;
    },
    get isTerminated() {
      return isTerminated;
    },
    die(message) {
      worker.onerror?.({ message } as ErrorEvent);
    },
  };
  return worker;
}
