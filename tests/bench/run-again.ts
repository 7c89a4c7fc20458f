import { rolled, type Picture } from "../../plugin/paint/picture.ts";
import { median } from "./report.ts";

/** Pixels down and across; multiples of every network's stride. */
const ROLL = [16, 48] as const;

/** The furthest number between what becomes of a picture, rolled, and what becomes of the rolled picture: 0 is equivariance. */
export async function shiftAfterRoll(source: Picture, change: (source: Picture) => Promise<Picture>): Promise<number> {
  const still = rolled(await change(source), ...ROLL);
  const moved = await change(rolled(source, ...ROLL));
  return still.pixels.reduce((most, value, i) => Math.max(most, Math.abs(value - moved.pixels[i])), 0);
}

/** Seconds that something takes, the median of so many rounds. */
export async function medianSeconds(rounds: number, run: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const from = performance.now();
    await run();
    times.push((performance.now() - from) / 1000);
  }
  return median(times);
}
