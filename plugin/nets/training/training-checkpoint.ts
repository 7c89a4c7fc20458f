import * as tf from "@tensorflow/tfjs";
import { decodeContainer, encodeContainer, type Container } from "../../core/container.ts";
import { PolicyFileError } from "../../core/errors.ts";
import { UntrustedField } from "../../core/untrusted-field.ts";
import type { Adam } from "../adam/adam.ts";
import type { MovingAverage } from "./moving-average.ts";

const FORMAT = "training";
const VERSION = 1;

/** Everything that changes while a task is taught. */
export interface TrainingState {
  /** Mini-batches so far. */
  step: number;
  /** The last judgement. */
  validation: number | null;
  best: { loss: number; step: number; weights: readonly Float32Array[] } | null;
  /** Judgements since the best. */
  worse: number;
}

/** Where the numbers of a training lie. */
export interface TrainingParts {
  readonly name: string;
  readonly seed: number;
  readonly turns: readonly { readonly name: string; readonly variables: readonly tf.Variable[]; readonly adam: Adam }[];
  readonly average: MovingAverage | null;
}

/** The bytes of a file from which a training goes on as if it had never ended. */
export async function encodeTraining(parts: TrainingParts, state: TrainingState): Promise<Uint8Array> {
  const arrays: Record<string, Float32Array> = {};
  const adamSteps: number[] = [];
  for (const { name, variables, adam } of parts.turns) {
    for (const [i, values] of (await readVariables(variables)).entries()) arrays[`${name} ${i}`] = values;
    const moments = await adam.readMoments();
    adamSteps.push(moments?.steps ?? 0);
    if (!moments) continue;
    arrays[`${name} first moments`] = moments.first;
    arrays[`${name} second moments`] = moments.second;
  }
  for (const [i, values] of ((await parts.average?.read()) ?? []).entries()) arrays[`average ${i}`] = values;
  for (const [i, values] of (state.best?.weights ?? []).entries()) arrays[`best ${i}`] = values;
  const { step, validation, best, worse } = state;
  const header = {
    task: parts.name,
    seed: parts.seed,
    step,
    worse,
    adamSteps,
    ...(validation === null ? {} : { validation }),
    ...(best && { best: { loss: best.loss, step: best.step } }),
  };
  return encodeContainer(FORMAT, VERSION, header, arrays);
}

/**
 * Puts a training back to where it was.
 *
 * @throws PolicyFileError for bytes that are no checkpoint of this task with this seed; nothing has changed then.
 */
export function decodeTraining(bytes: Uint8Array, parts: TrainingParts): TrainingState {
  const who = `Checkpoint of "${parts.name}"`;
  const container = decodeContainer(bytes, FORMAT, VERSION, who);
  const header = new UntrustedField(container.header, "", who);
  const [task, seed] = [header.get("task").text(), header.get("seed").number()];
  if (task !== parts.name || seed !== parts.seed) {
    throw new PolicyFileError(
      `${who}: needed the task "${parts.name}" with seed ${parts.seed}, came "${task}" with seed ${seed}. Go on with the settings that it was made with.`,
    );
  }

  // Step 1. Read everything before anything changes.
  const adamSteps = header.get("adamSteps").list();
  const turns = parts.turns.map(({ name, variables }, turn) => {
    const size = variables.reduce((sum, variable) => sum + variable.size, 0);
    const steps = adamSteps[turn]?.number() ?? 0;
    const take = (what: string): Float32Array => takeArray(container, `${name} ${what} moments`, size, who);
    return {
      weights: takeAll(container, name, variables, who),
      moments: steps > 0 ? { first: take("first"), second: take("second"), steps } : null,
    };
  });
  const everything = parts.turns.flatMap(({ variables }) => variables);
  const averages = parts.average && takeAll(container, "average", everything, who);
  const best = header.find("best");
  const state: TrainingState = {
    step: header.get("step").number(),
    worse: header.get("worse").number(),
    validation: header.find("validation")?.number() ?? null,
    best: best
      ? {
          loss: best.get("loss").number(),
          step: best.get("step").number(),
          weights: takeAll(container, "best", everything, who),
        }
      : null,
  };

  // Step 2. Put it in.
  parts.turns.forEach(({ variables, adam }, turn) => {
    writeVariables(variables, turns[turn].weights);
    const { moments } = turns[turn];
    if (moments) adam.writeMoments(moments);
  });
  if (averages) parts.average?.write(averages);
  return state;
}

/** Copies of what variables hold. */
export async function readVariables(variables: readonly tf.Variable[]): Promise<Float32Array[]> {
  const read: Float32Array[] = [];
  for (const variable of variables) read.push((await variable.data<"float32">()).slice());
  return read;
}

/** Gives variables other numbers; they are copied. */
export function writeVariables(variables: readonly tf.Variable[], values: readonly Float32Array[]): void {
  variables.forEach((variable, i) => {
    tf.tidy(() => variable.assign(tf.tensor(values[i].slice(), variable.shape)));
  });
}

function takeAll(
  container: Container,
  name: string,
  variables: readonly tf.Variable[],
  who: string,
): readonly Float32Array[] {
  return variables.map(({ size }, i) => takeArray(container, `${name} ${i}`, size, who));
}

function takeArray({ arrays }: Container, name: string, length: number, who: string): Float32Array {
  const array = arrays[name] as Float32Array | undefined;
  if (array?.length === length) return array;
  throw new PolicyFileError(
    `${who}: needed ${length} numbers in "${name}", came ${array?.length ?? "none"}. Go on with the network that it was made with.`,
  );
}
