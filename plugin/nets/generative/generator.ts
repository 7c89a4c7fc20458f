import type { Random } from "../../core/random.ts";
import { Parameters } from "../layers/parameters.ts";
import { assertCodeShape, type CodeShape } from "./code-shape.ts";
import { PictureDecoder } from "./picture-decoder.ts";

/** Makes pictures of noise; taught against a critic, see `ganTask`. */
export class Generator {
  readonly shape: CodeShape;
  readonly parameters: Parameters;
  readonly decoder: PictureDecoder;

  /**
   * @param random - Draws what is learned from; null leaves 0, for weights that are written at once.
   * @throws ConfigurationError for a shape that cannot be.
   */
  constructor(shape: CodeShape, random: Random | null) {
    assertCodeShape(shape);
    this.shape = shape;
    this.parameters = new Parameters(random);
    this.decoder = new PictureDecoder(this.parameters, shape);
  }

  /** May be called twice. */
  dispose(): void {
    this.parameters.dispose();
  }
}
