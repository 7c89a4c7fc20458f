import type { AbstractEngine } from "@babylonjs/core/Engines/abstractEngine.js";
import { Constants } from "@babylonjs/core/Engines/constants.js";
import type { InternalTexture } from "@babylonjs/core/Materials/Textures/internalTexture.js";
import type { TextureImage, TextureSize } from "./texture-image.ts";

/** How a texture of the GPU is made. */
export interface PictureTextureOptions {
  readonly mipmaps: boolean;
  /** One of Babylon's sampling modes. */
  readonly samplingMode: number;
}

/**
 * Puts a picture on the GPU: one upload, then mipmaps. Babylon keeps the same bytes for the case that the context is lost.
 *
 * @returns A texture with one reference; whoever drops the last one frees it.
 */
export function createPictureTexture(
  engine: AbstractEngine,
  { width, height, pixels }: TextureImage,
  { mipmaps, samplingMode }: PictureTextureOptions,
): InternalTexture {
  const format = Constants.TEXTUREFORMAT_RGBA;
  const type = Constants.TEXTURETYPE_UNSIGNED_BYTE;
  // Flipped, since Babylon's texture coordinates begin below and pictures begin above.
  const internal = engine.createRawTexture(pixels, width, height, format, mipmaps, true, samplingMode, null, type);
  internal.isReady = true; // which NullEngine 9.35 forgets, so that scenes without a screen would wait for ever
  return internal;
}

/** An empty texture that shaders can write to; on WebGPU only. Its contents do not survive a lost device. */
export function createStorageTexture(
  engine: AbstractEngine,
  { width, height }: TextureSize,
  { mipmaps, samplingMode }: PictureTextureOptions,
): InternalTexture {
  const format = Constants.TEXTUREFORMAT_RGBA;
  const type = Constants.TEXTURETYPE_UNSIGNED_BYTE;
  const flags = Constants.TEXTURE_CREATIONFLAG_STORAGE;
  return engine.createRawTexture(null, width, height, format, mipmaps, false, samplingMode, null, type, flags);
}
