import * as tf from "@tensorflow/tfjs";
import { breathe } from "../../core/breathe.ts";
import { ConfigurationError } from "../../core/errors.ts";
import type { Edges } from "../../nets/layers/pad-edges.ts";
import type { NetsBackend } from "../../nets/start-backend.ts";
import { linearFromSrgb } from "../maps/srgb.ts";
import type { SurfaceMaps } from "../maps/surface-maps.ts";
import { clamp01 } from "../noise/curves.ts";
import type { Picture } from "../picture.ts";
import type { EstimatedTensors, EstimateOptions, MapEstimator, TensorEstimateOptions } from "./map-estimator.ts";
import type { PhotoMaps, PhotoNet } from "./photo-net.ts";
import { throughWindow, type Rectangle } from "./window.ts";

/** Shortest and longest side of a picture. */
const LEAST = 8;
const MOST = 4096;
/** Pixels that are worked on in one piece: some 300 MB while it lasts. */
const MOST_IN_ONE = 640 * 640;
/** Pixels on each side of a tile, and around it so that its borders see enough of their surroundings; multiples of the stride. */
const TILE = 384;
const MARGIN = 64;
/** Heights that differ by less, in pixels, count as flat. */
const LEAST_RANGE = 1e-3;

/** Maps by a network. See `loadMapEstimator`. */
export class NetMapEstimator implements MapEstimator {
  readonly fileHash: string | null;
  readonly #net: PhotoNet;
  readonly #backend: NetsBackend;
  #isDisposed = false;

  /**
   * @param net - Belongs to the estimator from now on.
   * @param backend - On which its weights lie; already started.
   * @param fileHash - Of the file that its weights came from. Default null: from none.
   */
  constructor(net: PhotoNet, backend: NetsBackend, fileHash: string | null = null) {
    this.fileHash = fileHash;
    this.#net = net;
    this.#backend = backend;
  }

  async estimate(picture: Picture, options: EstimateOptions = {}): Promise<SurfaceMaps> {
    const { evenLight = true, relief, signal, onProgress } = options;
    assertPicture(picture);
    if (relief !== undefined && !(relief > 0 && Number.isFinite(relief))) {
      throw new ConfigurationError(
        `Map estimator: needed a relief above 0, came ${relief}. Leave it out to take what the picture shows.`,
      );
    }
    signal?.throwIfAborted();
    onProgress?.(0);
    const { width, height } = picture;
    const raw = await this.#read(picture, options);
    const range = levelHeights(raw.heights);
    const shade = evenLight ? raw.albedo : picture.pixels;
    onProgress?.(1);
    return {
      width,
      height,
      albedo: shade.map(linearFromSrgb),
      heights: raw.heights,
      relief: relief ?? range / Math.min(width, height),
      roughness: raw.roughness,
      metallic: new Float32Array(width * height),
    };
  }

  estimateTensors(
    picture: tf.Tensor4D,
    { edges = "wrap", evenLight = true }: TensorEstimateOptions = {},
  ): EstimatedTensors {
    this.#use();
    const [batch, height, width, channels] = picture.shape;
    if (batch !== 1) {
      throw new ConfigurationError(`Map estimator: needed one picture, came ${batch}. Give them one after the other.`);
    }
    assertSize(height, width, channels);
    const whole = { top: 0, left: 0, height, width };
    return tf.tidy(() => {
      const maps = this.#infer(picture, whole, edgesOf(edges));
      const heights = tf.reshape<tf.Rank.R2>(maps.heights, [height, width]);
      const lowest = tf.min(heights);
      const range = tf.maximum(tf.sub(tf.max(heights), lowest), LEAST_RANGE);
      const colours = evenLight ? maps.albedo : picture;
      return {
        albedo: tf.reshape<tf.Rank.R3>(linear(colours), [height, width, 3]),
        heights: tf.div<tf.Tensor2D>(tf.sub(heights, lowest), range),
        roughness: tf.reshape<tf.Rank.R2>(maps.roughness, [height, width]),
        relief: tf.div<tf.Scalar>(range, Math.min(height, width)),
      };
    });
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#net.dispose();
  }

  /** What the network says of a picture, in one piece or tile by tile. */
  async #read(picture: Picture, { edges = "wrap", signal, onProgress }: EstimateOptions): Promise<RawMaps> {
    const { width, height } = picture;
    const raw: RawMaps = {
      heights: new Float32Array(width * height),
      roughness: new Float32Array(width * height),
      albedo: new Float32Array(width * height * 3),
    };
    const beyond = edgesOf(edges);
    const tiles = tilesOf(height, width);
    let means: tf.Tensor2D | undefined;
    this.#use();
    const pixels = tf.tensor4d(picture.pixels, [1, height, width, 3]);
    try {
      // Step 1. What the whole picture is like steers all tiles.
      let done = 0;
      const rest = async (): Promise<void> => {
        onProgress?.((done += 1) / (2 * tiles.length + 1));
        await breathe();
        signal?.throwIfAborted();
        this.#use();
      };
      for (const tile of tiles.length > 1 ? tiles : []) {
        const share = (tile.height * tile.width) / (height * width);
        const before: tf.Tensor2D | undefined = means;
        means = tf.tidy(() => {
          const own = tf.mul<tf.Tensor2D>(this.#meansOf(this.#encode(pixels, tile, beyond), tile), share);
          return before ? tf.add(before, own) : own;
        });
        before?.dispose();
        await rest();
      }
      // Step 2. Tile by tile.
      for (const tile of tiles) {
        const maps = tf.tidy(() => ({ ...this.#infer(pixels, tile, beyond, means) }));
        try {
          for (const name of ["heights", "roughness", "albedo"] as const) {
            copyTile(await maps[name].data<"float32">(), raw[name], tile, width);
          }
        } finally {
          tf.dispose([maps.heights, maps.roughness, maps.albedo]);
        }
        await rest();
      }
      return raw;
    } finally {
      tf.dispose(means ? [pixels, means] : pixels);
    }
  }

  /** Maps of a rectangle of a picture. In `tf.tidy`. */
  #infer(pictures: tf.Tensor4D, tile: Rectangle, edges: Edges, means?: tf.Tensor2D): PhotoMaps {
    const { window, beyond } = this.#window(pictures, tile, edges);
    const seen = window ? throughWindow(pictures, window, edges) : pictures;
    const skips = this.#net.encode(seen, beyond);
    const maps = this.#net.decode(seen, skips, beyond, means ?? this.#meansOf({ skips, window }, tile));
    if (!window) return maps;
    const cut = (map: tf.Tensor4D): tf.Tensor4D =>
      tf.slice(map, [0, tile.top - window.top, tile.left - window.left, 0], [1, tile.height, tile.width, map.shape[3]]);
    return { heights: cut(maps.heights), roughness: cut(maps.roughness), albedo: cut(maps.albedo) };
  }

  #encode(pictures: tf.Tensor4D, tile: Rectangle, edges: Edges): Encoded {
    const { window, beyond } = this.#window(pictures, tile, edges);
    return { skips: this.#net.encode(window ? throughWindow(pictures, window, edges) : pictures, beyond), window };
  }

  /** What a tile is like as a whole, without its surroundings, [1, numbers]. */
  #meansOf({ skips, window }: Encoded, tile: Rectangle): tf.Tensor2D {
    if (!window) return this.#net.means(skips);
    const { stride } = this.#net;
    const whole = (length: number): number => Math.max(1, Math.round(length / stride)) * stride;
    return this.#net.means(skips, {
      top: tile.top - window.top,
      left: tile.left - window.left,
      height: whole(tile.height),
      width: whole(tile.width),
    });
  }

  /** A rectangle with its surroundings, in whole strides; none where the picture itself will do. */
  #window({ shape }: tf.Tensor4D, tile: Rectangle, edges: Edges): { window: Rectangle | null; beyond: Edges } {
    const { stride } = this.#net;
    const isWhole = tile.height === shape[1] && tile.width === shape[2];
    if (isWhole && tile.height % stride === 0 && tile.width % stride === 0) return { window: null, beyond: edges };
    const around = (length: number): number => Math.ceil(length / stride) * stride + 2 * MARGIN;
    const window = {
      top: tile.top - MARGIN,
      left: tile.left - MARGIN,
      height: around(tile.height),
      width: around(tile.width),
    };
    return { window, beyond: "mirror" };
  }

  /** TensorFlow.js computes on one backend at a time, and somebody else may have changed it. */
  #use(): void {
    if (this.#isDisposed) {
      throw new ConfigurationError("Map estimator: needed one in use, came one that was disposed. Load a new one.");
    }
    // Of a backend that is ready, this takes effect at once.
    if (tf.getBackend() !== this.#backend) void tf.setBackend(this.#backend);
  }
}

interface RawMaps {
  readonly heights: Float32Array<ArrayBuffer>;
  readonly roughness: Float32Array<ArrayBuffer>;
  readonly albedo: Float32Array<ArrayBuffer>;
}

interface Encoded {
  readonly skips: ReturnType<PhotoNet["encode"]>;
  readonly window: Rectangle | null;
}

function edgesOf(edges: "wrap" | "cut"): Edges {
  return edges === "wrap" ? "wrap" : "mirror";
}

/** The whole picture where it is small, else tiles that cover it. */
function tilesOf(height: number, width: number): Rectangle[] {
  if (height * width <= MOST_IN_ONE) return [{ top: 0, left: 0, height, width }];
  const tiles: Rectangle[] = [];
  for (let top = 0; top < height; top += TILE) {
    for (let left = 0; left < width; left += TILE) {
      tiles.push({ top, left, height: Math.min(TILE, height - top), width: Math.min(TILE, width - left) });
    }
  }
  return tiles;
}

function copyTile(from: Float32Array, to: Float32Array, tile: Rectangle, width: number): void {
  const channels = from.length / (tile.height * tile.width);
  const line = tile.width * channels;
  for (let row = 0; row < tile.height; row++) {
    to.set(from.subarray(row * line, (row + 1) * line), ((tile.top + row) * width + tile.left) * channels);
  }
}

/** Brings heights into [0, 1], in place. @returns What 1 means in pixels. */
function levelHeights(heights: Float32Array): number {
  let [lowest, highest] = [Infinity, -Infinity];
  for (const height of heights) {
    if (height < lowest) lowest = height;
    if (height > highest) highest = height;
  }
  const range = Math.max(LEAST_RANGE, highest - lowest);
  for (let i = 0; i < heights.length; i++) heights[i] = clamp01((heights[i] - lowest) / range);
  return range;
}

/** Linear light of sRGB, any shape. */
function linear(values: tf.Tensor): tf.Tensor {
  const within = tf.clipByValue(values, 0, 1);
  const curve = tf.pow(tf.div(tf.add(within, 0.055), 1.055), 2.4);
  return tf.where(tf.lessEqual(within, 0.04045), tf.div(within, 12.92), curve);
}

function assertPicture({ height, width, channels, pixels }: Picture): void {
  assertSize(height, width, channels);
  const bad = pixels.findIndex((value) => !(value >= 0 && value <= 1));
  if (bad < 0) return;
  throw new ConfigurationError(
    `Map estimator: needed values in [0, 1], came ${pixels[bad]} as number ${bad}. Divide bytes by 255.`,
  );
}

function assertSize(height: number, width: number, channels: number): void {
  const isFine = Math.min(height, width) >= LEAST && Math.max(height, width) <= MOST && channels === 3;
  if (isFine) return;
  throw new ConfigurationError(
    `Map estimator: needed a picture with sides of ${LEAST} to ${MOST} pixels and 3 channels, came ${height}×${width}×${channels}. Change its size first.`,
  );
}
