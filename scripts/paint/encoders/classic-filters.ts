import { finish, nonLocalMeans } from "../../../plugin/nets/encoders/non-local-means.ts";
import { psnr } from "../../../plugin/paint/metrics/signal-to-noise.ts";
import { wrap } from "../../../plugin/paint/noise/grid.ts";
import { picture, type Picture } from "../../../plugin/paint/picture.ts";

/** What classic filters make of a noisy picture at best: each is tuned on the picture itself, by its clean original. */
export interface ClassicScores {
  /** Decibels of the best Gaussian blur. */
  readonly gaussian: number;
  /** Decibels of the best non-local means. */
  readonly nonLocal: number;
}

/** Standard deviations of blurs, in pixels. */
const BLURS = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.2, 1.5, 2, 3];
/** Patches and strengths of non-local means; larger patches were never the best. */
const PATCHES = [
  { patch: 1, strengths: [0.4, 0.5, 0.6, 0.7, 0.85] },
  { patch: 2, strengths: [0.25, 0.35, 0.45, 0.55] },
];
/** Pixels from the middle of the searched window to its side. */
const SEARCH = 10;

/** @param deviation - The noise's true standard deviation, which non-local means are told. */
export function classicScores(clean: Picture, noisy: Picture, deviation: number, search = SEARCH): ClassicScores {
  const best = (pictures: readonly Picture[]): number => Math.max(...pictures.map((made) => psnr(clean, made)));
  const { height, width } = noisy;
  const nonLocal = PATCHES.flatMap(({ patch, strengths }) =>
    strengths.map((strength) =>
      picture(height, width, 3, finish(nonLocalMeans(noisy, deviation, { patch, search, strength }))),
    ),
  );
  return { gaussian: best(BLURS.map((blur) => gaussianBlur(noisy, blur))), nonLocal: best(nonLocal) };
}

/** A blur across the borders. */
export function gaussianBlur(source: Picture, deviation: number): Picture {
  const reach = Math.ceil(4 * deviation);
  const weights = Float64Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-0.5 * ((i - reach) / deviation) ** 2),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const { height, width, channels } = source;
  const along = (from: Float32Array, steps: readonly [down: number, across: number]): Float32Array => {
    const to = new Float32Array(from.length);
    for (let y = 0, i = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (let c = 0; c < channels; c++, i++) {
          let value = 0;
          for (let k = -reach; k <= reach; k++) {
            const [row, column] = [wrap(y + k * steps[0], height), wrap(x + k * steps[1], width)];
            value += weights[k + reach] * from[(row * width + column) * channels + c];
          }
          to[i] = value / sum;
        }
      }
    }
    return to;
  };
  return picture(height, width, channels, along(along(source.pixels, [0, 1]), [1, 0]));
}
