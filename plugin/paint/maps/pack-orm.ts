import { clamp01 } from "../noise/curves.ts";

/**
 * Occlusion, roughness and metallic in one picture, as glTF and Babylon.js's PBRMaterial read them.
 *
 * @param occlusion - [height, width], in [0, 1]; so are the others.
 * @returns Bytes [height, width, 3]: red is occlusion, green roughness, blue metallic; linear, never sRGB.
 */
export function packOrm(
  occlusion: Float32Array,
  roughness: Float32Array,
  metallic: Float32Array,
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(occlusion.length * 3);
  for (let i = 0; i < occlusion.length; i++) {
    bytes[3 * i] = Math.round(clamp01(occlusion[i]) * 255);
    bytes[3 * i + 1] = Math.round(clamp01(roughness[i]) * 255);
    bytes[3 * i + 2] = Math.round(clamp01(metallic[i]) * 255);
  }
  return bytes;
}
