import { webGpuPage } from "../../browser/pages/webgpu-learner.ts";
import type { GpuCostOptions, GpuCosts } from "./gpu-costs.ts";

declare global {
  /** In a worker of its own. */
  var measureGpuCosts: (options: GpuCostOptions) => Promise<GpuCosts>;
}

// Named, since a module that nobody takes anything from is left out of the build.
globalThis.webGpuPage = webGpuPage;

globalThis.measureGpuCosts = (options) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./webgpu.worker.ts", import.meta.url), { type: "module" });
    const end = (settle: () => void): void => {
      worker.terminate();
      settle();
    };
    worker.onerror = ({ message }) => end(() => reject(new Error(message)));
    worker.onmessage = ({ data }: MessageEvent<{ costs?: GpuCosts; failure?: string }>) => {
      const { costs, failure } = data;
      end(() => (costs ? resolve(costs) : reject(new Error(failure))));
    };
    worker.postMessage(options);
  });
