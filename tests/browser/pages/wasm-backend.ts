import wasmUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import { startAndTeach } from "./teach-on-wasm.ts";

/** What the test of `useWasmBackend` asks of this page. Both resolve to what came: gradients, or an error's message. */
export const wasmBackendPage = {
  /** @param url - Default where the file lies; null for none. */
  start: (url: string | null = wasmUrl): Promise<string> => startAndTeach(url),
  /** The same in a worker. */
  startInWorker(): Promise<string> {
    const worker = new Worker(new URL("./wasm-backend.worker.ts", import.meta.url), { type: "module" });
    return new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data as string);
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage(new URL(wasmUrl, location.href).href);
    });
  },
};

declare global {
  var wasmBackendPage: {
    start: (url?: string | null) => Promise<string>;
    startInWorker: () => Promise<string>;
  };
}

globalThis.wasmBackendPage = wasmBackendPage;
