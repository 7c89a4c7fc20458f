/**
 * Entry for pages that paint on the GPU they draw with: networks of TensorFlow.js whose maps become Babylon's textures without
 * leaving it, and teaching such networks. Pages without WebGPU that do not teach need none of this.
 */
export { CameraNoise, type CameraNoiseOptions } from "./bridge/grain/camera-noise.ts";
export { NeuralDenoise, type NeuralDenoiseOptions } from "./bridge/grain/neural-denoise.ts";
export { materialFromTensors, type TensorMaterialOptions } from "./bridge/paint/material-from-tensors.ts";
export { paintMaterialOnGpu, type PaintOnGpuOptions } from "./bridge/paint/paint-on-gpu.ts";
export type { TensorMaps } from "./bridge/paint/tensor-buffers.ts";
export { shareDevice, type SharedDevice } from "./bridge/shared-device.ts";
export { fitImaginer } from "./paint/imaginer/fit-imaginer.ts";
export { loadImaginer, type ImaginerOptions } from "./paint/imaginer/imaginer.ts";
export {
  loadMapEstimator,
  type EstimatedTensors,
  type MapEstimator,
  type MapEstimatorOptions,
} from "./paint/photograph/map-estimator.ts";
export { loadDenoiser, type Denoiser, type DenoiseOptions } from "./paint/encoders/denoiser.ts";
export type { SpatialCode } from "./paint/encoders/spatial-code.ts";
export {
  loadTextureAutoencoder,
  type EncodeOptions,
  type FollowOptions,
  type RegrowOptions,
  type TextureAutoencoder,
} from "./paint/encoders/texture-autoencoder.ts";
export { loadFrameCleaner, type CleanOptions, type FrameCleaner } from "./paint/grain/frame-cleaner.ts";
export type { SensorNoise } from "./paint/grain/sensor-noise.ts";
export type { NetOptions } from "./paint/shipped/load-net.ts";
export {
  teachSprites,
  type SpriteShelf,
  type TeachSpritesOptions,
  type TeachSpritesWatch,
} from "./paint/sprites/teach-sprites.ts";
