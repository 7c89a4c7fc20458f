import type { Random } from "../../core/random.ts";
import { Parameters } from "../layers/parameters.ts";
import { assertCodeShape, type CodeShape } from "./code-shape.ts";
import { PictureDecoder } from "./picture-decoder.ts";
import { PictureEncoder } from "./picture-encoder.ts";

/**
 * A variational autoencoder: a code of every picture, and a picture of every code, also of one that no picture has.
 *
 * Kingma & Welling 2014, https://arxiv.org/abs/1312.6114v11.
 */
export class Vae {
  readonly shape: CodeShape;
  readonly parameters: Parameters;
  readonly encoder: PictureEncoder;
  readonly decoder: PictureDecoder;

  /**
   * @param random - Draws what is learned from; null leaves 0, for weights that are written at once.
   * @throws ConfigurationError for a shape that cannot be.
   */
  constructor(shape: CodeShape, random: Random | null) {
    assertCodeShape(shape);
    this.shape = shape;
    this.parameters = new Parameters(random);
    this.encoder = new PictureEncoder(this.parameters, shape);
    this.decoder = new PictureDecoder(this.parameters, shape);
  }

  /** May be called twice. */
  dispose(): void {
    this.parameters.dispose();
  }
}
