// Draws actions from the actor's outputs: a diagonal Gaussian with state-independent log standard deviations, and any
// number of categorical branches with masks.
import { ROW } from "./dense";
import { threefry, toUniform, word0, word1 } from "./threefry";
import { cosReduced, exp, log, madd, sinReduced } from "./vector";

const HALF_LOG_TWO_PI: f32 = 0.9189385332;
const FORBIDDEN: f32 = -1e30;

let normal0: v128 = f32x4.splat(0);
let normal1: v128 = f32x4.splat(0);

/** Two normal numbers from two words (Box and Muller 1958), four times. */
function normals(): void {
  const u = f32x4.sub(f32x4.splat(1), toUniform(word0)); // (0, 1]
  const radius = f32x4.sqrt(f32x4.mul(f32x4.splat(-2), log(u)));
  const turns = f32x4.mul(toUniform(word1), f32x4.splat(4));
  const quadrant = f32x4.nearest(turns);
  const angle = f32x4.mul(f32x4.sub(turns, quadrant), f32x4.splat(1.5707963268));
  const q = i32x4.trunc_sat_f32x4_s(quadrant);
  const s = sinReduced(angle);
  const c = cosReduced(angle);
  const odd = i32x4.ne(v128.and(q, i32x4.splat(1)), i32x4.splat(0));
  const sinSign = i32x4.shl(v128.and(q, i32x4.splat(2)), 30);
  const cosSign = i32x4.shl(v128.and(i32x4.add(q, i32x4.splat(1)), i32x4.splat(2)), 30);
  normal0 = f32x4.mul(radius, v128.xor(v128.bitselect(s, c, odd), cosSign));
  normal1 = f32x4.mul(radius, v128.xor(v128.bitselect(c, s, odd), sinSign));
}

/**
 * Decides for every column.
 *
 * @param heads - The actor's outputs in panels: means, then logits branch after branch.
 * @param masks - Panels of 0 and 1, a row per choice; 0 allows everything.
 * @param sizes - i32 for each branch: how many choices.
 * @param first - Number of the first column in its batch.
 * @param counter - Number of this call; with the seed it fixes every draw.
 * @param scratch - 16 bytes for each choice of the largest branch.
 * @param continuousOut - [columns, continuous] floats. @param discreteOut - [columns, branches] i32.
 * @param logOut - [columns] floats, or 0 where nobody asks for the log probabilities of the greedy actions.
 */
export function sample(
  heads: usize,
  stride: usize,
  masks: usize,
  masksStride: usize,
  logStd: usize,
  continuous: i32,
  branches: i32,
  sizes: usize,
  first: i32,
  vectors: i32,
  greedy: i32,
  key0: i32,
  key1: i32,
  counter: i32,
  scratch: usize,
  continuousOut: usize,
  discreteOut: usize,
  logOut: usize,
): void {
  for (let vector = 0; vector < vectors; vector++) {
    const panel = <usize>(vector >> 2);
    const lane = <usize>(vector & 3) << 4;
    const head = heads + panel * stride + lane;
    const column = vector << 2;
    const columns = i32x4.add(i32x4.splat(first + column), i32x4(0, 1, 2, 3));
    let logProbability = f32x4.splat(0);
    for (let d = 0; d < continuous; d++) {
      if (!logOut) {
        storeColumns(continuousOut, v128.load(head + <usize>d * ROW), column, continuous, d);
        continue;
      }
      if (!greedy && !(d & 1)) {
        threefry(key0, key1, i32x4.splat(counter), v128.or(columns, i32x4.splat(d << 20)));
        normals();
      }
      const noise = greedy ? f32x4.splat(0) : d & 1 ? normal1 : normal0;
      const mean = v128.load(head + <usize>d * ROW);
      const ls = v128.load32_splat(logStd + (<usize>d << 2));
      const action = madd(noise, exp(ls), mean);
      logProbability = f32x4.sub(
        logProbability,
        f32x4.add(madd(f32x4.mul(noise, noise), f32x4.splat(0.5), ls), f32x4.splat(HALF_LOG_TWO_PI)),
      );
      storeColumns(continuousOut, action, column, continuous, d);
    }
    let row = head + <usize>continuous * ROW;
    let mask = masks ? masks + panel * masksStride + lane : 0;
    for (let b = 0; b < branches; b++) {
      const choices = load<i32>(sizes + (<usize>b << 2));
      // Step 1. The best allowed choice.
      let best = f32x4.splat(FORBIDDEN);
      let bestChoice = i32x4.splat(0);
      for (let j = 0; j < choices; j++) {
        const at = <usize>j * ROW;
        let logit = v128.load(row + at);
        if (mask) logit = v128.bitselect(logit, f32x4.splat(FORBIDDEN), f32x4.gt(v128.load(mask + at), f32x4.splat(0.5)));
        const better = f32x4.gt(logit, best);
        best = v128.bitselect(logit, best, better);
        bestChoice = v128.bitselect(i32x4.splat(j), bestChoice, better);
        v128.store(scratch + (<usize>j << 4), logit);
      }
      // Step 2. Weights of all choices; a forbidden one weighs nothing.
      let total = f32x4.splat(0);
      for (let j = 0; j < choices; j++) {
        const logit = v128.load(scratch + (<usize>j << 4));
        const allowed = f32x4.gt(logit, f32x4.splat(0.5 * FORBIDDEN));
        total = f32x4.add(total, v128.and(exp(f32x4.sub(logit, best)), allowed));
      }
      // Step 3. The choice at which the running sum passes a random share of the total.
      let choice = bestChoice;
      if (!greedy) {
        threefry(key0, key1, i32x4.splat(counter), v128.or(columns, i32x4.splat((1024 + b) << 20)));
        const threshold = f32x4.mul(toUniform(word0), total);
        let running = f32x4.splat(0);
        let found = i32x4.splat(0);
        for (let j = 0; j < choices; j++) {
          const logit = v128.load(scratch + (<usize>j << 4));
          const allowed = f32x4.gt(logit, f32x4.splat(0.5 * FORBIDDEN));
          running = f32x4.add(running, v128.and(exp(f32x4.sub(logit, best)), allowed));
          const passed = v128.andnot(f32x4.gt(running, threshold), found);
          choice = v128.bitselect(i32x4.splat(j), choice, passed);
          found = v128.or(found, passed);
        }
      }
      let chosen = f32x4.splat(0);
      for (let j = 0; j < choices; j++) {
        const logit = v128.load(scratch + (<usize>j << 4));
        chosen = v128.bitselect(logit, chosen, i32x4.eq(choice, i32x4.splat(j)));
      }
      logProbability = f32x4.add(logProbability, f32x4.sub(f32x4.sub(chosen, best), log(total)));
      storeColumns(discreteOut, choice, column, branches, b);
      row += <usize>choices * ROW;
      if (mask) mask += <usize>choices * ROW;
    }
    if (logOut) v128.store(logOut + (<usize>column << 2), logProbability);
  }
}

/** Writes four columns' number `index` of `width` each, row after row. */
// @ts-ignore: decorator
@inline
function storeColumns(rows: usize, values: v128, column: i32, width: i32, index: i32): void {
  const step = <usize>width << 2;
  const to = rows + <usize>column * step + (<usize>index << 2);
  v128.store_lane<f32>(to, values, 0);
  v128.store_lane<f32>(to + step, values, 1);
  v128.store_lane<f32>(to + 2 * step, values, 2);
  v128.store_lane<f32>(to + 3 * step, values, 3);
}
