import type { BaseTexture } from "@babylonjs/core/Materials/Textures/baseTexture.js";
import { UnsupportedError } from "../../core/errors.ts";
import type { TextureImage } from "./texture-image.ts";

/** Reads a texture of bytes into ordinary memory. @throws UnsupportedError where the engine cannot. */
export async function readPictureTexture(texture: BaseTexture): Promise<TextureImage> {
  const { width, height } = texture.getSize();
  const read = await texture.readPixels();
  if (!(read instanceof Uint8Array) || read.length < 4 * width * height) {
    throw new UnsupportedError(
      `NeuralTexture "${texture.name}" keep: needed an engine that reads textures, came one that does not. Draw with WebGL2 or WebGPU.`,
    );
  }
  const pixels = new Uint8Array(4 * width * height);
  const bytes = 4 * width; // the lowest row comes first
  for (let row = 0; row < height; row++) {
    pixels.set(read.subarray(row * bytes, (row + 1) * bytes), (height - 1 - row) * bytes);
  }
  return { width, height, pixels };
}
