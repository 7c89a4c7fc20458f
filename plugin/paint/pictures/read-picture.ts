import { UnsupportedError } from "../../core/errors.ts";
import type { Picture } from "../picture.ts";

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
  /** Larger ones are made smaller. Pixels in all; default 1024 × 1024. */
  readonly mostPixels?: number;
  /** For messages and recipes. Default the file's own name. */
  readonly name?: string;
}

/** Reads. */
export function readPicture(file: Blob | Uint8Array, options: ReadPictureOptions = {}): Promise<ReadPicture> {
  void file;
  void options;
  return Promise.reject(new UnsupportedError("readPicture: not built yet."));
}
