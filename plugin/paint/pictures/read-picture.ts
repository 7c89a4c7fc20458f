import { breathe } from "../../core/breathe.ts";
import { ConfigurationError, UnsupportedError } from "../../core/errors.ts";
import { scaledPicture } from "../generators/fit-picture.ts";
import type { Picture } from "../picture.ts";
import { decodePng } from "../png.ts";
import { opaquePicture, type RawPixels } from "./opaque-picture.ts";
import type { PictureFacts } from "./picture-facts.ts";
import { sniffPicture } from "./sniff-picture.ts";

/** A picture file, read. */
export interface ReadPicture {
  /** Opaque sRGB, [height, width, 3], in [0, 1]. */
  readonly picture: Picture;
  /** The file's name, or `"picture"`. */
  readonly name: string;
  /** Columns and rows of the file itself, turned as its camera says. */
  readonly original: { readonly width: number; readonly height: number };
  /** 0 where the file is transparent, else 1, [height, width, 1]: a picture as `"sampleMask"`. Null where all is opaque. */
  readonly sampleMask: Picture | null;
  /** What was done to it, in sentences for people: made smaller, only the first frame taken … Mostly empty. */
  readonly notes: readonly string[];
}

/** How a picture is read. */
export interface ReadPictureOptions {
  /** Larger ones are made smaller. Pixels in all, 256 to 4096 × 4096; default 1024 × 1024. */
  readonly mostPixels?: number;
  /** For messages and recipes. Default the file's own name. */
  readonly name?: string;
}

/** Larger files are not read: decoded they would fill the memory of a phone. */
const MOST_SIDE = 16_384;
const MOST_FILE_PIXELS = 100_000_000;
const MOST_BYTES = 256 * 1024 * 1024;
const HEAD_BYTES = 1024 * 1024;
const USUAL_PIXELS = 1024 * 1024;
const MOST_PIXELS = 4096 * 4096;
const LEAST_SIDE = 16;
/** The side that generators can work with at most. */
const MOST_RESULT_SIDE = 4096;
/** Pixels that are fetched from a canvas in one go; about 1 ms. */
const BAND = 1 << 16;

/**
 * Reads a picture file: PNG, JPEG, WebP, GIF, BMP, AVIF where the browser can. In Node it reads PNG.
 * Works on pages, too, but opening a large photograph holds up a frame there: ask the `Painter`.
 *
 * The size is known before anything is decoded. Large pictures are made smaller; transparent places get the mean colour and a
 * mask; of films the first frame is taken; a camera's orientation is obeyed. `notes` says what was done.
 *
 * @throws ConfigurationError when it is no picture, damaged, too small to learn anything from or too large to decode;
 * UnsupportedError where this kind cannot be read here.
 */
export async function readPicture(file: Blob | Uint8Array, options: ReadPictureOptions = {}): Promise<ReadPicture> {
  const name = options.name ?? (typeof File !== "undefined" && file instanceof File ? file.name : "picture");
  const who = `readPicture "${name}"`;
  const { mostPixels = USUAL_PIXELS } = options;
  if (!(mostPixels >= LEAST_SIDE * LEAST_SIDE && mostPixels <= MOST_PIXELS)) {
    throw new ConfigurationError(
      `${who}: needed a mostPixels of ${LEAST_SIDE * LEAST_SIDE} to ${MOST_PIXELS}, came ${mostPixels}. Leave it out for 1024 × 1024.`,
    );
  }
  const blob = file instanceof Uint8Array ? new Blob([file as Uint8Array<ArrayBuffer>]) : file;
  if (blob.size > MOST_BYTES) {
    throw new ConfigurationError(
      `${who}: needed at most ${MOST_BYTES / 1024 / 1024} MB, came ${Math.ceil(blob.size / 1024 / 1024)}. Make the picture smaller.`,
    );
  }
  const facts = sniffPicture(await bytesOf(blob.slice(0, HEAD_BYTES), who), who);
  const original = facts.isSideways
    ? { width: facts.height, height: facts.width }
    : { width: facts.width, height: facts.height };
  const size = resultSize(original, mostPixels, who);
  const canDraw = typeof createImageBitmap === "function" && typeof OffscreenCanvas === "function";
  const raw = canDraw ? await draw(blob, original, size, who) : await decode(blob, facts, who);
  const { picture, sampleMask, transparentShare } = await opaquePicture(raw, who);
  const notes: string[] = [];
  if (size.width !== original.width || size.height !== original.height) {
    notes.push(`Made smaller, from ${original.width} × ${original.height} to ${size.width} × ${size.height} pixels.`);
  }
  if (facts.isAnimated) notes.push("It moves; only its first frame was taken.");
  if (canDraw && facts.depth > 8) notes.push(`Read with 8 of its ${facts.depth} bits a channel.`);
  if (sampleMask) {
    notes.push(`${percent(transparentShare)} of it is transparent; nothing will be copied from there.`);
  }
  return {
    picture: scaledPicture(picture, size),
    name,
    original,
    sampleMask: sampleMask && scaledMask(sampleMask, size),
    notes,
  };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function resultSize({ width, height }: Size, mostPixels: number, who: string): Size {
  const came = `${width} × ${height}`;
  if (width > MOST_SIDE || height > MOST_SIDE || width * height > MOST_FILE_PIXELS) {
    throw new ConfigurationError(
      `${who}: needed at most ${MOST_SIDE} pixels a side and ${MOST_FILE_PIXELS / 1e6} million in all, came ${came}. Make it smaller first: opened, it would fill the memory.`,
    );
  }
  const shrink = Math.min(1, Math.sqrt(mostPixels / (width * height)), MOST_RESULT_SIDE / Math.max(width, height));
  const size = { width: Math.round(width * shrink), height: Math.round(height * shrink) };
  if (Math.min(size.width, size.height) < LEAST_SIDE) {
    throw new ConfigurationError(
      `${who}: needed at least ${LEAST_SIDE} × ${LEAST_SIDE} pixels, came ${came}. Choose a picture that shows more.`,
    );
  }
  return size;
}

/** The browser's own decoder: it knows colour profiles and the camera's orientation, and makes the picture smaller by itself. */
async function draw(blob: Blob, original: Size, { width, height }: Size, who: string): Promise<RawPixels> {
  const isSmaller = width !== original.width || height !== original.height;
  const options: ImageBitmapOptions = isSmaller
    ? { resizeWidth: width, resizeHeight: height, resizeQuality: "high", premultiplyAlpha: "none" }
    : { premultiplyAlpha: "none" };
  const bitmap = await createImageBitmap(blob, options).catch((cause: unknown) => {
    throw new ConfigurationError(
      `${who}: needed a picture that this browser can read, came a damaged or unknown one. Get it again, or save it as PNG.`,
      { cause },
    );
  });
  try {
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (!context)
      throw new UnsupportedError(`${who}: needed a canvas to draw on, came none. Close other pages and try again.`);
    context.drawImage(bitmap, 0, 0, width, height);
    const values = new Uint8ClampedArray(width * height * 4);
    const rows = Math.max(1, Math.floor(BAND / width));
    for (let top = 0; top < height; top += rows) {
      await breathe();
      const band = context.getImageData(0, top, width, Math.min(rows, height - top));
      values.set(band.data, top * width * 4);
    }
    return { width, height, channels: 4, values };
  } finally {
    bitmap.close();
  }
}

/** Without a browser only PNG can be read. */
async function decode(blob: Blob, { kind }: PictureFacts, who: string): Promise<RawPixels> {
  if (kind !== "PNG") {
    throw new UnsupportedError(`${who}: needed a browser to read a ${kind}, came none. Save it as PNG.`);
  }
  const { width, height, channels, pixels } = decodePng(await bytesOf(blob, who));
  return { width, height, channels, values: pixels };
}

async function bytesOf(blob: Blob, who: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch (cause) {
    throw new ConfigurationError(
      `${who}: needed a file that can be read, came one that is gone or locked. Choose it again.`,
      { cause },
    );
  }
}

/** A place stays left out if half of what became one pixel was. */
function scaledMask(mask: Picture, size: Size): Picture {
  const scaled = scaledPicture(mask, size);
  return scaled === mask ? mask : { ...scaled, pixels: scaled.pixels.map((value) => (value >= 0.5 ? 1 : 0)) };
}

function percent(share: number): string {
  return share < 0.01 ? "Less than 1%" : `${Math.round(share * 100)}%`;
}
