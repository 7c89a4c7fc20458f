/** A colour picture as plain numbers. */
export interface ColourField {
  readonly height: number;
  readonly width: number;
  /** [height, width, 3]. */
  readonly pixels: Float32Array;
}

/** How non-local means look for what is alike. */
export interface NonLocalOptions {
  /** Pixels from the middle of a patch to its side. Default 1. */
  readonly patch?: number;
  /** Pixels from the middle of the searched window to its side; less than the picture's sides. Default 5. */
  readonly search?: number;
  /** How much patches may differ, in standard deviations of the noise. Default 0.7, chosen on five materials at a deviation of 0.15. */
  readonly strength?: number;
  /** What tells which patches are alike, of the same size. Default: the picture itself, whose noise is taken into account. */
  readonly guide?: ColourField;
}

/** Weights of less are none: e^−10. */
const NOTHING = 10;

/**
 * Non-local means: each pixel becomes the mean of those around it whose patches are like its own.
 *
 * Buades, Coll & Morel 2011, https://doi.org/10.5201/ipol.2011.bcm_nlm, pixelwise, across the borders; the pixel itself has the weight of the best
 * other one. A generator that stops after each place of half the window, so that its caller can rest.
 *
 * @param deviation - The noise's standard deviation; with 0 nothing changes.
 * @returns [height, width, 3].
 */
export function* nonLocalMeans(
  source: ColourField,
  deviation: number,
  { patch = 1, search = 5, strength = 0.7, guide = source }: NonLocalOptions = {},
): Generator<undefined, Float32Array> {
  const { height, width, pixels } = source;
  if (!(deviation > 0)) return pixels.slice();
  const count = height * width;
  const sums = new Float32Array(3 * count);
  const totals = new Float32Array(count);
  const largest = new Float32Array(count).fill(1e-6);
  const squares = new Float32Array(count);
  const patchSums = new Float64Array(width + 2 * patch);
  const scale = 1 / (strength * deviation) ** 2;
  const expected = guide === source ? 2 * deviation * deviation : 0;
  const size = 3 * (2 * patch + 1) ** 2;
  for (const [down, across] of halfWindow(search)) {
    const columns = Int32Array.from({ length: width }, (_, x) => wrapped(x + across, width));
    compare(guide, squares, down, columns);
    for (let y = 0; y < height; y++) {
      sumColumns(squares, { height, width, y, patch }, patchSums);
      const [here, partners] = [y * width, wrapped(y + down, height) * width];
      for (let x = 0; x < width; x++) {
        let difference = 0;
        for (let k = 0; k <= 2 * patch; k++) difference += patchSums[x + k];
        const distance = Math.max(0, difference / size - expected) * scale;
        if (distance > NOTHING) continue;
        const weight = Math.exp(-distance);
        const [own, other] = [here + x, partners + columns[x]];
        // Each pair is looked at once and counts for both.
        for (let c = 0; c < 3; c++) {
          sums[3 * own + c] += weight * pixels[3 * other + c];
          sums[3 * other + c] += weight * pixels[3 * own + c];
        }
        totals[own] += weight;
        totals[other] += weight;
        if (weight > largest[own]) largest[own] = weight;
        if (weight > largest[other]) largest[other] = weight;
      }
    }
    yield;
  }
  for (let pixel = 0; pixel < count; pixel++) {
    const own = largest[pixel];
    for (let c = 0; c < 3; c++) {
      const at = 3 * pixel + c;
      sums[at] = (sums[at] + own * pixels[at]) / (totals[pixel] + own);
    }
  }
  return sums;
}

/** Of the second pass; chosen, as the share of colours, on five materials at a deviation of 0.15, where it gains 0.5 to 1 dB. */
const SECOND = { patch: 0, strength: 0.35 };
/** How much colours count beside brightness where the first pass tells what is alike: it leaves more noise in them. */
const COLOUR_SHARE = 0.5;

/** Non-local means twice: what is alike is told from the first pass, whose result hardly has noise. Stops as `nonLocalMeans` does, 120 times. */
export function* pilotedMeans(source: ColourField, deviation: number): Generator<undefined, Float32Array> {
  if (!(deviation > 0)) return source.pixels.slice();
  const pilot = yield* nonLocalMeans(source, deviation);
  for (let i = 0; i < pilot.length; i += 3) {
    const mean = (pilot[i] + pilot[i + 1] + pilot[i + 2]) / 3;
    for (let c = 0; c < 3; c++) pilot[i + c] = mean + COLOUR_SHARE * (pilot[i + c] - mean);
  }
  return yield* nonLocalMeans(source, deviation, { ...SECOND, guide: { ...source, pixels: pilot } });
}

/** How often `pilotedMeans` stops. */
export const PILOTED_STEPS = 120;

/** Runs a generator to its end. */
export function finish<T>(steps: Generator<undefined, T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Squared differences of pixels and their partners, summed over colours, into [height, width]. */
function compare(
  { height, width, pixels }: ColourField,
  squares: Float32Array,
  down: number,
  columns: Int32Array,
): void {
  for (let y = 0, pixel = 0; y < height; y++) {
    const partners = ((y + down) % height) * width;
    for (let x = 0; x < width; x++, pixel++) {
      const other = 3 * (partners + columns[x]);
      const red = pixels[3 * pixel] - pixels[other];
      const green = pixels[3 * pixel + 1] - pixels[other + 1];
      const blue = pixels[3 * pixel + 2] - pixels[other + 2];
      squares[pixel] = red * red + green * green + blue * blue;
    }
  }
}

/** Half of the places of a window, without its middle; the others lie opposite. */
function halfWindow(search: number): (readonly [down: number, across: number])[] {
  const side = 2 * search + 1;
  return Array.from({ length: 2 * search * (search + 1) }, (_, i) => {
    const place = i + search * side + search + 1; // from the middle on
    return [Math.floor(place / side) - search, (place % side) - search];
  });
}

/** Sums over the rows of a patch around row `y`, for each column from `patch` before the first to as many after the last. */
function sumColumns(
  squares: Float32Array,
  {
    height,
    width,
    y,
    patch,
  }: { readonly height: number; readonly width: number; readonly y: number; readonly patch: number },
  into: Float64Array,
): void {
  into.fill(0);
  for (let k = -patch; k <= patch; k++) {
    const row = wrapped(y + k, height) * width;
    for (let x = 0; x < width; x++) into[patch + x] += squares[row + x];
  }
  for (let k = 0; k < patch; k++) {
    into[k] = into[width + k];
    into[patch + width + k] = into[patch + k];
  }
}

function wrapped(place: number, length: number): number {
  return ((place % length) + length) % length;
}
