import * as tf from "@tensorflow/tfjs";
import { ConfigurationError } from "../../core/errors.ts";
import type { Random } from "../../core/random.ts";
import { SpectrumLikeness } from "../likeness/spectrum-likeness.ts";
import { TextureLikeness, type ColourPictures } from "../likeness/texture-likeness.ts";
import { useBackend } from "../start-backend.ts";
import type { ImaginerNet } from "./imaginer-net.ts";
import { plannedInputs } from "./planned-inputs.ts";
import { STACK } from "./stack-decoder.ts";

/** What a network is fitted to. */
export interface FitExample {
  /** Pixels on each side: 64 or 128, as networks are taught. */
  readonly side: number;
  /**
   * sRGB, height, roughness, metallic in [0, 1], [side, side, 6]; the last three are not looked at where there are no maps. Or several such,
   * one after the other, [count, side, side, 6]: what is drawn shall be like all of them together.
   */
  readonly stack: Float32Array;
  /** Whether more than the colours is known. */
  readonly hasMaps: boolean;
}

const COLOURS = 3;
/** Looks that are used: 256 directions. */
const LOOKS = 16;
const PLACES = 64;
/** As in teaching: how much the spectrum counts beside patches, and of what pictures. */
const SPECTRUM = 0.15;
const SEEN = [0.3, 0.5, 0.2, 0, 0, 0];
const HEIGHT = [0, 0, 0, 1, 0, 0];
/** How much it counts that the other maps stay as they were told. */
const KEPT = 0.3;
/** Of what is more than colours; the deviation keeps the faint noise of an even map from drowning all others. */
const OTHERS = { leastDeviation: 0.03, places: PLACES };

/** How an example is looked at once, made ready by `ExampleLikeness.glance`. */
export interface Glance {
  readonly look: number;
  /** Which stack of the example its spectrum is compared with. */
  readonly which: number;
}

/** How alike what is drawn is to an example, which may be several stacks: what an imaginer is fitted by. `begin` makes one. */
export class ExampleLikeness {
  readonly #example: FitExample;
  readonly #colours: tf.Tensor4D;
  readonly #patches: TextureLikeness;
  #kept: TextureLikeness | null = null;
  readonly #spectrum: SpectrumLikeness;
  /** Stacks of the example. */
  readonly #count: number;
  /** What spectra are taken of, [6, pictures]. */
  readonly #mixes: tf.Tensor2D;
  /** Those of the example, [pictures, count, side, side]. */
  readonly #mixed: tf.Tensor4D;
  #code: tf.Tensor2D | null = null;

  /**
   * @param net - Tells what the other maps of a picture are like.
   * @throws ConfigurationError for an example that cannot be.
   */
  static async begin(net: ImaginerNet, example: FitExample, random: Random): Promise<ExampleLikeness> {
    const likeness = new ExampleLikeness(example, random);
    if (!example.hasMaps) await likeness.#keepOthers(net, random);
    return likeness;
  }

  private constructor(example: FitExample, random: Random) {
    const { side, stack, hasMaps } = example;
    const count = stack.length / (side * side * STACK);
    if ((side !== 64 && side !== 128) || count < 1 || !Number.isInteger(count)) {
      throw new ConfigurationError(
        `Fit: needed an example of 64 or 128 pixels on each side and ${STACK} channels, came ${side} with ${stack.length} numbers. Scale it.`,
      );
    }
    this.#example = example;
    this.#count = count;
    const whole = tf.tidy(() => tf.keep(tf.tensor4d(stack.slice(), [count, side, side, STACK])));
    this.#colours = tf.tidy(() => tf.keep(coloursOf(whole)));
    const target = (pixels: Float32Array): ColourPictures => ({ height: side, width: side, count, pixels });
    this.#patches = hasMaps
      ? new TextureLikeness(target(stack), side, random.fork(1), { ...OTHERS, channels: STACK })
      : new TextureLikeness(target(colourNumbers(stack)), side, random.fork(1), { places: PLACES });
    this.#spectrum = new SpectrumLikeness(side);
    this.#mixes = tf.tidy(() => tf.keep(tf.transpose(tf.tensor2d(hasMaps ? [SEEN, HEIGHT] : [SEEN]))));
    this.#mixed = tf.tidy(() => tf.keep(tf.reshape(this.#mix(whole), [-1, count, side, side])));
    whole.dispose();
  }

  /**
   * The network's own code of the example, or the mean of its codes of several, [1, code]; it goes with the likeness. Reckoned once, since
   * that takes a second of fifty pictures.
   */
  code(net: ImaginerNet): tf.Tensor2D {
    return (this.#code ??= tf.tidy(() => tf.keep(this.#meanCode(net))));
  }

  /** Draws a way to look at the example, and makes it ready. Await it outside of `tf.tidy`. */
  async glance(random: Random): Promise<Glance> {
    const look = random.integer(LOOKS);
    // A single one asks for no chance: what was fitted to one picture before is fitted by the same numbers again.
    const which = this.#count === 1 ? 0 : random.integer(this.#count);
    await Promise.all([this.#patches.prepare(look), this.#kept?.prepare(look)]);
    return { look, which };
  }

  /**
   * About 0 for what is like it, about 1 for what has nothing in common with it. Patches are held against those of all stacks, the spectrum
   * against one of them by chance. Differentiable. Call it inside `tf.tidy`.
   *
   * @param made - [1, side, side, 6].
   */
  distance(made: tf.Tensor4D, { look, which }: Glance): tf.Scalar {
    const rings = tf.mul<tf.Scalar>(this.#spectrum.distance(this.#mix(made), this.#oneMixed(which)), SPECTRUM);
    if (!this.#kept) return tf.add(this.#patches.distance(made, look), rings);
    const others = tf.slice(made, [0, 0, 0, COLOURS], [-1, -1, -1, STACK - COLOURS]);
    const kept = tf.mul<tf.Scalar>(this.#kept.distance(others, look), KEPT);
    return tf.addN([this.#patches.distance(coloursOf(made), look), rings, kept]);
  }

  /** May be called twice. */
  dispose(): void {
    tf.dispose([this.#colours, this.#mixes, this.#mixed]);
    this.#patches.dispose();
    this.#kept?.dispose();
    this.#spectrum.dispose();
    this.#code?.dispose();
  }

  #meanCode(net: ImaginerNet): tf.Tensor2D {
    if (this.#count === 1) return net.encode(this.#colours);
    // One after the other: what the encoder makes of fifty pictures at once would take hundreds of megabytes.
    const codes = Array.from({ length: this.#count }, (_, i) =>
      tf.tidy(() => net.encode(tf.slice(this.#colours, [i, 0, 0, 0], [1, -1, -1, -1]))),
    );
    return tf.mean(tf.concat(codes, 0), 0, true);
  }

  /** Holds the other maps to what the network tells of them before it is fitted. */
  async #keepOthers(net: ImaginerNet, random: Random): Promise<void> {
    const { side } = this.#example;
    const backend = tf.getBackend();
    const pixels = await this.#told(net, random.fork(3));
    useBackend(backend);
    const target = { height: side, width: side, pixels };
    this.#kept = new TextureLikeness(target, side, random.fork(2), { ...OTHERS, directions: 8 });
  }

  /** Height, roughness and metallic as the network draws them from the example's code, [side, side, 3]. */
  async #told(net: ImaginerNet, random: Random): Promise<Float32Array> {
    const backend = tf.getBackend();
    const code = this.code(net);
    const inputs = await plannedInputs(net, code, this.#example.side, random);
    useBackend(backend);
    const told = tf.tidy(() => tf.slice(net.decode(code, inputs), [0, 0, 0, COLOURS], [-1, -1, -1, STACK - COLOURS]));
    const numbers = (await told.data<"float32">()).slice();
    tf.dispose([told, ...inputs.levels]);
    return numbers;
  }

  /** What spectra are taken of, of one stack of the example, [pictures, side, side]. */
  #oneMixed(which: number): tf.Tensor3D {
    const { side } = this.#example;
    return tf.reshape(tf.slice(this.#mixed, [0, which, 0, 0], [-1, 1, -1, -1]), [-1, side, side]);
  }

  /** [pictures · batch, side, side]. @param maps - [batch, side, side, 6]. */
  #mix(maps: tf.Tensor4D): tf.Tensor3D {
    const { side } = this.#example;
    const pictures = tf.matMul(tf.reshape(maps, [-1, STACK]), this.#mixes); // [batch · side · side, pictures]
    return tf.reshape(tf.transpose(pictures), [-1, side, side]);
  }
}

const coloursOf = (maps: tf.Tensor4D): tf.Tensor4D => tf.slice(maps, [0, 0, 0, 0], [-1, -1, -1, COLOURS]);

/** The colours of stacks, as `coloursOf` cuts them out. */
const colourNumbers = (stack: Float32Array): Float32Array => stack.filter((_, i) => i % STACK < COLOURS);
