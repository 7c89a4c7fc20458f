import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../core/random.ts";
import { Parameters } from "../layers/parameters.ts";
import { COLOUR_CODE, colourCode } from "./colour-code.ts";
import { readPlan, type LayoutPlan } from "./pieces/layout-plan.ts";
import { TextureEncoder } from "./texture-encoder.ts";
import type { SpatialInputs } from "./spatial-inputs.ts";
import { StackDecoder } from "./stack-decoder.ts";

/** Numbers of a code that are learned. */
export const LEARNED_CODE = 32;
/** Numbers of a code: the learned ones, then those that tell the colours. */
export const CODE = LEARNED_CODE + COLOUR_CODE;

/**
 * A network that imagines materials: an encoder that makes a code of any picture, and a decoder that draws a whole material from a
 * code. The code says what a texture is like, chance says where its parts lie.
 */
export class ImaginerNet {
  readonly parameters: Parameters;
  readonly #encoder: TextureEncoder;
  readonly #decoder: StackDecoder;

  /** @param random - Draws what it begins with; null for one whose weights are written at once. */
  constructor(random: Random | null) {
    this.parameters = new Parameters(random);
    this.#encoder = new TextureEncoder(this.parameters, LEARNED_CODE);
    this.#decoder = new StackDecoder(this.parameters, CODE);
  }

  /**
   * The code of each picture, wherever its parts lie. Differentiable by the parameters. Call it inside `tf.tidy`.
   *
   * @param pictures - sRGB in [0, 1], [batch, height, width, 3]; sides are multiples of 8.
   * @returns [batch, code].
   */
  encode(pictures: tf.Tensor4D): tf.Tensor2D {
    const colours = colourCode(pictures);
    return tf.concat([this.#encoder.encode(pictures, colours), colours], 1);
  }

  /** See `StackDecoder.ranges`. */
  ranges(codes: tf.Tensor2D): tf.Tensor2D {
    return this.#decoder.ranges(codes);
  }

  /** See `StackDecoder.plans`. */
  plans(codes: tf.Tensor2D): tf.Tensor2D {
    return this.#decoder.plans(codes);
  }

  /** How the pieces of a texture lie, as its code tells it. @param code - [code]. */
  async plan(code: Float32Array): Promise<LayoutPlan> {
    const told = tf.tidy(() => this.plans(tf.tensor2d(code.slice(), [1, code.length])));
    const numbers = await told.data<"float32">();
    told.dispose();
    return readPlan(numbers);
  }

  /** See `StackDecoder.decode`. */
  decode(codes: tf.Tensor2D, inputs: SpatialInputs): tf.Tensor4D {
    return this.#decoder.decode(codes, inputs);
  }

  /** May be called twice. */
  dispose(): void {
    this.parameters.dispose();
  }
}
