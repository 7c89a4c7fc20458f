import type { PpoBatch, PpoUpdateSettings } from "../../core/learner.ts";
import { UNLIMITED, type RolloutParts } from "./rollout-upload.ts";

/** The powers of Adam's decay rates after so many steps, by repeated multiplication, since `Math.pow` may differ. */
export interface AdamPowers {
  readonly beta1: number;
  readonly beta2: number;
}

/** One step more. */
export function countAdamStep({ beta1, beta2 }: AdamPowers): AdamPowers {
  return { beta1: beta1 * 0.9, beta2: beta2 * 0.999 };
}

/** A block of rows of one minibatch: what one round of dispatches works on. */
export interface Job {
  readonly rows: number;
  readonly isLastBlock: boolean;
}

/** How many minibatches an update has, and how many blocks of at most `blockRows` rows they are cut into. */
export function countJobs(
  count: number,
  settings: PpoUpdateSettings,
  blockRows: number,
): { minibatches: number; jobs: number } {
  const { minibatchSize, epochs } = settings;
  const whole = Math.floor(count / minibatchSize);
  const rest = count % minibatchSize;
  const blocks = whole * Math.ceil(minibatchSize / blockRows) + Math.ceil(rest / blockRows);
  return { minibatches: epochs * (whole + (rest > 0 ? 1 : 0)), jobs: epochs * blocks };
}

/**
 * Writes a uniform for each block of each minibatch, as the struct `Job` of the kernels wants it.
 *
 * @param words - From one uniform to the next.
 */
export function writeJobs(
  into: ArrayBuffer,
  words: number,
  { batch, settings, parts, blockRows, powers }: JobSources,
): Job[] {
  const integers = new Uint32Array(into);
  const floats = new Float32Array(into);
  const jobs: Job[] = [];
  const fixed = [
    settings.clipRange,
    Math.min(settings.valueClipRange, UNLIMITED),
    settings.entropyCoefficient,
    settings.valueCoefficient,
    Math.min(settings.maxGradientNorm, UNLIMITED),
    Math.min(settings.targetKl, UNLIMITED),
  ];
  const places = [
    parts.observations,
    parts.continuous,
    parts.discrete,
    parts.masks,
    parts.logProbabilities,
    parts.values,
    parts.advantages,
    parts.returns,
    parts.normaliser,
  ];
  let minibatch = 0;
  let power = powers;
  for (let epoch = 0; epoch < settings.epochs; epoch++) {
    for (let from = 0; from < batch.count; from += settings.minibatchSize) {
      const rows = Math.min(settings.minibatchSize, batch.count - from);
      const start = epoch * batch.count + from;
      power = countAdamStep(power);
      const advantages = measureAdvantages(batch, settings, start, rows);
      for (let block = 0; block < rows; block += blockRows) {
        const blockSize = Math.min(blockRows, rows - block);
        const isLastBlock = block + blockSize === rows;
        const at = jobs.length * words;
        integers[at] = parts.order + start + block;
        integers[at + 1] = blockSize;
        integers[at + 2] = minibatch;
        integers[at + 3] = block === 0 ? 1 : 0;
        integers[at + 4] = isLastBlock ? 1 : 0;
        floats[at + 5] = 1 / rows;
        floats[at + 6] = advantages.mean;
        floats[at + 7] = advantages.scale;
        floats[at + 8] = settings.learningRate / (1 - power.beta1);
        floats[at + 9] = 1 / Math.sqrt(1 - power.beta2);
        floats.set(fixed, at + 10);
        integers.set(places, at + 16);
        jobs.push({ rows: blockSize, isLastBlock });
      }
      minibatch += 1;
    }
  }
  return jobs;
}

/** What the uniforms are made of. */
export interface JobSources {
  readonly batch: PpoBatch;
  readonly settings: PpoUpdateSettings;
  readonly parts: RolloutParts;
  readonly blockRows: number;
  readonly powers: AdamPowers;
}

/** Mean of a minibatch's advantages, and 1 over their (sample) standard deviation. */
function measureAdvantages(
  { advantages }: PpoBatch,
  { order, normaliseAdvantages }: PpoUpdateSettings,
  start: number,
  rows: number,
): { mean: number; scale: number } {
  if (!normaliseAdvantages) return { mean: 0, scale: 1 };
  let total = 0;
  for (let i = start; i < start + rows; i++) total += advantages[order[i]];
  const mean = total / rows;
  let squares = 0;
  for (let i = start; i < start + rows; i++) squares += (advantages[order[i]] - mean) ** 2;
  return { mean, scale: 1 / ((rows > 1 ? Math.sqrt(squares / (rows - 1)) : 0) + 1e-8) };
}
