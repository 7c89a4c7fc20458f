import type { EstimateOptions, SurfaceEstimator } from "../../../plugin/paint/generators/surface-estimator.ts";
import { linearColours } from "../../../plugin/paint/maps/linear-colours.ts";

/** An estimator that takes red for height and green for roughness, and keeps what it was asked. */
export interface PretendedEstimator extends SurfaceEstimator {
  readonly asked: EstimateOptions[];
}

/** @param fileHash - Of the file that it pretends to come from. */
export function pretendedEstimator(fileHash: string | null = null): PretendedEstimator {
  const asked: EstimateOptions[] = [];
  return {
    asked,
    fileHash,
    estimate({ width, height, pixels }, options = {}) {
      asked.push(options);
      options.onProgress?.(0.5);
      const channel = (first: number): Float32Array =>
        Float32Array.from({ length: width * height }, (_, i) => pixels[3 * i + first]);
      return Promise.resolve({
        width,
        height,
        albedo: linearColours(pixels),
        heights: channel(0),
        roughness: channel(1),
        metallic: new Float32Array(width * height),
        relief: options.relief ?? 0.1,
      });
    },
    dispose() {},
  };
}
