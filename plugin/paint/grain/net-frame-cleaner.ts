import * as tf from "@tensorflow/tfjs";
import { breathe } from "../../core/breathe.ts";
import { GRAIN_INPUTS, GRAIN_STRIDE, type GrainNet } from "../../nets/encoders/grain-net.ts";
import type { NetsBackend } from "../../nets/start-backend.ts";
import { picture, type Picture } from "../picture.ts";
import { NetUse } from "../shipped/net-use.ts";
import { assertColours } from "../tiles/assert-colours.ts";
import { tilesOf } from "../tiles/tiles.ts";
import type { Rectangle } from "../tiles/window.ts";
import type { CleanOptions, FrameCleaner } from "./frame-cleaner.ts";
import { seenCells, withoutNoise, type Frames } from "./grain-cells.ts";
import { assertSensorNoise, toldNoise } from "./sensor-noise.ts";

const WHO = "Frame cleaner";
const SIDES = { least: 8, most: 4096 };
/** Pixels around a tile; more than reaches it noticeably. A multiple of the stride. */
const MARGIN = 48;

/** Frames cleaned by a network. See `loadFrameCleaner`. */
export class NetFrameCleaner implements FrameCleaner {
  readonly fileHash: string | null;
  /** For `NeuralDenoise`; belongs to the cleaner. */
  readonly net: GrainNet;
  readonly backend: NetsBackend;
  readonly #use: NetUse;

  /**
   * @param net - Belongs to the cleaner from now on.
   * @param backend - On which its weights lie; already started.
   * @param fileHash - Of the file that its weights came from. Default null: from none.
   */
  constructor(net: GrainNet, backend: NetsBackend, fileHash: string | null = null) {
    this.net = net;
    this.backend = backend;
    this.#use = new NetUse(WHO, net, backend);
    this.fileHash = fileHash;
  }

  async clean(frame: Picture, options: CleanOptions): Promise<Picture> {
    this.#use.begin();
    assertColours(WHO, frame, SIDES);
    assertSensorNoise(WHO, options);
    const { signal, onProgress } = options;
    const told = toldNoise(options);
    const cleaned = picture(frame.height, frame.width, 3);
    const tiles = tilesOf(frame.height, frame.width);
    let done = 0;
    for (const tile of tiles) {
      onProgress?.(done++ / tiles.length);
      await breathe();
      signal?.throwIfAborted();
      this.#use.begin();
      const window = windowAround(tile, frame);
      const part = cutOut(frame, window);
      const noise = tf.tidy(() =>
        this.net.noiseOf(tf.tensor4d(seenCells(part, told), [1, part.height / 2, part.width / 2, GRAIN_INPUTS])),
      );
      try {
        const pixels = withoutNoise(part, await noise.data<"float32">());
        paste({ ...part, pixels }, window, cleaned, tile);
      } finally {
        noise.dispose();
      }
    }
    signal?.throwIfAborted();
    onProgress?.(1);
    return cleaned;
  }

  dispose(): void {
    this.#use.dispose();
  }
}

/** A tile and its surroundings within the frame, and whole strides of it: only at the right and below more than there is. */
function windowAround({ top, left, height, width }: Rectangle, frame: Picture): Rectangle {
  const first = (from: number): number => Math.max(0, from - MARGIN);
  const length = (from: number, count: number, all: number): number =>
    Math.ceil((Math.min(all, from + count + MARGIN) - first(from)) / GRAIN_STRIDE) * GRAIN_STRIDE;
  return {
    top: first(top),
    left: first(left),
    height: length(top, height, frame.height),
    width: length(left, width, frame.width),
  };
}

/** What a window shows of a frame; beyond its right and lower border the frame in a mirror. */
function cutOut(frame: Picture, { top, left, height, width }: Rectangle): Frames {
  const pixels = new Float32Array(height * width * 3);
  for (let y = 0, to = 0; y < height; y++) {
    const row = mirrored(top + y, frame.height) * frame.width;
    for (let x = 0; x < width; x++, to += 3) {
      const from = 3 * (row + mirrored(left + x, frame.width));
      for (let c = 0; c < 3; c++) pixels[to + c] = frame.pixels[from + c];
    }
  }
  return { height, width, pixels };
}

/** Beyond the last line come the lines before it, the last one first. */
function mirrored(at: number, length: number): number {
  return at < length ? at : 2 * length - 1 - at;
}

function paste(from: Frames, window: Rectangle, to: Picture, tile: Rectangle): void {
  for (let row = 0; row < tile.height; row++) {
    const begin = 3 * ((tile.top - window.top + row) * from.width + tile.left - window.left);
    const line = from.pixels.subarray(begin, begin + 3 * tile.width);
    to.pixels.set(line, 3 * ((tile.top + row) * to.width + tile.left));
  }
}
