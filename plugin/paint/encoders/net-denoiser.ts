import * as tf from "@tensorflow/tfjs";
import { breathe } from "../../core/breathe.ts";
import { ConfigurationError } from "../../core/errors.ts";
import type { DenoiserNet, NoisyPictures } from "../../nets/encoders/denoiser-net.ts";
import { findNoise, MOST_NOISE } from "../../nets/encoders/find-noise.ts";
import { PILOTED_STEPS, pilotedMeans } from "../../nets/encoders/non-local-means.ts";
import type { Edges } from "../../nets/layers/pad-edges.ts";
import type { UNetSkips } from "../../nets/layers/u-net.ts";
import type { NetsBackend } from "../../nets/start-backend.ts";
import { clamp01 } from "../noise/curves.ts";
import { picture, type Picture } from "../picture.ts";
import { assertColours } from "../tiles/assert-colours.ts";
import { copyTile, placeInWindow, tilesOf, windowOf } from "../tiles/tiles.ts";
import { throughWindow, type Rectangle } from "../tiles/window.ts";
import type { Denoiser, DenoiseOptions } from "./denoiser.ts";
import { NetUse } from "../shipped/net-use.ts";

const WHO = "Denoiser";
const SIDES = { least: 8, most: 4096 };
/** How far noise may lead out of [0, 1]. */
const BEYOND = 2;
/** Pixels around a tile; more than anything but the whole picture's means reaches. */
const MARGIN = 64;
/** Of the whole work, the classic filter's. */
const CLASSIC_SHARE = 0.5;

/** Noise taken out by a network. See `loadDenoiser`. */
export class NetDenoiser implements Denoiser {
  readonly fileHash: string | null;
  readonly #net: DenoiserNet;
  readonly #use: NetUse;

  /**
   * @param net - Belongs to the denoiser from now on.
   * @param backend - On which its weights lie; already started.
   * @param fileHash - Of the file that its weights came from. Default null: from none.
   */
  constructor(net: DenoiserNet, backend: NetsBackend, fileHash: string | null = null) {
    this.#net = net;
    this.#use = new NetUse(WHO, net, backend);
    this.fileHash = fileHash;
  }

  async denoise(source: Picture, options: DenoiseOptions = {}): Promise<Picture> {
    const { noise = "find", edges = "wrap", signal, onProgress } = options;
    this.#use.begin();
    assertColours(WHO, source, SIDES, BEYOND);
    if (noise !== "find" && !(noise >= 0 && noise <= MOST_NOISE)) {
      throw new ConfigurationError(
        `${WHO}: needed noise of 0 to ${MOST_NOISE} or "find", came ${String(noise)}. Give its standard deviation, or leave it out.`,
      );
    }
    const rest = async (done: number): Promise<void> => {
      onProgress?.(done);
      await breathe();
      signal?.throwIfAborted();
    };
    await rest(0);
    const deviation = noise === "find" ? Math.min(MOST_NOISE, findNoise(source)) : noise;
    const { height, width } = source;

    // Step 1. The classic filter.
    const steps = pilotedMeans(source, deviation);
    let base = steps.next();
    for (let step = 1; !base.done; step++, base = steps.next()) await rest((CLASSIC_SHARE * step) / PILOTED_STEPS);

    // Step 2. The network.
    this.#use.begin();
    const cleaned = new Float32Array(source.pixels.length);
    const both = tf.tidy(() => {
      const parts = [source.pixels, base.value];
      return tf.concat(
        parts.map((pixels) => tf.tensor4d(pixels, [1, height, width, 3])),
        3,
      ); // [1, height, width, 6]
    });
    const kept: tf.Tensor[] = [both];
    try {
      const beyond: Edges = edges === "wrap" ? "wrap" : "mirror";
      const tiles = tilesOf(height, width);
      const look = (tile: Rectangle): Look => this.#look(both, { tile, edges: beyond, deviation });
      const passes = tiles.length > 1 ? 2 * tiles.length : 1;
      let done = 0;
      const next = async (): Promise<void> => {
        done += 1;
        await rest(CLASSIC_SHARE + ((1 - CLASSIC_SHARE) * done) / passes);
        this.#use.begin();
      };
      // What the whole picture is like steers all tiles.
      let means: tf.Tensor2D | undefined;
      for (const tile of tiles.length > 1 ? tiles : []) {
        const share = (tile.height * tile.width) / (height * width);
        const before: tf.Tensor2D | undefined = means;
        means = tf.tidy(() => {
          const own = tf.mul<tf.Tensor2D>(this.#means(look(tile)), share);
          return before ? tf.add(before, own) : own;
        });
        kept.push(means);
        await next();
      }
      for (const tile of tiles) {
        const made = tf.tidy(() => this.#clean(look(tile), means));
        try {
          copyTile(await made.data<"float32">(), cleaned, tile, width);
        } finally {
          made.dispose();
        }
        await next();
      }
    } finally {
      tf.dispose(kept);
    }
    return picture(height, width, 3, cleaned.map(clamp01));
  }

  dispose(): void {
    this.#use.dispose();
  }

  /** The way down for a tile and its surroundings. In `tf.tidy`. */
  #look(
    both: tf.Tensor4D,
    { tile, edges, deviation }: { readonly tile: Rectangle; readonly edges: Edges; readonly deviation: number },
  ): Look {
    const [, height, width] = both.shape;
    const window = windowOf({ stride: this.#net.stride, margin: MARGIN }, { height, width }, tile);
    const beyond = window ? "mirror" : edges;
    const [noisy, base] = tf.split<tf.Tensor4D>(window ? throughWindow(both, window, edges) : both, 2, 3);
    const seen = { noisy, base, deviations: tf.tensor4d([deviation], [1, 1, 1, 1]) };
    return { seen, skips: this.#net.encode(seen, beyond), tile, window, beyond };
  }

  #means({ skips, tile, window }: Look): tf.Tensor2D {
    return this.#net.means(skips, window ? placeInWindow(tile, window, this.#net.stride) : undefined);
  }

  /** A tile without noise, [1, tile.height, tile.width, 3]. In `tf.tidy`. */
  #clean(look: Look, means = this.#means(look)): tf.Tensor4D {
    const { seen, skips, tile, window, beyond } = look;
    const made = this.#net.decode(seen, skips, beyond, means);
    if (!window) return made;
    return tf.slice(made, [0, tile.top - window.top, tile.left - window.left, 0], [1, tile.height, tile.width, 3]);
  }
}

interface Look {
  readonly seen: NoisyPictures;
  readonly skips: UNetSkips;
  readonly tile: Rectangle;
  readonly window: Rectangle | null;
  readonly beyond: Edges;
}
