import { median, type GateArguments } from "../report.ts";

/** Somebody who does the same work as the others. */
export interface Contender {
  readonly name: string;
  /** Does the work once. */
  run(): unknown;
}

/** How long to measure. */
export interface InterleaveOptions {
  /** How often everybody has a turn; odd, so that the median is one of them. Default 9. */
  readonly rounds?: number;
  /** How long a turn is, in milliseconds: the work is done at least once and as often as fits. Default 60. */
  readonly turn?: number;
  /** How long each contender runs before anything counts, in milliseconds. Default 400. */
  readonly warmUp?: number;
  /**
   * `"wall"` takes what a person waits for and needs a quiet machine; `"processor"` takes the time that this process
   * held a processor, which bears other programs beside it. In a page only `"wall"`. Default `"wall"`.
   */
  readonly clock?: Clock;
}

export type Clock = "wall" | "processor";

/** What one contender took for the work, once. */
export interface Timing {
  /** Milliseconds, median of all rounds. */
  readonly milliseconds: number;
  readonly fastest: number;
  readonly slowest: number;
}

/**
 * Times contenders in turns, round by round, so that whatever slows the machine down hits everybody alike. Each round
 * starts with another contender.
 */
export async function interleave(
  contenders: readonly Contender[],
  { rounds = 9, turn = 60, warmUp = 400, clock = "wall" }: InterleaveOptions = {},
): Promise<Record<string, Timing>> {
  const times = new Map<Contender, number[]>();
  const counts = new Map<Contender, number>();
  for (const contender of contenders) {
    // Step 1. Warm up; count how often the work fits into a turn, by the faster half of the warm-up.
    const start = performance.now();
    let half = start;
    let done = 0;
    while (performance.now() - start < warmUp || done < 3) {
      await perform(contender, 1);
      done += 1;
      if (performance.now() - start < warmUp / 2) {
        half = performance.now();
        done = 0;
      }
    }
    const once = (performance.now() - half) / Math.max(1, done);
    counts.set(contender, Math.max(1, Math.round(turn / once)));
    times.set(contender, []);
  }

  // Step 2. Take turns.
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < contenders.length; i++) {
      const contender = contenders[(i + round) % contenders.length];
      const count = counts.get(contender)!;
      const start = now(clock);
      await perform(contender, count);
      times.get(contender)!.push((now(clock) - start) / count);
    }
  }
  return Object.fromEntries(
    contenders.map((contender) => {
      const all = times.get(contender)!;
      const timing: Timing = { milliseconds: median(all), fastest: Math.min(...all), slowest: Math.max(...all) };
      return [contender.name, timing];
    }),
  );
}

/** Milliseconds since some moment. */
function now(clock: Clock): number {
  if (clock === "wall") return performance.now();
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Work that is done at once is not made to wait for a promise. */
async function perform(contender: Contender, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const pending = contender.run();
    if (pending instanceof Promise) await pending;
  }
}

/** Reads how long to measure from the command line: short for `--smoke`; `--set rounds=9`, `--set clock=processor`. */
export function readInterleaveOptions({ smoke, settings }: GateArguments): Required<InterleaveOptions> {
  const { rounds = smoke ? "3" : "9", clock = "wall" } = settings;
  if (!(Number(rounds) >= 1)) throw new Error(`--set rounds: needed a number above 0, came "${rounds}". Use e.g. 9.`);
  if (clock !== "wall" && clock !== "processor") {
    throw new Error(`--set clock: needed "wall" or "processor", came "${clock}". Use "processor" on a busy machine.`);
  }
  return { rounds: Number(rounds), turn: smoke ? 20 : 100, warmUp: smoke ? 100 : 500, clock };
}
