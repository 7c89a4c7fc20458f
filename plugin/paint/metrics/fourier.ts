/**
 * The discrete Fourier transform of any length: radix 2 for powers of two, Bluestein's algorithm for all others.
 *
 * Our own, because the libraries there are know powers of two only, or bring arrays of their own.
 */

/** Transforms one line in place: X[k] = Σ x[n] · exp(−2πi·n·k / length), not scaled. Allocates nothing. */
export type FourierTransform = (real: Float64Array, imaginary: Float64Array) => void;

/**
 * Prepares the transform of lines of one length.
 *
 * @param length - A positive whole number.
 * @returns A function for lines of that length; it keeps working space, so one call at a time.
 */
export function fourierTransform(length: number): FourierTransform {
  return (length & (length - 1)) === 0 ? powerOfTwo(length) : bluestein(length);
}

/**
 * Transforms a plane in place, rows and then columns.
 *
 * @param real - `[height, width]`
 * @param imaginary - `[height, width]`
 */
export function transformPlane(real: Float64Array, imaginary: Float64Array, height: number, width: number): void {
  const alongRow = fourierTransform(width);
  for (let y = 0; y < height; y++) {
    alongRow(real.subarray(y * width, (y + 1) * width), imaginary.subarray(y * width, (y + 1) * width));
  }
  const alongColumn = height === width ? alongRow : fourierTransform(height);
  const lineReal = new Float64Array(height);
  const lineImaginary = new Float64Array(height);
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) {
      lineReal[y] = real[y * width + x];
      lineImaginary[y] = imaginary[y * width + x];
    }
    alongColumn(lineReal, lineImaginary);
    for (let y = 0; y < height; y++) {
      real[y * width + x] = lineReal[y];
      imaginary[y * width + x] = lineImaginary[y];
    }
  }
}

/** Cooley and Tukey's, in place, decimation in time. */
function powerOfTwo(length: number): FourierTransform {
  const half = length >> 1;
  const cosines = Float64Array.from({ length: half }, (_, k) => Math.cos((2 * Math.PI * k) / length));
  const sines = Float64Array.from({ length: half }, (_, k) => Math.sin((2 * Math.PI * k) / length));
  const reversed = new Uint32Array(length);
  for (let i = 1; i < length; i++) reversed[i] = (reversed[i >> 1] >> 1) | (i & 1 ? half : 0);
  return (real, imaginary) => {
    for (let i = 0; i < length; i++) {
      const j = reversed[i];
      if (j <= i) continue;
      const keptReal = real[i];
      const keptImaginary = imaginary[i];
      real[i] = real[j];
      imaginary[i] = imaginary[j];
      real[j] = keptReal;
      imaginary[j] = keptImaginary;
    }
    for (let span = 1; span < length; span <<= 1) {
      const step = half / span;
      for (let start = 0; start < length; start += 2 * span) {
        for (let k = 0; k < span; k++) {
          const a = start + k;
          const b = a + span;
          const cosine = cosines[k * step];
          const sine = sines[k * step];
          const turnedReal = real[b] * cosine + imaginary[b] * sine;
          const turnedImaginary = imaginary[b] * cosine - real[b] * sine;
          real[b] = real[a] - turnedReal;
          imaginary[b] = imaginary[a] - turnedImaginary;
          real[a] += turnedReal;
          imaginary[a] += turnedImaginary;
        }
      }
    }
  };
}

/** Bluestein 1970: a transform of any length as a convolution with a chirp, done at a power of two. */
function bluestein(length: number): FourierTransform {
  let padded = 1;
  while (padded < 2 * length - 1) padded *= 2;
  const transform = powerOfTwo(padded);
  // n² modulo 2·length keeps the angle small, and so exact
  const angles = Float64Array.from({ length }, (_, n) => (Math.PI * ((n * n) % (2 * length))) / length);
  const cosines = angles.map(Math.cos);
  const sines = angles.map(Math.sin);
  const chirpReal = new Float64Array(padded);
  const chirpImaginary = new Float64Array(padded);
  for (let n = 0; n < length; n++) {
    const mirrored = (padded - n) % padded;
    chirpReal[n] = chirpReal[mirrored] = cosines[n];
    chirpImaginary[n] = chirpImaginary[mirrored] = sines[n];
  }
  transform(chirpReal, chirpImaginary);
  const workReal = new Float64Array(padded);
  const workImaginary = new Float64Array(padded);
  return (real, imaginary) => {
    workReal.fill(0);
    workImaginary.fill(0);
    for (let n = 0; n < length; n++) {
      workReal[n] = real[n] * cosines[n] + imaginary[n] * sines[n];
      workImaginary[n] = imaginary[n] * cosines[n] - real[n] * sines[n];
    }
    transform(workReal, workImaginary);
    for (let k = 0; k < padded; k++) {
      const productReal = workReal[k] * chirpReal[k] - workImaginary[k] * chirpImaginary[k];
      const productImaginary = workReal[k] * chirpImaginary[k] + workImaginary[k] * chirpReal[k];
      // the inverse transform is the forward one of the conjugate
      workReal[k] = productReal;
      workImaginary[k] = -productImaginary;
    }
    transform(workReal, workImaginary);
    for (let k = 0; k < length; k++) {
      const convolvedReal = workReal[k] / padded;
      const convolvedImaginary = -workImaginary[k] / padded;
      real[k] = convolvedReal * cosines[k] + convolvedImaginary * sines[k];
      imaginary[k] = convolvedImaginary * cosines[k] - convolvedReal * sines[k];
    }
  };
}
