import type { FileHead, PictureFacts } from "./picture-facts.ts";

/** The size stands in a start-of-frame segment, the orientation in an Exif segment before it. ITU-T T.81, B.1.1.3. */
export function sniffJpeg(file: FileHead): PictureFacts | "cut off" {
  let isSideways = false;
  let at = 2;
  while (file.has(at, 4)) {
    if (file.byte(at) !== 0xff) return "cut off";
    const marker = file.byte(at + 1);
    if (marker === 0xff) {
      at += 1; // fill byte
      continue;
    }
    if (marker === 0xd9 || marker === 0xda) return "cut off"; // an end, or pixels, without a size
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) {
      if (!file.has(at, 9)) return "cut off";
      const [depth, height, width] = [file.byte(at + 4), file.word(at + 5), file.word(at + 7)];
      return { kind: "JPEG", width, height, isSideways, isAnimated: false, depth };
    }
    if (marker === 0xe1 && file.says(at + 4, "Exif\0\0")) isSideways = readOrientation(file, at + 10) >= 5;
    at += 2 + file.word(at + 2);
  }
  return "cut off";
}

/** Exif 2.32, tag 0x0112 of the first directory; 1, upright, where it is missing or damaged. */
function readOrientation(file: FileHead, start: number): number {
  const isLittle = file.says(start, "II");
  if ((!isLittle && !file.says(start, "MM")) || !file.has(start, 8)) return 1;
  const directory = start + file.long(start + 4, isLittle);
  if (!file.has(directory, 2)) return 1;
  const entries = file.word(directory, isLittle);
  for (let entry = 0; entry < entries; entry++) {
    const at = directory + 2 + 12 * entry;
    if (!file.has(at, 12)) return 1;
    if (file.word(at, isLittle) === 0x0112) return file.word(at + 8, isLittle);
  }
  return 1;
}
