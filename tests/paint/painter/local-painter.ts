import type { PortLike, WorkerLike } from "../../../plugin/core/worker-port.ts";
import type { PaintNetworks } from "../../../plugin/paint/generators/paint-networks.ts";
import { createPainter, type Painter } from "../../../plugin/paint/painter.ts";
import { servePainter, type PaintTeachers } from "../../../plugin/paint/painter/serve-painter.ts";

/** A worker on this thread: the real protocol, copies and transfers, without the second that a thread takes to start. */
export interface LocalWorker extends WorkerLike {
  readonly isTerminated: boolean;
  /** Dies as a thread would. */
  die(message: string): void;
}

/** @param serve - What the worker does with its end of the port. */
export function localWorker(serve: (scope: PortLike) => void): LocalWorker {
  const { port1: outer, port2: inner } = new MessageChannel();
  const scope: PortLike = {
    onmessage: null,
    postMessage: (message, transfer = []) => inner.postMessage(message, transfer),
  };
  serve(scope);
  let isTerminated = false;
  const worker: LocalWorker = {
    onmessage: null,
    onerror: null,
    postMessage: (message, transfer = []) => outer.postMessage(message, transfer),
    terminate() {
      isTerminated = true;
      outer.close();
    },
    get isTerminated() {
      return isTerminated;
    },
    die(message) {
      worker.onerror?.({ message, preventDefault: () => {} } as ErrorEvent);
    },
  };
  inner.onmessage = (event) => {
    if (!isTerminated) scope.onmessage?.(event);
  };
  outer.onmessage = (event) => worker.onmessage?.(event);
  return worker;
}

/** A painter with its workers laid open. */
export interface LocalPainter {
  readonly painter: Painter;
  /** All that were ever made, the newest last. */
  readonly workers: readonly LocalWorker[];
  /** How many still live. */
  readonly alive: () => number;
}

/** @param firstAnswers - Whether the first worker ever says a word. */
export function localPainter(
  networks: PaintNetworks = {},
  firstAnswers = true,
  teachers: PaintTeachers = {},
): LocalPainter {
  const workers: LocalWorker[] = [];
  const painter = createPainter(() => {
    const answers = firstAnswers || workers.length > 0;
    const worker = localWorker((scope) => {
      if (answers) servePainter(scope, networks, teachers);
    });
    workers.push(worker);
    return worker;
  });
  return { painter, workers, alive: () => workers.filter(({ isTerminated }) => !isTerminated).length };
}
