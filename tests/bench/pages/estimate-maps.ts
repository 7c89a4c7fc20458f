/** A page that asks a worker for maps of a photograph, and draws frames meanwhile. */

/** What was asked for. */
export interface EstimateJob {
  /** Rows and columns of the picture. */
  readonly side: number;
  /** How often; one more comes before, to warm up. */
  readonly rounds: number;
}

/** What came of it. */
export interface EstimateTimes {
  /** Of each round, in the worker, from the picture to the maps. */
  readonly milliseconds: readonly number[];
  /** Frames of the page meanwhile. */
  readonly frames: number;
}

declare global {
  var estimateMaps: (job: EstimateJob) => Promise<EstimateTimes>;
}

globalThis.estimateMaps = async (job) => {
  let frames = 0;
  let isCounting = true;
  const count = (): void => {
    frames += 1;
    if (isCounting) requestAnimationFrame(count);
  };
  const worker = new Worker(new URL("./estimate-maps.worker.ts", import.meta.url), { type: "module" });
  try {
    const milliseconds = await new Promise<readonly number[]>((resolve, reject) => {
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.onmessage = ({ data }: MessageEvent<{ times?: readonly number[]; failure?: string }>) => {
        if (data.times) resolve(data.times);
        else reject(new Error(data.failure));
      };
      requestAnimationFrame(count);
      worker.postMessage(job);
    });
    return { milliseconds, frames };
  } finally {
    isCounting = false;
    worker.terminate();
  }
};
