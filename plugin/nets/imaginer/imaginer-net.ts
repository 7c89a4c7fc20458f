import type * as tf from "@tensorflow/tfjs";
import type { Random } from "../../core/random.ts";
import { Parameters } from "../layers/parameters.ts";
import { TextureEncoder } from "./texture-encoder.ts";
import type { SpatialInputs } from "./spatial-inputs.ts";
import { StackDecoder } from "./stack-decoder.ts";

/** Numbers of a code. */
export const CODE = 32;

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
    this.#encoder = new TextureEncoder(this.parameters, CODE);
    this.#decoder = new StackDecoder(this.parameters, CODE);
  }

  /** See `TextureEncoder.encode`. */
  encode(pictures: tf.Tensor4D): tf.Tensor2D {
    return this.#encoder.encode(pictures);
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
