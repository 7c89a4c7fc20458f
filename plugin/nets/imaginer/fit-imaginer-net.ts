import * as tf from "@tensorflow/tfjs";
import { ConfigurationError } from "../../core/errors.ts";
import { Random } from "../../core/random.ts";
import { startBackend, useBackend, type NetsBackend } from "../start-backend.ts";
import { fallingRate, warmedUp } from "../training/rate-schedule.ts";
import { train } from "../training/train.ts";
import type { TrainingTask } from "../training/training-task.ts";
import { ExampleLikeness, type FitExample, type Glance } from "./example-likeness.ts";
import { FIT_DEPTHS, type FitDepth } from "./fit-depth.ts";
import { FittedCode } from "./fitted-code.ts";
import type { ImaginerNet } from "./imaginer-net.ts";
import { plannedInputs } from "./planned-inputs.ts";
import type { SpatialInputs } from "./spatial-inputs.ts";

/** How a network is fitted. */
export interface FitNetOptions {
  /** Mini-batches in all, at least 1: at most 30 for the code, 90 for the few, the rest for all. */
  readonly steps: number;
  /** How far it goes; steps beyond that are left out. Default "all". */
  readonly depth?: FitDepth;
  /** Begins there, with the depth's own stage at once. Default: with the code of the example, or the mean of its codes. */
  readonly code?: Float32Array;
  /** Fixes all chance. Default 0. */
  readonly seed?: number;
  /** Judgements without improvement, one every 20 steps, after which a stage ends. Default 6; `Infinity`: never. */
  readonly patience?: number;
  /** Where it computes. Default wasm: the same numbers at every run. webgpu has not been timed on a graphics card. */
  readonly backend?: NetsBackend;
  readonly wasmUrl?: string | URL;
  readonly signal?: AbortSignal;
  /** Ends with what has been learned by then. */
  readonly enough?: AbortSignal;
}

/** How a fit is followed. All are awaited. */
export interface FitNetWatch {
  /** Called every 20 steps. */
  readonly onProgress?: (progress: FitNetProgress) => void | Promise<void>;
  /** Called every 20 steps, while the network holds what it would be by now. @param code - Goes with it. */
  readonly onSample?: (step: number, code: Float32Array) => void | Promise<void>;
}

/** How far a fit is. */
export interface FitNetProgress {
  readonly stage: FitDepth;
  /** Mini-batches so far. */
  readonly step: number;
  /** Share of the steps, in [0, 1]. */
  readonly done: number;
  /** Since the last progress; about 0 is like the example, about 1 has nothing in common with it. */
  readonly loss: number;
}

/** What came of a fit; the network holds the rest. */
export interface FittedNet {
  /** [code]. */
  readonly code: Float32Array;
  /** Names of the parameters that may have changed. */
  readonly changed: readonly string[];
  /** Mini-batches in all. */
  readonly steps: number;
  /** As in the last progress. */
  readonly loss: number;
}

const CODE_STEPS = 30;
const FEW_STEPS = 90;
/** Of the stages, chosen by the patch distance of two unseen classes after 40 to 120 steps. */
const RATES: Readonly<Record<FitDepth, number>> = { code: 0.03, few: 0.01, all: 0.002 };
const WARM_UP = 10;
const STEADY = 200;
const MOST_GRADIENT = 1;
const DECAY = 0.9;
const INTERVAL = 20;
const PATIENCE = 6;
/** Chances to draw from, and the share of them that judges. */
const CHANCES = 32;
const JUDGES = 1 / 16;

/** What each layer adds, how it is steered, and the last layer: of one code, steering has no more to say than its biases. */
const isFew = (name: string): boolean => /^draw (maps|.* biases$)/.test(name) && !isRange(name);
const isDrawing = (name: string): boolean =>
  name.startsWith("draw ") && !name.endsWith("steering weights") && !isRange(name);
/** How much height, roughness and metallic vary follows from the code; a whole stack tells it, a picture does not. */
const isRange = (name: string): boolean => name.startsWith("draw range");

interface FitBatch {
  readonly inputs: SpatialInputs;
  readonly glance: Glance;
}

/**
 * Fits an imaginer to one example, a stack or several alike: first the code, then a few parameters, then all, so that it forgets little of what it was taught.
 *
 * Of a picture only the colours are compared; the other maps are held to what the network told of them before. The same options
 * give the same numbers in the same engine on wasm and cpu. Nothing but the network's own variables outlives it.
 *
 * @param net - Its decoder is changed.
 * @throws ConfigurationError for an example or steps that cannot be; TrainingError; the signal's reason: the network is changed then.
 */
export async function fitImaginerNet(
  net: ImaginerNet,
  example: FitExample,
  options: FitNetOptions,
  watch: FitNetWatch = {},
): Promise<FittedNet> {
  const { steps, depth = "all", seed = 0, patience = PATIENCE, backend = "wasm", wasmUrl, signal, enough } = options;
  if (!Number.isInteger(steps) || steps < 1) {
    throw new ConfigurationError(`Fit: needed steps as a whole number above 0, came ${steps}. Choose such one.`);
  }
  await startBackend(backend, wasmUrl === undefined ? {} : { wasmUrl });
  const random = new Random(seed);
  const likeness = await ExampleLikeness.begin(net, example, random.fork(1));
  useBackend(backend);
  const begun = options.code;
  const code = new FittedCode(() => (begun ? tf.tensor2d(begun.slice(), [1, begun.length]) : likeness.code(net)));
  const wanted: Readonly<Record<FitDepth, (name: string) => boolean>> = {
    code: () => false,
    few: (name) => isFew(name) || (example.hasMaps && isRange(name) && name.endsWith("biases")),
    all: (name) => isDrawing(name) || (example.hasMaps && isRange(name)),
  };
  let [done, loss] = [0, Number.NaN];
  try {
    for (const { stage, count } of stagesOf(steps, depth, begun !== undefined)) {
      if (enough?.aborted) break;
      const before = done;
      const variables = [code.variable, ...net.parameters.named(wanted[stage])];
      const { steps: taken } = await train(
        stageTask(
          {
            stage,
            variables,
            draw: async (chance) => {
              const whole = tf.tidy(() => code.whole());
              // Both begin at once, while the backend is the current one.
              const [inputs, glance] = await Promise.all([
                plannedInputs(net, whole, example.side, chance.fork(1)),
                likeness.glance(chance),
              ]);
              whole.dispose();
              return { inputs, glance };
            },
          },
          ({ inputs, glance }) => likeness.distance(net.decode(code.whole(), inputs), glance),
        ),
        {
          ...{ steps: count, batchSize: 1, seed: random.fork(2 + FIT_DEPTHS.indexOf(stage)).uint32() },
          ...{ validationShare: JUDGES, interval: INTERVAL, averageDecay: DECAY, patience, backend },
          ...(wasmUrl === undefined ? {} : { wasmUrl }),
          ...(signal ? { signal } : {}),
          ...(enough ? { enough } : {}),
        },
        {
          onProgress: ({ step, losses }) => {
            loss = losses["likeness"];
            return watch.onProgress?.({ stage, step: before + step, done: (before + step) / steps, loss });
          },
          onSample: async (step) => watch.onSample?.(before + step, await code.read()),
        },
      );
      done += taken;
    }
    return { code: await code.read(), changed: net.parameters.names.filter(wanted[depth]), steps: done, loss };
  } finally {
    code.dispose();
    likeness.dispose();
  }
}

interface Stage {
  readonly stage: FitDepth;
  /** What is learned. */
  readonly variables: readonly tf.Variable[];
  /** Chance, waves and pieces as the code plans them, and a look at the example. */
  readonly draw: (chance: Random) => Promise<FitBatch>;
}

/** What one stage learns: to draw what is like the example, by another chance each time. */
function stageTask(
  { stage, variables, draw }: Stage,
  distance: (batch: FitBatch) => tf.Scalar,
): TrainingTask<FitBatch> {
  return {
    name: `imaginer, ${stage}`,
    examples: CHANCES,
    take: (_chosen, chance) => draw(chance),
    turns: [
      {
        name: "likeness",
        variables,
        loss: distance,
        learningRate: warmedUp(WARM_UP, fallingRate(RATES[stage], STEADY)),
        maxGradientNorm: MOST_GRADIENT,
      },
    ],
  };
}

/** The stages that a fit goes through, each with its mini-batches. @param isBegun - Whether only the last is left. */
function stagesOf(
  steps: number,
  depth: FitDepth,
  isBegun: boolean,
): readonly { readonly stage: FitDepth; readonly count: number }[] {
  const code = depth === "code" ? steps : Math.min(CODE_STEPS, Math.ceil(steps / 10));
  const few = depth === "few" ? steps - code : Math.min(FEW_STEPS, Math.ceil(steps / 3), steps - code);
  const counts = { code, few, all: steps - code - few };
  const stages = FIT_DEPTHS.slice(0, FIT_DEPTHS.indexOf(depth) + 1);
  return isBegun
    ? [{ stage: depth, count: steps }]
    : stages.map((stage) => ({ stage, count: counts[stage] })).filter(({ count }) => count > 0);
}
