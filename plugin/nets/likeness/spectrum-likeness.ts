import * as tf from "@tensorflow/tfjs";

/** Rings are half an octave wide, as in the metric. */
const RING_RATIO = Math.SQRT2;
/** Of the innermost ring, in cycles to the smaller picture. */
const LEAST_RADIUS = 2.5;
const SECTORS = 4;
const LEAST_FREQUENCIES = 8;
/** Power below that of rounding to 8 bits is no power. */
const ROUNDING = 1 / (12 * 255 * 255);

interface Frequencies {
  readonly cosines: tf.Tensor2D;
  readonly sines: tf.Tensor2D;
  /** [side · side, cells]: which frequencies are averaged. */
  readonly cells: tf.Tensor2D;
}

/**
 * How alike two pictures are in how much of each frequency they hold, by scale and direction: what patches do not see, e.g. periods
 * and streaks. The mean absolute difference of the logarithms of power over rings of half an octave, each in up to four directions.
 */
export class SpectrumLikeness {
  readonly #rings: readonly number[];
  readonly #sectors: readonly number[];
  readonly #bySide = new Map<number, Frequencies>();

  /** @param side - Of the smaller pictures to come. */
  constructor(side: number) {
    const rings: number[] = [];
    for (let radius = Math.SQRT1_2; radius > LEAST_RADIUS / side; radius /= RING_RATIO) rings.unshift(radius);
    this.#rings = rings;
    const population = new Array<number>(rings.length).fill(0);
    for (const { radius } of frequenciesOf(side)) population[ringOf(rings, radius)] += 1;
    this.#sectors = population.map((count) =>
      Math.max(1, Math.min(SECTORS, Math.floor(count / 2 / LEAST_FREQUENCIES))),
    );
  }

  /**
   * Differentiable by what was made. Call it inside `tf.tidy`.
   *
   * @param made - [batch, side, side].
   * @param real - [batch, other side, other side].
   */
  distance(made: tf.Tensor3D, real: tf.Tensor3D): tf.Scalar {
    return tf.mean(tf.abs(tf.sub(this.#logPowers(made), this.#logPowers(real))));
  }

  /** May be called twice. */
  dispose(): void {
    for (const { cosines, sines, cells } of this.#bySide.values()) tf.dispose([cosines, sines, cells]);
    this.#bySide.clear();
  }

  /** [batch, cells]. */
  #logPowers(pictures: tf.Tensor3D): tf.Tensor2D {
    const [batch, side] = pictures.shape;
    const { cosines, sines, cells } = this.#frequencies(side);
    const centred = tf.sub<tf.Tensor3D>(pictures, tf.mean(pictures, [1, 2], true));
    const along = (rows: tf.Tensor3D, waves: tf.Tensor2D): tf.Tensor3D =>
      tf.reshape(tf.matMul(tf.reshape(rows, [batch * side, side]), waves), [batch, side, side]);
    const turned = (values: tf.Tensor3D): tf.Tensor3D => tf.transpose(values, [0, 2, 1]);
    const byRows = [turned(along(centred, cosines)), turned(along(centred, sines))];
    const real = tf.sub(along(byRows[0], cosines), along(byRows[1], sines));
    const imaginary = tf.add(along(byRows[0], sines), along(byRows[1], cosines));
    const power = tf.div(tf.add(tf.square(real), tf.square(imaginary)), side * side);
    return tf.log(tf.add(tf.matMul<tf.Tensor2D>(tf.reshape(power, [batch, side * side]), cells), ROUNDING));
  }

  #frequencies(side: number): Frequencies {
    const known = this.#bySide.get(side);
    if (known) return known;
    const wave = (formula: (turn: number) => number): tf.Tensor2D =>
      tf.tensor2d(
        Float32Array.from({ length: side * side }, (_, i) =>
          formula((2 * Math.PI * ((Math.floor(i / side) * (i % side)) % side)) / side),
        ),
        [side, side],
      );
    const starts = this.#sectors.map((_, ring) => this.#sectors.slice(0, ring).reduce((sum, count) => sum + count, 0));
    const count = this.#sectors.reduce((sum, sectors) => sum + sectors, 0);
    const cellOf = new Int32Array(side * side).fill(-1);
    const sizes = new Float64Array(count);
    for (const { at, radius, angle } of frequenciesOf(side)) {
      const ring = ringOf(this.#rings, radius);
      const sectors = this.#sectors[ring];
      const turn = angle / Math.PI + 0.5 / sectors + 2; // a sector is centred on its direction
      cellOf[at] = starts[ring] + (Math.floor((turn % 1) * sectors + 1e-9) % sectors);
      sizes[cellOf[at]] += 1;
    }
    const shares = new Float32Array(side * side * count);
    cellOf.forEach((cell, at) => {
      if (cell >= 0) shares[at * count + cell] = 1 / sizes[cell];
    });
    const made = {
      cosines: tf.keep(wave(Math.cos)),
      sines: tf.keep(wave(Math.sin)),
      cells: tf.keep(tf.tensor2d(shares, [side * side, count])),
    };
    this.#bySide.set(side, made);
    return made;
  }
}

interface Frequency {
  readonly at: number;
  /** Cycles a pixel. */
  readonly radius: number;
  readonly angle: number;
}

/** All but the mean. */
function frequenciesOf(side: number): Frequency[] {
  const signed = (i: number): number => (i <= side / 2 ? i : i - side) / side;
  return Array.from({ length: side * side }, (_, at) => {
    const [down, across] = [signed(Math.floor(at / side)), signed(at % side)];
    return { at, radius: Math.hypot(down, across), angle: Math.atan2(down, across) };
  }).slice(1);
}

function ringOf(rings: readonly number[], radius: number): number {
  const ring = rings.findIndex((outer) => radius <= outer + 1e-9);
  return ring < 0 ? rings.length - 1 : ring;
}
