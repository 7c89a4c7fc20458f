import * as tf from "@tensorflow/tfjs";
import { ConfigurationError } from "../../core/errors.ts";
import type { MapBuffers } from "./bake-pass.ts";

/** A material's maps as tensors of float32. */
export interface TensorMaps {
  /** Linear light, [height, width, 3], in [0, 1]. */
  readonly albedo: tf.Tensor3D;
  /** [height, width], in [0, 1]. */
  readonly heights: tf.Tensor2D;
  /** [height, width], in [0, 1]. */
  readonly roughness: tf.Tensor2D;
  /** [height, width], in [0, 1]. Default 0 everywhere. */
  readonly metallic?: tf.Tensor2D;
  /** What a height of 1 means, in shorter sides of the tile. */
  readonly relief: number | tf.Scalar;
}

/** @throws ConfigurationError unless all maps have the size of `heights`. */
export function assertTensorMaps(who: string, maps: TensorMaps): void {
  const [height, width] = maps.heights.shape;
  const wanted = {
    albedo: [height, width, 3],
    heights: [height, width],
    roughness: [height, width],
    ...(maps.metallic ? { metallic: [height, width] } : {}),
  };
  for (const [name, shape] of Object.entries(wanted)) {
    const map = maps[name as keyof typeof wanted] as tf.Tensor;
    if (map.dtype === "float32" && map.shape.join() === shape.join()) continue;
    throw new ConfigurationError(
      `${who}: needed ${name} of float32 [${shape.join(", ")}], came ${map.dtype} [${map.shape.join(", ")}]. Give all maps the size of the heights.`,
    );
  }
}

/** The maps as buffers of TensorFlow.js' GPU device. */
export interface LentBuffers extends MapBuffers {
  /** Gives the buffers back, after what reads them was submitted. */
  release(): void;
}

/** What the backend's types keep private. */
interface BackendInside {
  uploadToGPU(dataId: object): void;
}

/** Copies the maps within the GPU, in order after what computes them; nothing is read back. The `webgpu` backend must be in use. */
export function lendBuffers(maps: TensorMaps): LentBuffers {
  const [height, width] = maps.heights.shape;
  const lent: tf.Tensor[] = [];
  const lend = (tensor: tf.Tensor): GPUBuffer => {
    // Small tensors wait in ordinary memory until somebody computes with them.
    (tf.backend() as unknown as BackendInside).uploadToGPU(tensor.dataId);
    const { tensorRef, buffer } = tensor.dataToGPU();
    lent.push(tensorRef);
    return buffer!;
  };
  const relief = typeof maps.relief === "number" ? tf.scalar(maps.relief) : maps.relief;
  try {
    return {
      width,
      height,
      albedo: lend(maps.albedo),
      heights: lend(maps.heights),
      roughness: lend(maps.roughness),
      metallic: maps.metallic ? lend(maps.metallic) : null,
      relief: lend(relief),
      release: () => tf.dispose(lent),
    };
  } catch (error) {
    tf.dispose(lent);
    throw error;
  } finally {
    if (relief !== maps.relief) relief.dispose();
  }
}
