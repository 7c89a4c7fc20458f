import { Random } from "../../../plugin/core/random.ts";
import { CELL } from "../../../plugin/nets/encoders/autoencoder-net.ts";
import { fillSmoothly } from "../../../plugin/nets/encoders/fill-smoothly.ts";
import type { TextureAutoencoder } from "../../../plugin/paint/encoders/texture-autoencoder.ts";
import { fitDct, fitPca, type LinearCode } from "../../../plugin/paint/metrics/linear-code.ts";
import { patchSwd } from "../../../plugin/paint/metrics/patch-swd.ts";
import { meanSquaredError } from "../../../plugin/paint/metrics/signal-to-noise.ts";
import { cropped, type Picture } from "../../../plugin/paint/picture.ts";
import { examPicture, SIDE } from "./picture-shelf.ts";

/** Linear codes of as many numbers, fitted to taught pictures. */
export interface LinearRivals {
  readonly pca: LinearCode;
  readonly dct: LinearCode;
}

/** How closely held-out pictures of a class come back, and what becomes of holes in them. */
export interface AutoencoderScore {
  readonly name: string;
  /** Decibels of the mean squared error over all pictures: after its codes were refined as often as is usual, and by the encoder's first guess. */
  readonly autoencoder: number;
  readonly guessed: number;
  readonly pca: number;
  readonly dct: number;
  /** Decibels within scratches: by the network, and by the means of what is around. */
  readonly inpainted: number;
  readonly smooth: number;
  /** Patch distance to the picture before something was scratched out: after it has grown anew, and filled by the means of what is around. */
  readonly regrown: number;
  readonly smoothSwd: number;
}

/** A hole in an exam: strokes, or one large blot. */
export type HoleKind = "scratches" | "blot";

/** @param taught - Pictures that were learned from. */
export function linearRivals(taught: readonly Picture[], floats: number): LinearRivals {
  return { pca: fitPca(taught, { floats, block: CELL }), dct: fitDct(taught, { floats, block: CELL }) };
}

/** Which pixels of an exam are unknown, 1 each, [256, 256]: less than a tenth, or a disc of 72 pixels across. */
export function drawHole(kind: HoleKind, seed: number): Uint8Array {
  const random = new Random(seed, 0x401e);
  const hole = new Uint8Array(SIDE * SIDE);
  const dab = (y: number, x: number, radius: number): void => {
    for (let row = Math.ceil(y - radius); row <= y + radius; row++) {
      for (let column = Math.ceil(x - radius); column <= x + radius; column++) {
        const isInside = (row - y) ** 2 + (column - x) ** 2 <= radius * radius;
        if (isInside && row >= 0 && row < SIDE && column >= 0 && column < SIDE) hole[row * SIDE + column] = 1;
      }
    }
  };
  if (kind === "blot") {
    dab(SIDE / 2, SIDE / 2, 36);
    return hole;
  }
  for (let stroke = 0; stroke < 8; stroke++) {
    const turn = random.between(0, 2 * Math.PI);
    const radius = random.between(1.5, 3);
    let [y, x] = [random.uniform() * SIDE, random.uniform() * SIDE];
    for (let along = 0; along < 120; along++) {
      dab(y, x, radius);
      y += Math.sin(turn);
      x += Math.cos(turn);
    }
  }
  return hole;
}

/** A picture with a hole filled by the means of what is around. */
export function smoothlyFilled({ height, width, channels, pixels }: Picture, hole: Uint8Array): Picture {
  const filled = pixels.slice();
  fillSmoothly({ height, width, pixels: filled, known: Float32Array.from(hole, (value) => 1 - value) });
  return { height, width, channels, pixels: filled };
}

/** Judges by pictures of a class that nobody has learned from. */
export async function judgeAutoencoder(
  autoencoder: TextureAutoencoder,
  name: string,
  { seeds, rivals }: { readonly seeds: readonly number[]; readonly rivals: LinearRivals },
): Promise<AutoencoderScore> {
  const errors = { autoencoder: 0, guessed: 0, pca: 0, dct: 0, inpainted: 0, smooth: 0 };
  const distances = { regrown: 0, smooth: 0 };
  for (const seed of seeds) {
    const source = examPicture(name, seed);
    errors.autoencoder += meanSquaredError(source, await autoencoder.reconstruct(source));
    errors.guessed += meanSquaredError(source, await autoencoder.reconstruct(source, { refine: 0 }));
    errors.pca += meanSquaredError(source, rivals.pca.reconstruct(source));
    errors.dct += meanSquaredError(source, rivals.dct.reconstruct(source));
    const scratches = drawHole("scratches", seed);
    errors.inpainted += errorWithin(source, await autoencoder.inpaint(source, scratches), scratches);
    errors.smooth += errorWithin(source, smoothlyFilled(source, scratches), scratches);
    const blot = drawHole("blot", seed);
    const around = (made: Picture): Picture => cropped(made, SIDE / 4, SIDE / 4, SIDE / 2, SIDE / 2);
    const distance = (made: Picture): number =>
      patchSwd([around(source)], [around(made)], { directions: 128 }).distance;
    distances.regrown += distance(await autoencoder.regrow(source, blot, { seed }));
    distances.smooth += distance(smoothlyFilled(source, blot));
  }
  const decibels = (sum: number): number => -10 * Math.log10(sum / seeds.length);
  return {
    name,
    autoencoder: decibels(errors.autoencoder),
    guessed: decibels(errors.guessed),
    pca: decibels(errors.pca),
    dct: decibels(errors.dct),
    inpainted: decibels(errors.inpainted),
    smooth: decibels(errors.smooth),
    regrown: distances.regrown / seeds.length,
    smoothSwd: distances.smooth / seeds.length,
  };
}

/** Mean squared error of what was unknown. */
function errorWithin(source: Picture, made: Picture, hole: Uint8Array): number {
  let [sum, count] = [0, 0];
  hole.forEach((isHole, pixel) => {
    if (isHole === 0) return;
    count += 3;
    for (let c = 0; c < 3; c++) sum += (source.pixels[3 * pixel + c] - made.pixels[3 * pixel + c]) ** 2;
  });
  return sum / count;
}
