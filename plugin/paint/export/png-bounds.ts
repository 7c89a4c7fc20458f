import { Unzlib } from "fflate";

/** Bytes that are unpacked before the sum is looked at again are at most some thousand times this. */
const PORTION = 16_384;
/** No colour profile is larger unpacked. */
const MOST_PROFILE = 16 * 1024 * 1024;

/**
 * Whether a PNG unpacks to no more than its own size says: files can be made that fill the memory from a few kilobytes.
 * Damaged ones pass; the decoder says what is wrong with them.
 */
export function isPngBounded(file: Uint8Array): boolean {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < 33) return true;
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  // At most 4 channels of 16 bits, and a byte for each row of each of the seven passes of an interlaced picture.
  const pixels = counter(8 * width * height + 8 * (height + 8));
  for (let at = 8; at + 8 <= file.length; at += 12 + view.getUint32(at)) {
    const length = Math.min(view.getUint32(at), file.length - at - 8);
    const content = file.subarray(at + 8, at + 8 + length);
    const type = String.fromCharCode(...file.subarray(at + 4, at + 8));
    if (type === "IDAT" && !pixels.fits(content)) return false;
    if (type === "iCCP" && !counter(MOST_PROFILE).fits(content.subarray(content.indexOf(0) + 2))) return false;
  }
  return true;
}

/** Unpacks portion by portion and keeps nothing but the sum. */
function counter(most: number): { fits(compressed: Uint8Array): boolean } {
  let sum = 0;
  const inflator = new Unzlib((chunk) => {
    sum += chunk.length;
  });
  return {
    fits(compressed) {
      for (let start = 0; start < compressed.length; start += PORTION) {
        try {
          inflator.push(compressed.subarray(start, start + PORTION));
        } catch {
          return true; // damaged: the decoder will say so
        }
        if (sum > most) return false;
      }
      return true;
    },
  };
}
