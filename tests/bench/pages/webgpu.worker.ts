import { measureGpuCosts, type GpuCostOptions } from "./gpu-costs.ts";

/** Runs learn in workers, so that is where their costs are counted. */
self.onmessage = ({ data }: MessageEvent<GpuCostOptions>) => {
  measureGpuCosts(data).then(
    (costs) => self.postMessage({ costs }),
    (error: unknown) => self.postMessage({ failure: String(error) }),
  );
};
