import type { TfjsAnswer, TfjsRequest } from "./tfjs-learner.worker.ts";

declare global {
  /** Asks the worker of this page, in which TensorFlow.js computes on WebGPU; one question at a time. */
  var askTfjs: (request: TfjsRequest) => Promise<TfjsAnswer>;
}

const worker = new Worker(new URL("./tfjs-learner.worker.ts", import.meta.url), { type: "module" });

globalThis.askTfjs = (request) =>
  new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<TfjsAnswer>) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(request);
  });
