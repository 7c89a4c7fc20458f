import { codePath, pixelMix, type Painter, type Picture } from "../../../plugin/paint.ts";
import { termsOf } from "../rules/imagining.ts";
import type { Wish } from "../rules/wish.ts";
import { OneStudy } from "../work/one-study.ts";
import { sketchCode } from "../work/sketch-code.ts";
import { PATH_STEPS, PathStrip } from "./path-strip.ts";
import { squareOf } from "./picture-square.ts";

const SIDE = 64;
const SETTLE_MILLISECONDS = 250;

/** What the path needs. */
export interface PathTools {
  readonly sketcher: Painter;
  /** A picture by hash; null for one that is not at hand. */
  readonly pictureOf: (hash: string) => Picture | null;
  readonly complain: (problem: unknown) => void;
  readonly setShare: (share: number, gesture: object | null) => void;
}

/** Draws the pictures along the path between two. */
export class PathDesk {
  readonly strip: PathStrip;
  readonly #tools: PathTools;
  readonly #study: OneStudy;
  #pixels = "";
  #share = 0;

  constructor(tools: PathTools) {
    this.#tools = tools;
    this.#study = new OneStudy(tools.complain);
    this.strip = new PathStrip((share, gesture) => {
      if (share !== this.#share) tools.setShare(share, gesture);
    });
  }

  /** Shows the path of a wish, or nothing where it has none. */
  show({ imagining, seed }: Wish): void {
    const { way, share, towards, change, pieces } = imagining;
    const { likes } = termsOf(imagining);
    const [from, to] = likes.map(({ hash }) => this.#tools.pictureOf(hash));
    this.strip.root.hidden = way !== "path" || !from || !to;
    if (way !== "path" || !from || !to) {
      this.#study.stop();
      return;
    }
    this.#share = share;
    this.strip.set(share);
    const hashes = likes.map(({ hash }) => hash);
    if (this.#pixels !== hashes.join()) {
      this.#pixels = hashes.join();
      const [first, last] = [squareOf(from, SIDE), squareOf(to, SIDE)];
      for (let step = 0; step < PATH_STEPS; step++) {
        this.strip.setPixels(step, pixelMix(first, last, step / (PATH_STEPS - 1)));
      }
    }
    this.#study.begin(JSON.stringify([hashes, towards, change, pieces, seed]), SETTLE_MILLISECONDS, async (signal) => {
      const { sketcher } = this.#tools;
      const { pictures } = await sketcher.textureCodes([from, to], { signal });
      for (const [step, code] of codePath(pictures[0], pictures[1], PATH_STEPS).entries()) {
        const sketch = await sketchCode(sketcher, code, { side: SIDE, seed, towards, change, pieces, signal });
        this.strip.setImagined(step, sketch);
      }
    });
  }

  /** Ends the drawing. */
  stop(): void {
    this.#study.stop();
  }
}
