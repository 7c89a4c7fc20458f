import type { Picture } from "../picture.ts";
import { powerSpectrum, type Edges } from "./power-spectrum.ts";
import { assertLeastSide, assertSameSize } from "./same-size.ts";

/** How `spectrumDistance` measures. */
export interface SpectrumOptions {
  /** `"wrap"` for pictures that tile, `"cut"` (default) if any of them does not. */
  readonly edges?: Edges;
}

/** One ring of frequencies, as `spectrumDistance` compares it. */
export interface SpectrumRing {
  /** The ring's outer radius, in cycles a pixel. */
  readonly frequency: number;
  /** How far the two sets differ in the ring as a whole: |Δ ln power|. */
  readonly radial: number;
  /** How far they differ by direction: the mean of |Δ ln power| over the ring's sectors. */
  readonly directional: number;
}

/** How far two sets of pictures differ in their frequencies, in units of the natural logarithm of power. */
export interface SpectrumDistance {
  /** The mean of `directional` over the rings and channels. */
  readonly distance: number;
  /** The mean of `radial` over the rings and channels; blind to directions. */
  readonly radial: number;
  /** The rings, coarsest first, averaged over channels. */
  readonly rings: readonly SpectrumRing[];
}

/** Rings are half an octave wide. */
const RING_RATIO = Math.SQRT2;
/** Of the innermost ring, in cycles a picture: so that it holds enough frequencies, π · 2.5² / 2, for a mean. */
const LEAST_RADIUS = 2.5;
const MOST_SECTORS = 8;
/**
 * Fewer frequencies in a sector would make its power too uncertain; chosen so that the mean of 8 exponentials is within
 * a third.
 */
const LEAST_FREQUENCIES = 8;
/** The variance of rounding to 8 bits: power below it is no power. */
const ROUNDING = 1 / (12 * 255 * 255);

/**
 * Compares how much of each spatial frequency, in each direction, two sets of pictures hold. It sees what patches
 * cannot: periods, grain and streaks over the whole picture. 0 for pictures that differ only by a roll (with `edges:
 * "wrap"`).
 *
 * Each set's power spectra are averaged; then every half-octave ring of frequencies is cut into up to 8 directions, by
 * fewer where it holds few frequencies, and the logarithms of the mean powers are compared. All rings weigh the same.
 *
 * @param real - Pictures of one size.
 * @param generated - Pictures of the same size. Give as many as real ones: fewer have a noisier spectrum.
 * @throws ConfigurationError if a set is empty, sizes differ, or a side is shorter than 16 pixels.
 */
export function spectrumDistance(
  real: readonly Picture[],
  generated: readonly Picture[],
  { edges = "cut" }: SpectrumOptions = {},
): SpectrumDistance {
  assertSameSize("spectrumDistance, real", real);
  assertSameSize("spectrumDistance, generated", generated);
  assertSameSize("spectrumDistance", [real[0], generated[0]]);
  assertLeastSide("spectrumDistance", real[0], 16);
  const { height, width, channels } = real[0];
  const cells = cellsOf(height, width);
  const rings = cells.rings.map((frequency) => ({ frequency, radial: 0, directional: 0 }));
  for (let channel = 0; channel < channels; channel++) {
    const a = cellPowers(powerSpectrum(real, channel, edges), cells);
    const b = cellPowers(powerSpectrum(generated, channel, edges), cells);
    rings.forEach((ring, r) => {
      let sumA = 0;
      let sumB = 0;
      let sum = 0;
      let filled = 0;
      for (let cell = r * MOST_SECTORS; cell < (r + 1) * MOST_SECTORS; cell++) {
        if (cells.counts[cell] === 0) continue;
        sum += Math.abs(Math.log(a[cell] / b[cell]));
        filled += 1;
        sumA += a[cell];
        sumB += b[cell];
      }
      ring.directional += sum / (filled * channels);
      ring.radial += Math.abs(Math.log(sumA / sumB)) / channels;
    });
  }
  const mean = (key: "radial" | "directional"): number =>
    rings.reduce((sum, ring) => sum + ring[key], 0) / rings.length;
  return { distance: mean("directional"), radial: mean("radial"), rings };
}

/** Which frequencies belong together. */
interface Cells {
  /** Outer radius of each ring, coarsest first. */
  readonly rings: readonly number[];
  /** The cell of every frequency, ring · MOST_SECTORS + sector, or −1 for the mean, `[height, width]`. */
  readonly cellOf: Int32Array;
  /** Frequencies in each cell. */
  readonly counts: Float64Array;
}

function cellsOf(height: number, width: number): Cells {
  // Step 1. Rings, from the corner of the spectrum inwards; the innermost takes all that is left.
  const lowest = 1 / Math.min(height, width);
  const rings: number[] = [];
  for (let radius = Math.SQRT1_2; radius > LEAST_RADIUS * lowest; radius /= RING_RATIO) rings.unshift(radius);
  const ringOf = new Int32Array(height * width).fill(-1);
  const population = new Float64Array(rings.length);
  const angles = new Float64Array(height * width);
  for (let y = 0, i = 0; y < height; y++) {
    const fy = (y <= height / 2 ? y : y - height) / height;
    for (let x = 0; x < width; x++, i++) {
      if (i === 0) continue;
      const fx = (x <= width / 2 ? x : x - width) / width;
      const radius = Math.hypot(fx, fy) - 1e-9;
      let ring = rings.length - 1;
      while (ring > 0 && radius <= rings[ring - 1]) ring--;
      ringOf[i] = ring;
      population[ring] += 1;
      angles[i] = Math.atan2(fy, fx);
    }
  }
  // Step 2. Sectors; opposite frequencies hold the same power and count once.
  const sectors = Array.from(population, (count) =>
    Math.max(1, Math.min(MOST_SECTORS, Math.floor(count / 2 / LEAST_FREQUENCIES))),
  );
  const cellOf = new Int32Array(height * width).fill(-1);
  const counts = new Float64Array(rings.length * MOST_SECTORS);
  for (let i = 1; i < cellOf.length; i++) {
    const ring = ringOf[i];
    // a sector is centred on its direction, so that the axes do not fall on a border
    const turn = angles[i] / Math.PI + 0.5 / sectors[ring] + 2;
    const sector = Math.floor((turn % 1) * sectors[ring] + 1e-9) % sectors[ring];
    cellOf[i] = ring * MOST_SECTORS + sector;
    counts[cellOf[i]] += 1;
  }
  return { rings, cellOf, counts };
}

/** The summed power of every cell, each frequency with the power of rounding added. */
function cellPowers(power: Float64Array, { cellOf, counts }: Cells): Float64Array {
  const sums = counts.map((count) => count * ROUNDING);
  for (let i = 1; i < power.length; i++) sums[cellOf[i]] += power[i];
  return sums;
}
