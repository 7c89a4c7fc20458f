import { ConfigurationError } from "../../core/errors.ts";
import { linearFromSrgb } from "../maps/srgb.ts";

/** How noisy a camera's pictures are: the less light, the fewer electrons. */
export interface SensorNoise {
  /**
   * Electrons that white sets free in a pixel, 4 to 100,000: their number varies by chance with its square root. A camera in the sun has some
   * 20,000, in a lit room 1,000, at night 50.
   */
  readonly electrons: number;
  /** What reading a pixel out adds by chance, as a standard deviation in electrons, 0 to 50. Good cameras have 1 to 3. Default 1.5. */
  readonly readNoise?: number;
}

/** Where `readNoise` is not said. */
export const USUAL_READ_NOISE = 1.5;

/** Linear light of the greys of which a network is told how noisy they are: dark, middle and bright. */
const GREYS = [0.02, 0.18, 0.8];
/** Brings deviations to the range of colours. */
const TOLD_GAIN = 10;

/** @throws ConfigurationError for numbers that no camera has. @param who - Named at the start of the message. */
export function assertSensorNoise(who: string, { electrons, readNoise = USUAL_READ_NOISE }: SensorNoise): void {
  if (!(electrons >= 4 && electrons <= 1e5)) {
    throw new ConfigurationError(
      `${who}: needed electrons of 4 to 100000, came ${electrons}. Say how many white sets free in a pixel, e.g. 50 at night.`,
    );
  }
  if (readNoise >= 0 && readNoise <= 50) return;
  throw new ConfigurationError(
    `${who}: needed readNoise of 0 to 50 electrons, came ${readNoise}. Good cameras have 1 to 3.`,
  );
}

/** Standard deviation of the noise at some light, both linear. */
export function deviationAt(light: number, { electrons, readNoise = USUAL_READ_NOISE }: SensorNoise): number {
  return Math.sqrt(readNoise * readNoise + electrons * light) / electrons;
}

/** What a network is told of the noise: its deviations at three greys, in sRGB, times 10. */
export function toldNoise(noise: SensorNoise): readonly [dark: number, middle: number, bright: number] {
  const [dark, middle, bright] = GREYS.map((light) => TOLD_GAIN * slopeOfSrgb(light) * deviationAt(light, noise));
  return [dark, middle, bright];
}

/** By how much sRGB values grow with linear light, above 0.0031308. */
function slopeOfSrgb(light: number): number {
  return (1.055 / 2.4) * light ** (1 / 2.4 - 1);
}

/** Steps of the tables. */
const STEPS = 4096;
const TO_LINEAR = Float32Array.from({ length: STEPS + 1 }, (_, step) => linearFromSrgb(step / STEPS));
const BYTES = 255;
/** The sRGB value of linear light by its square root, a whole byte over 255. */
const TO_BYTE = Float32Array.from({ length: STEPS + 1 }, (_, step) => {
  const light = (step / STEPS) ** 2;
  const value = light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
  return Math.round(BYTES * value) / BYTES;
});

/**
 * What a dim camera makes of a picture: noise in linear light, then cut off at black and white and put into bytes.
 *
 * @param pixels - sRGB in [0, 1], of any shape; not changed.
 * @param normal - Draws normally distributed numbers.
 * @returns sRGB, whole bytes over 255; a new array.
 */
export function withSensorNoise(pixels: Float32Array, noise: SensorNoise, normal: () => number): Float32Array {
  const { electrons, readNoise = USUAL_READ_NOISE } = noise;
  const [read, shot] = [(readNoise / electrons) ** 2, 1 / electrons];
  const noisy = new Float32Array(pixels.length);
  for (let i = 0; i < noisy.length; i++) {
    const light = TO_LINEAR[Math.round(STEPS * pixels[i])];
    const seen = light + Math.sqrt(read + shot * light) * normal();
    noisy[i] = TO_BYTE[Math.round(STEPS * Math.sqrt(Math.min(1, Math.max(0, seen))))];
  }
  return noisy;
}
