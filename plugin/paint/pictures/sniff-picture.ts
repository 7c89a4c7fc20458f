import { ConfigurationError } from "../../core/errors.ts";
import { FileHead, type PictureFacts } from "./picture-facts.ts";
import { sniffJpeg } from "./sniff-jpeg.ts";

/** Kinds that people drop and no browser draws as a photograph, by what they begin with. */
const OTHERS: readonly (readonly [offset: number, text: string, name: string])[] = [
  [0, "%PDF", "a PDF"],
  [0, "PK\u0003\u0004", "a zip"],
  [0, "8BPS", "a Photoshop file"],
  [0, "II*\0", "a TIFF or raw photograph"],
  [0, "MM\0*", "a TIFF or raw photograph"],
  [4, "ftypheic", "a HEIC photograph"],
  [4, "ftypheix", "a HEIC photograph"],
  [4, "ftypmif1", "a HEIF photograph"],
  [4, "ftypisom", "a film"],
  [4, "ftypmp4", "a film"],
  [0, "\u001aE\u00df\u00a3", "a film"],
  [0, "#?RADIANCE", "a Radiance picture"],
  [0, "\u0076\u002f\u0031\u0001", "an OpenEXR picture"],
];

/**
 * Reads what a picture file is and how large, from its first bytes: before anything is decoded, so that a file which would fill the
 * memory is known in time.
 *
 * @param head - The file's beginning; a megabyte is always enough.
 * @param who - Who asks, for messages.
 * @throws ConfigurationError when it is no picture that browsers can read, or cut off before it says its size.
 */
export function sniffPicture(head: Uint8Array, who: string): PictureFacts {
  if (head.length === 0)
    throw new ConfigurationError(`${who}: needed a picture, came an empty file. Choose another one.`);
  const file = new FileHead(head);
  const facts = read(file);
  if (facts === null)
    throw new ConfigurationError(
      `${who}: needed a PNG, JPEG, WebP, GIF, BMP or AVIF, came ${guess(file)}. Choose another file, or save it as PNG.`,
    );
  if (facts === "cut off" || facts.width < 1 || facts.height < 1) {
    throw new ConfigurationError(`${who}: needed a whole picture, came one that is damaged or cut off. Get it again.`);
  }
  return facts;
}

type Finding = PictureFacts | "cut off" | null;

function read(file: FileHead): Finding {
  if (file.says(0, "\u0089PNG\r\n\u001a\n")) return sniffPng(file);
  if (file.says(0, "\u00ff\u00d8\u00ff")) return sniffJpeg(file);
  if (file.says(0, "RIFF") && file.says(8, "WEBP")) return sniffWebp(file);
  if (file.says(0, "GIF87a") || file.says(0, "GIF89a")) return sniffGif(file);
  if (file.says(0, "BM") && file.has(14, 4) && file.long(14, true) >= 12) return sniffBmp(file);
  if (file.says(4, "ftypavif") || file.says(4, "ftypavis")) return sniffAvif(file);
  return null;
}

/** https://www.w3.org/TR/png-3/: IHDR comes first, acTL before the first IDAT. */
function sniffPng(file: FileHead): Finding {
  if (!file.has(8, 25) || !file.says(12, "IHDR")) return "cut off";
  let isAnimated = false;
  for (let at = 8; file.has(at, 8) && !file.says(at + 4, "IDAT"); at += 12 + file.long(at)) {
    if (file.says(at + 4, "acTL") && file.has(at + 8, 4)) isAnimated = file.long(at + 8) > 1;
  }
  return {
    kind: "PNG",
    width: file.long(16),
    height: file.long(20),
    isSideways: false,
    isAnimated,
    depth: file.byte(24),
  };
}

/** https://developers.google.com/speed/webp/docs/riff_container. */
function sniffWebp(file: FileHead): Finding {
  if (!file.has(12, 18)) return "cut off";
  const facts = { kind: "WebP", isSideways: false, isAnimated: false, depth: 8 } as const;
  if (file.says(12, "VP8X")) {
    const flags = file.byte(20);
    const width = 1 + (file.long(24, true) & 0xffffff);
    const height = 1 + (file.word(27, true) | (file.byte(29) << 16));
    return { ...facts, width, height, isAnimated: (flags & 2) !== 0 };
  }
  if (file.says(12, "VP8L")) {
    const bits = file.long(21, true);
    return { ...facts, width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
  }
  if (!file.says(12, "VP8 ")) return "cut off";
  return { ...facts, width: file.word(26, true) & 0x3fff, height: file.word(28, true) & 0x3fff };
}

/** https://www.w3.org/Graphics/GIF/spec-gif89a.txt: animated if a second image begins. */
function sniffGif(file: FileHead): Finding {
  if (!file.has(0, 13)) return "cut off";
  const width = file.word(6, true);
  const height = file.word(8, true);
  let at = 13 + colourTable(file.byte(10));
  let images = 0;
  while (images < 2 && file.has(at, 2)) {
    const block = file.byte(at);
    if (block === 0x2c && file.has(at, 10)) {
      images += 1;
      at = skipBlocks(file, at + 11 + colourTable(file.byte(at + 9)));
    } else if (block === 0x21) at = skipBlocks(file, at + 2);
    else break;
  }
  return { kind: "GIF", width, height, isSideways: false, isAnimated: images > 1, depth: 8 };
}

function colourTable(flags: number): number {
  return flags & 0x80 ? 3 * (2 << (flags & 7)) : 0;
}

function skipBlocks(file: FileHead, start: number): number {
  let at = start;
  while (file.has(at, 1) && file.byte(at) !== 0) at += 1 + file.byte(at);
  return at + 1;
}

function sniffBmp(file: FileHead): Finding {
  if (!file.has(14, 12)) return "cut off";
  const facts = { kind: "BMP", isSideways: false, isAnimated: false, depth: 8 } as const;
  if (file.long(14, true) === 12) return { ...facts, width: file.word(18, true), height: file.word(20, true) };
  return { ...facts, width: Math.abs(file.signed(18, true)), height: Math.abs(file.signed(22, true)) };
}

/** ISO/IEC 23008-12: the largest `ispe` is the picture itself; others are tiles, alpha or a thumbnail. */
function sniffAvif(file: FileHead): Finding {
  let width = 0;
  let height = 0;
  for (let at = 16; file.has(at, 16); at++) {
    if (!file.says(at, "ispe")) continue;
    width = Math.max(width, file.long(at + 8));
    height = Math.max(height, file.long(at + 12));
  }
  if (width === 0) return "cut off";
  return { kind: "AVIF", width, height, isSideways: false, isAnimated: file.says(8, "avis"), depth: 8 };
}

function guess(file: FileHead): string {
  const known = OTHERS.find(([offset, text]) => file.says(offset, text));
  if (known) return known[2];
  const start = Array.from({ length: Math.min(512, file.length) }, (_, i) => String.fromCharCode(file.byte(i))).join(
    "",
  );
  if (/<svg[\s>]/i.test(start)) return "an SVG drawing";
  return `something else that begins with ${JSON.stringify(start.slice(0, 8))}`;
}
