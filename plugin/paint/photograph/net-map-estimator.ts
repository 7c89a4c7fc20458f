import * as tf from "@tensorflow/tfjs";
import { breathe } from "../../core/breathe.ts";
import { ConfigurationError } from "../../core/errors.ts";
import type { Edges } from "../../nets/layers/pad-edges.ts";
import type { NetsBackend } from "../../nets/start-backend.ts";
import { linearFromSrgb } from "../maps/srgb.ts";
import type { SurfaceMaps } from "../maps/surface-maps.ts";
import { clamp01 } from "../noise/curves.ts";
import type { Picture } from "../picture.ts";
import { findLight } from "./find-light.ts";
import { linearLight } from "./linear-light.ts";
import { lightVector, type LightDirection } from "./light-vector.ts";
import type { EstimatedTensors, EstimateOptions, MapEstimator, TensorEstimateOptions } from "./map-estimator.ts";
import type { PhotoNet } from "./photo-net.ts";
import { tileMaps, tileMeans } from "./read-tile.ts";
import { NetUse } from "../shipped/net-use.ts";
import { assertColours, assertColourSize } from "../tiles/assert-colours.ts";
import { copyTile, tilesOf } from "../tiles/tiles.ts";

const WHO = "Map estimator";
const SIDES = { least: 8, most: 4096 };
/** Heights that differ by less, in pixels, count as flat. */
const LEAST_RANGE = 1e-3;

/** Maps by a network. See `loadMapEstimator`. */
export class NetMapEstimator implements MapEstimator {
  readonly fileHash: string | null;
  readonly #net: PhotoNet;
  readonly #use: NetUse;

  /**
   * @param net - Belongs to the estimator from now on.
   * @param backend - On which its weights lie; already started.
   * @param fileHash - Of the file that its weights came from. Default null: from none.
   */
  constructor(net: PhotoNet, backend: NetsBackend, fileHash: string | null = null) {
    this.fileHash = fileHash;
    this.#net = net;
    this.#use = new NetUse(WHO, net, backend);
  }

  async estimate(picture: Picture, options: EstimateOptions = {}): Promise<SurfaceMaps> {
    const { evenLight = true, relief, light = "find", signal, onProgress } = options;
    assertColours(WHO, picture, SIDES);
    this.#assertLight(light);
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
    { edges = "wrap", evenLight = true, light = "find" }: TensorEstimateOptions = {},
  ): EstimatedTensors {
    this.#use.begin();
    const [batch, height, width, channels] = picture.shape;
    if (batch !== 1) {
      throw new ConfigurationError(`Map estimator: needed one picture, came ${batch}. Give them one after the other.`);
    }
    assertColourSize(WHO, { height, width, channels }, SIDES);
    this.#assertLight(light);
    const whole = { top: 0, left: 0, height, width };
    return tf.tidy(() => {
      const beyond = edgesOf(edges);
      const view = { edges: beyond, light: this.#net.takesLight ? this.#told(picture, light, beyond) : null };
      const maps = tileMaps(this.#net, picture, whole, { view });
      const heights = tf.reshape<tf.Rank.R2>(maps.heights, [height, width]);
      const lowest = tf.min(heights);
      const range = tf.maximum(tf.sub(tf.max(heights), lowest), LEAST_RANGE);
      const colours = evenLight ? maps.albedo : picture;
      return {
        albedo: tf.reshape<tf.Rank.R3>(linearLight(colours), [height, width, 3]),
        heights: tf.div<tf.Tensor2D>(tf.sub(heights, lowest), range),
        roughness: tf.reshape<tf.Rank.R2>(maps.roughness, [height, width]),
        relief: tf.div<tf.Scalar>(range, Math.min(height, width)),
      };
    });
  }

  dispose(): void {
    this.#use.dispose();
  }

  /** What the network says of a picture, in one piece or tile by tile. */
  async #read(picture: Picture, options: EstimateOptions): Promise<RawMaps> {
    const { edges = "wrap", light = "find", signal, onProgress } = options;
    const { width, height } = picture;
    const raw: RawMaps = {
      heights: new Float32Array(width * height),
      roughness: new Float32Array(width * height),
      albedo: new Float32Array(width * height * 3),
    };
    const beyond = edgesOf(edges);
    const tiles = tilesOf(height, width);
    const steps = 1 + tiles.length * (tiles.length > 1 ? 2 : 1);
    this.#use.begin();
    const pixels = tf.tensor4d(picture.pixels, [1, height, width, 3]);
    const kept: tf.Tensor[] = [pixels];
    try {
      let done = 0;
      const rest = async (): Promise<void> => {
        onProgress?.((done += 1) / (steps + 1));
        await breathe();
        signal?.throwIfAborted();
        this.#use.begin();
      };
      // Step 1. One light for the whole picture.
      const told = this.#net.takesLight ? tf.tidy(() => this.#told(pixels, light, beyond)) : null;
      if (told) kept.push(told);
      await rest();
      const view = { edges: beyond, light: told };
      // Step 2. What the whole picture is like steers all tiles.
      let means: tf.Tensor2D | undefined;
      for (const tile of tiles.length > 1 ? tiles : []) {
        const share = (tile.height * tile.width) / (height * width);
        const before: tf.Tensor2D | undefined = means;
        means = tf.tidy(() => {
          const own = tf.mul<tf.Tensor2D>(tileMeans(this.#net, pixels, tile, view), share);
          return before ? tf.add(before, own) : own;
        });
        kept.push(means);
        await rest();
      }
      // Step 3. Tile by tile.
      for (const tile of tiles) {
        const maps = tf.tidy(() => ({ ...tileMaps(this.#net, pixels, tile, { view, means }) }));
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
      tf.dispose(kept);
    }
  }

  /** The light that the network is told, [1, 2]. In `tf.tidy`. */
  #told(picture: tf.Tensor4D, light: "find" | LightDirection, edges: Edges): tf.Tensor2D {
    return light === "find" ? findLight(this.#net, picture, edges) : tf.tensor2d([...lightVector(light)], [1, 2]);
  }

  #assertLight(light: "find" | LightDirection): void {
    const came = typeof light === "object" ? `the azimuth ${light.azimuth}` : `"${light}"`;
    const isSound = light === "find" || light === "shade" || Number.isFinite(light.azimuth);
    if (!isSound) {
      throw new ConfigurationError(
        `Map estimator: needed a light of "find", "shade" or a finite azimuth in radians, came ${came}. Leave it out to have it found.`,
      );
    }
    if (light === "find" || this.#net.takesLight) return;
    throw new ConfigurationError(
      `Map estimator: needed a network that can be told the light, came an older one and ${came}. Leave the light out, or load a newer estimator.`,
    );
  }
}

interface RawMaps {
  readonly heights: Float32Array<ArrayBuffer>;
  readonly roughness: Float32Array<ArrayBuffer>;
  readonly albedo: Float32Array<ArrayBuffer>;
}

function edgesOf(edges: "wrap" | "cut"): Edges {
  return edges === "wrap" ? "wrap" : "mirror";
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
