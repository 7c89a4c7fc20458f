import { Random } from "../../plugin/core/random.ts";
import { teachAutomaton } from "../../plugin/nets/automata/teach-automaton.ts";
import { fitImaginerNet } from "../../plugin/nets/imaginer/fit-imaginer-net.ts";
import { ImaginerNet } from "../../plugin/nets/imaginer/imaginer-net.ts";
import type { NetsBackend } from "../../plugin/nets/start-backend.ts";

/** What came of three steps. */
export interface ShortLesson {
  /** Each that was told. */
  readonly losses: readonly number[];
  /** What was learned, or some of it. */
  readonly numbers: readonly number[];
}

const STEPS = 3;

const chance = (count: number, seed: number): Float32Array => {
  const random = new Random(seed);
  return Float32Array.from({ length: count }, () => random.uniform());
};

/** Three steps of a small automaton's lesson, of noise. */
export async function teachShortly(backend: NetsBackend): Promise<ShortLesson> {
  const [side, losses] = [32, [] as number[]];
  const tensors = await teachAutomaton(
    { width: side, height: side, pixels: chance(side * side * 3, 1) },
    { side, pool: 4, channels: 6, hidden: 8, steps: STEPS, backend },
    { onProgress: ({ loss }) => void losses.push(loss) },
  );
  return { losses, numbers: Object.values(tensors).flatMap(({ values }) => Array.from(values)) };
}

/** Three steps of an untaught imaginer's fit to a whole stack of noise, one of each stage. */
export async function fitShortly(backend: NetsBackend): Promise<ShortLesson> {
  const [side, losses] = [64, [] as number[]];
  const net = new ImaginerNet(new Random(5));
  const example = { side, stack: chance(side * side * 6, 3), hasMaps: true };
  const { code } = await fitImaginerNet(
    net,
    example,
    { steps: STEPS, backend },
    { onProgress: ({ loss }) => void losses.push(loss) },
  );
  net.dispose();
  return { losses, numbers: Array.from(code) };
}
