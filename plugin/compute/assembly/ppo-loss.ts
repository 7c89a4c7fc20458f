// The loss of PPO (Schulman et al. 2017, equations 7 and 9) and its gradient by the networks' outputs.
import { ROW } from "./dense";
import { exp, log, madd, sum } from "./vector";

const HALF_LOG_TWO_PI: f32 = 0.9189385332;
const FORBIDDEN: f32 = -1e30;

// Rows of the panel that describes each sample; actions and masks follow.
const OLD_LOG_PROBABILITY: usize = 0;
const ADVANTAGE: usize = 1;
const RETURN: usize = 2;
const OLD_VALUE: usize = 3;
const ACTIONS: usize = 4;

/** Gives the advantages mean 0 and (sample) standard deviation 1, in place. */
export function normaliseAdvantages(rows: usize, stride: usize, count: i32): void {
  let total: f64 = 0;
  for (let i = 0; i < count; i++) total += load<f32>(address(rows, stride, i));
  const mean = total / <f64>count;
  let squares: f64 = 0;
  for (let i = 0; i < count; i++) {
    const off = <f64>load<f32>(address(rows, stride, i)) - mean;
    squares += off * off;
  }
  const deviation = count > 1 ? Math.sqrt(squares / <f64>(count - 1)) : 0;
  const scale = 1 / (deviation + 1e-8);
  for (let i = 0; i < count; i++) {
    const at = address(rows, stride, i);
    store<f32>(at, <f32>((<f64>load<f32>(at) - mean) * scale));
  }
}

// @ts-ignore: decorator
@inline
function address(rows: usize, stride: usize, column: i32): usize {
  return rows + <usize>(column >> 4) * stride + ADVANTAGE * ROW + (<usize>(column & 15) << 2);
}

/**
 * @param rows - Panels: old log probability, advantage, return, old value, continuous actions, choices, masks.
 * @param heads - The actor's outputs. @param dHeads - Their gradient, written.
 * @param values - The critic's output. @param dValues - Its gradient, written.
 * @param dLogStd - Written, [continuous].
 * @param scratch - 32 bytes a continuous action and 48 bytes a branch.
 * @param statistics - Written, 5 floats: policy loss, value loss, entropy, divergence, clip fraction.
 */
export function ppoLoss(
  rows: usize,
  rowsStride: usize,
  heads: usize,
  dHeads: usize,
  headsStride: usize,
  values: usize,
  dValues: usize,
  valuesStride: usize,
  logStd: usize,
  dLogStd: usize,
  continuous: i32,
  branches: i32,
  sizes: usize,
  count: i32,
  clipRange: f32,
  valueClipRange: f32,
  entropyCoefficient: f32,
  valueCoefficient: f32,
  scratch: usize,
  statistics: usize,
): void {
  const vectors = (count + 3) >> 2;
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  const share = f32x4.splat(<f32>1 / <f32>count);
  const clip = f32x4.splat(clipRange);
  const entropyWeight = f32x4.splat(entropyCoefficient);
  const deviations = scratch; // 16 bytes each: 1 / standard deviation
  const dDeviations = scratch + (<usize>continuous << 4); // 16 bytes each: running gradient
  const branchScratch = dDeviations + (<usize>continuous << 4); // 32 bytes each: ln of the total, entropy
  let gaussianEntropy: f32 = 0;
  for (let d = 0; d < continuous; d++) {
    const at = <usize>d << 4;
    const ls = v128.load32_splat(logStd + (<usize>d << 2));
    v128.store(deviations + at, exp(f32x4.neg(ls)));
    v128.store(dDeviations + at, zero);
    gaussianEntropy += f32x4.extract_lane(ls, 0) + 0.5 + HALF_LOG_TWO_PI;
  }
  let policyLoss = zero;
  let valueLoss = zero;
  let entropySum = zero;
  let divergence = zero;
  let clipped = zero;

  for (let vector = 0; vector < vectors; vector++) {
    const panel = <usize>(vector >> 2);
    const lane = <usize>(vector & 3) << 4;
    const row = rows + panel * rowsStride + lane;
    const head = heads + panel * headsStride + lane;
    const dHead = dHeads + panel * headsStride + lane;
    const lanes = i32x4.add(i32x4.splat(vector << 2), i32x4(0, 1, 2, 3));
    const weight = v128.and(i32x4.lt_s(lanes, i32x4.splat(count)), share);

    // Step 1. Log probability of the taken action, and entropy.
    let logProbability = zero;
    let entropy = f32x4.splat(gaussianEntropy);
    let action = row + ACTIONS * ROW;
    for (let d = 0; d < continuous; d++) {
      const at = <usize>d * ROW;
      const z = f32x4.mul(f32x4.sub(v128.load(action + at), v128.load(head + at)), v128.load(deviations + (<usize>d << 4)));
      const ls = v128.load32_splat(logStd + (<usize>d << 2));
      logProbability = f32x4.sub(
        logProbability,
        f32x4.add(madd(f32x4.mul(z, z), f32x4.splat(0.5), ls), f32x4.splat(HALF_LOG_TWO_PI)),
      );
    }
    action += <usize>continuous * ROW;
    let mask = action + <usize>branches * ROW;
    let logits = head + <usize>continuous * ROW;
    let dLogits = dHead + <usize>continuous * ROW;
    for (let b = 0; b < branches; b++) {
      const choices = load<i32>(sizes + (<usize>b << 2));
      const taken = v128.load(action + <usize>b * ROW);
      let best = f32x4.splat(FORBIDDEN);
      for (let j = 0; j < choices; j++) {
        const at = <usize>j * ROW;
        const allowed = f32x4.gt(v128.load(mask + at), f32x4.splat(0.5));
        best = f32x4.max(best, v128.bitselect(v128.load(logits + at), best, allowed));
      }
      let total = zero;
      for (let j = 0; j < choices; j++) {
        const at = <usize>j * ROW;
        const allowed = f32x4.gt(v128.load(mask + at), f32x4.splat(0.5));
        const e = v128.and(exp(f32x4.sub(v128.load(logits + at), best)), allowed);
        v128.store(dLogits + at, e);
        total = f32x4.add(total, e);
      }
      const logTotal = f32x4.add(log(total), best);
      const inverse = f32x4.div(one, total);
      let branchEntropy = zero;
      for (let j = 0; j < choices; j++) {
        const at = <usize>j * ROW;
        const p = f32x4.mul(v128.load(dLogits + at), inverse);
        const allowed = f32x4.gt(v128.load(mask + at), f32x4.splat(0.5));
        const logP = v128.and(f32x4.sub(v128.load(logits + at), logTotal), allowed);
        v128.store(dLogits + at, p);
        branchEntropy = f32x4.sub(branchEntropy, f32x4.mul(p, logP));
        const isTaken = f32x4.eq(taken, f32x4.splat(<f32>j));
        logProbability = f32x4.add(logProbability, v128.and(logP, isTaken));
      }
      v128.store(branchScratch + (<usize>b << 5), logTotal, 0);
      v128.store(branchScratch + (<usize>b << 5), branchEntropy, 16);
      entropy = f32x4.add(entropy, branchEntropy);
      mask += <usize>choices * ROW;
      logits += <usize>choices * ROW;
      dLogits += <usize>choices * ROW;
    }

    // Step 2. The clipped surrogate.
    const advantage = v128.load(row + ADVANTAGE * ROW);
    const logRatio = f32x4.sub(logProbability, v128.load(row + OLD_LOG_PROBABILITY * ROW));
    const ratio = exp(logRatio);
    const bounded = f32x4.max(f32x4.sub(one, clip), f32x4.min(ratio, f32x4.add(one, clip)));
    const free = f32x4.neg(f32x4.mul(advantage, ratio));
    const held = f32x4.neg(f32x4.mul(advantage, bounded));
    const isFree = f32x4.ge(free, held);
    policyLoss = f32x4.add(policyLoss, f32x4.mul(weight, f32x4.max(free, held)));
    const g = f32x4.mul(weight, v128.and(free, isFree)); // by the log probability
    entropySum = f32x4.add(entropySum, f32x4.mul(weight, entropy));
    divergence = f32x4.add(divergence, f32x4.mul(weight, f32x4.sub(f32x4.sub(ratio, one), logRatio)));
    clipped = f32x4.add(clipped, v128.and(weight, f32x4.gt(f32x4.abs(f32x4.sub(ratio, one)), clip)));

    // Step 3. Gradient by the actor's outputs.
    action = row + ACTIONS * ROW;
    for (let d = 0; d < continuous; d++) {
      const at = <usize>d * ROW;
      const inverse = v128.load(deviations + (<usize>d << 4));
      const z = f32x4.mul(f32x4.sub(v128.load(action + at), v128.load(head + at)), inverse);
      v128.store(dHead + at, f32x4.mul(g, f32x4.mul(z, inverse)));
      const running = dDeviations + (<usize>d << 4);
      v128.store(running, madd(g, f32x4.sub(f32x4.mul(z, z), one), v128.load(running)));
    }
    action += <usize>continuous * ROW;
    mask = action + <usize>branches * ROW;
    logits = head + <usize>continuous * ROW;
    dLogits = dHead + <usize>continuous * ROW;
    const entropyGradient = f32x4.mul(entropyWeight, weight);
    for (let b = 0; b < branches; b++) {
      const choices = load<i32>(sizes + (<usize>b << 2));
      const taken = v128.load(action + <usize>b * ROW);
      const logTotal = v128.load(branchScratch + (<usize>b << 5), 0);
      const branchEntropy = v128.load(branchScratch + (<usize>b << 5), 16);
      for (let j = 0; j < choices; j++) {
        const at = <usize>j * ROW;
        const p = v128.load(dLogits + at);
        const allowed = f32x4.gt(v128.load(mask + at), f32x4.splat(0.5));
        const logP = f32x4.sub(v128.load(logits + at), logTotal);
        const isTaken = v128.and(f32x4.eq(taken, f32x4.splat(<f32>j)), one);
        const byPolicy = f32x4.mul(g, f32x4.sub(isTaken, p));
        const byEntropy = f32x4.mul(entropyGradient, f32x4.mul(p, f32x4.add(logP, branchEntropy)));
        v128.store(dLogits + at, v128.and(f32x4.add(byPolicy, byEntropy), allowed));
      }
      mask += <usize>choices * ROW;
      logits += <usize>choices * ROW;
      dLogits += <usize>choices * ROW;
    }

    // Step 4. The critic.
    const value = v128.load(values + panel * valuesStride + lane);
    const target = v128.load(row + RETURN * ROW);
    const old = v128.load(row + OLD_VALUE * ROW);
    const range = f32x4.splat(valueClipRange);
    const off = f32x4.sub(value, target);
    const moved = f32x4.sub(value, old);
    const boundedMove = f32x4.max(f32x4.neg(range), f32x4.min(moved, range));
    const heldOff = f32x4.sub(f32x4.add(old, boundedMove), target);
    const useHeld = f32x4.gt(f32x4.mul(heldOff, heldOff), f32x4.mul(off, off));
    const isMoving = f32x4.lt(f32x4.abs(moved), range);
    const worse = v128.bitselect(heldOff, off, useHeld);
    valueLoss = f32x4.add(valueLoss, f32x4.mul(weight, f32x4.mul(f32x4.splat(0.5), f32x4.mul(worse, worse))));
    const slope = v128.bitselect(v128.and(heldOff, isMoving), off, useHeld);
    v128.store(
      dValues + panel * valuesStride + lane,
      f32x4.mul(f32x4.mul(weight, f32x4.splat(valueCoefficient)), slope),
    );
  }

  for (let d = 0; d < continuous; d++) {
    store<f32>(dLogStd + (<usize>d << 2), sum(v128.load(dDeviations + (<usize>d << 4))) - entropyCoefficient);
  }
  store<f32>(statistics, sum(policyLoss), 0);
  store<f32>(statistics, sum(valueLoss), 4);
  store<f32>(statistics, sum(entropySum), 8);
  store<f32>(statistics, sum(divergence), 12);
  store<f32>(statistics, sum(clipped), 16);
}
