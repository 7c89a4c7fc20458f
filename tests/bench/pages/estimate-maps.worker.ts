import wasmUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import estimatorUrl from "../../../models/photo-maps/estimator.bnw?url";
import { Random } from "../../../plugin/core/random.ts";
import { loadMapEstimator } from "../../../plugin/paint/photograph/map-estimator.ts";
import { picture } from "../../../plugin/paint/picture.ts";
import type { EstimateJob } from "./estimate-maps.ts";

self.onmessage = ({ data }: MessageEvent<EstimateJob>) => {
  timeEstimates(data).then(
    (times) => self.postMessage({ times }),
    (error: unknown) => self.postMessage({ failure: String(error) }),
  );
};

async function timeEstimates({ side, rounds }: EstimateJob): Promise<readonly number[]> {
  const random = new Random(1);
  const photo = picture(
    side,
    side,
    3,
    Float32Array.from({ length: side * side * 3 }, () => random.uniform()),
  );
  const estimator = await loadMapEstimator(estimatorUrl, { backend: "wasm", wasmUrl });
  const times: number[] = [];
  for (let round = -1; round < rounds; round++) {
    const began = performance.now();
    await estimator.estimate(photo);
    if (round >= 0) times.push(performance.now() - began);
  }
  estimator.dispose();
  return times;
}
