import { DecodeBase64ToBinary, EncodeArrayBufferToBase64 } from "@babylonjs/core/Misc/stringTools.js";
import { ConfigurationError } from "../../core/errors.ts";
import { decodePng, encodePng } from "../../paint/png.ts";
import type { TextureImage } from "./texture-image.ts";

const START = "data:image/png;base64,";

/** A picture as a PNG file in a data URL. Takes about 50 ms for 512 × 512 pixels. */
export function pictureUrl({ width, height, pixels }: TextureImage): string {
  return START + EncodeArrayBufferToBase64(encodePng({ width, height, channels: 4, pixels }));
}

/**
 * Undoes `pictureUrl`.
 *
 * @throws ConfigurationError when it is no such URL, or the file is damaged.
 */
export function pictureOfUrl(who: string, url: unknown): TextureImage {
  if (typeof url !== "string" || !url.startsWith(START)) {
    throw new ConfigurationError(
      `${who}: needed a PNG as data URL, came ${typeof url === "string" ? `"${url.slice(0, 24)}…"` : typeof url}. Save the scene again.`,
    );
  }
  const { width, height, channels, pixels } = decodePng(new Uint8Array(DecodeBase64ToBinary(url.slice(START.length))));
  if (channels !== 4 || !(pixels instanceof Uint8Array)) {
    throw new ConfigurationError(
      `${who}: needed a PNG with 4 bytes a pixel, came one with ${channels} channels. Save the scene again.`,
    );
  }
  return { width, height, pixels };
}
