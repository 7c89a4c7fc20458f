import type { NetworkPlan } from "../network-plan.ts";

/**
 * WGSL of the loss of PPO (Schulman et al. 2017, https://arxiv.org/abs/1707.06347v2, equations 7 and 9) of one sample, and of its
 * gradient by the networks' results. An invocation takes one sample. Where a number is bad the statistics say so by a
 * huge number, since minima and maxima may swallow a NaN.
 */
export function lossCode(plan: NetworkPlan): string {
  const { actor, critic, continuous, branchSizes, choices, resultColumns, slopeColumns } = plan;
  const actorHead = actor[actor.length - 1];
  const criticHead = critic[critic.length - 1];
  const branches = branchSizes.length;
  let offset = 0;
  const places = branchSizes.map((size, b) => {
    const place = { b, size, offset, at: continuous + offset };
    offset += size;
    return place;
  });
  return /* wgsl */ `
const HALF_LOG_TWO_PI = 0.9189385332;
const HUGE = 3e38;

fn rolled(part: u32, row: u32) -> f32 { return bitcast<f32>(rollout[part + row]); }

fn isAllowed(row: u32, alternative: u32) -> bool {
  let at = row * ${choices}u + alternative;
  return ((rollout[job.masks + (at >> 2u)] >> ((at & 3u) * 8u)) & 255u) != 0u;
}

fn loseActor(t: u32, first: u32) {
  let sample = first + t;
  let row = rows[t];
  let isReal = sample < job.count;
  let weight = select(0.0, job.share, isReal);
  let head = sample * ${resultColumns}u + ${actorHead.to}u;
  let slope = sample * ${slopeColumns}u + ${actorHead.slope}u;

  // Step 1. Log probability of the taken action, and entropy.
  var logProbability = 0.0;
  var entropy = 0.0;
  for (var d = 0u; d < ${continuous}u; d++) {
    let ls = parameters[${plan.logStd}u + d];
    let z = (rolled(job.continuous, row * ${continuous}u + d) - results[head + d]) * exponential(-ls);
    logProbability -= z * z * 0.5 + ls + HALF_LOG_TWO_PI;
    entropy += ls + 0.5 + HALF_LOG_TWO_PI;
  }
  ${places
    .map(
      ({ b, size, offset, at }) => `
  let taken${b} = rollout[job.discrete + row * ${branches}u + ${b}u];
  var best${b} = -1e30;
  for (var j = 0u; j < ${size}u; j++) {
    if (isAllowed(row, ${offset}u + j)) { best${b} = max(best${b}, results[head + ${at}u + j]); }
  }
  var total${b} = 0.0;
  for (var j = 0u; j < ${size}u; j++) {
    if (isAllowed(row, ${offset}u + j)) { total${b} += exponential(results[head + ${at}u + j] - best${b}); }
  }
  let logTotal${b} = logarithm(total${b}) + best${b};
  var entropy${b} = 0.0;
  for (var j = 0u; j < ${size}u; j++) {
    if (isAllowed(row, ${offset}u + j)) {
      let logit = results[head + ${at}u + j];
      let p = exponential(logit - best${b}) / total${b};
      slopes[slope + ${at}u + j] = p;
      entropy${b} -= p * (logit - logTotal${b});
      if (j == taken${b}) { logProbability += logit - logTotal${b}; }
    }
  }
  entropy += entropy${b};`,
    )
    .join("\n")}

  // Step 2. The clipped surrogate.
  let given = rolled(job.advantages, row);
  let advantage = (given - job.advantageMean) * job.advantageScale;
  let logRatio = logProbability - rolled(job.logProbabilities, row);
  let ratio = exponential(logRatio);
  let bounded = clamp(ratio, 1.0 - job.clipRange, 1.0 + job.clipRange);
  let free = -advantage * ratio;
  let held = -advantage * bounded;
  let g = select(0.0, weight * free, free >= held); // by the log probability
  let isWrong = isNan(logRatio) || isNan(advantage) || atomicLoad(&isBad) != 0u;
  let noted = sample * ${slopeColumns}u + ${plan.statisticsColumn}u;
  slopes[noted] = select(weight * max(free, held), HUGE, isWrong && isReal);
  slopes[noted + 2u] = weight * entropy;
  slopes[noted + 3u] = weight * (ratio - 1.0 - logRatio);
  slopes[noted + 4u] = select(0.0, weight, abs(ratio - 1.0) > job.clipRange);

  // Step 3. Gradient by the actor's results.
  for (var d = 0u; d < ${continuous}u; d++) {
    let inverse = exponential(-parameters[${plan.logStd}u + d]);
    let z = (rolled(job.continuous, row * ${continuous}u + d) - results[head + d]) * inverse;
    slopes[slope + d] = g * (z * inverse);
    slopes[sample * ${slopeColumns}u + ${plan.logStdSlope}u + d] = g * (z * z - 1.0);
  }
  ${places
    .map(
      ({ b, size, offset, at }) => `
  for (var j = 0u; j < ${size}u; j++) {
    var d = 0.0;
    if (isAllowed(row, ${offset}u + j)) {
      let p = slopes[slope + ${at}u + j];
      let logP = results[head + ${at}u + j] - logTotal${b};
      let byPolicy = g * (select(0.0, 1.0, j == taken${b}) - p);
      d = byPolicy + job.entropyCoefficient * weight * (p * (logP + entropy${b}));
    }
    slopes[slope + ${at}u + j] = d;
  }`,
    )
    .join("\n")}
}

fn loseCritic(t: u32, first: u32) {
  let sample = first + t;
  let row = rows[t];
  let isReal = sample < job.count;
  let weight = select(0.0, job.share, isReal);
  let value = results[sample * ${resultColumns}u + ${criticHead.to}u];
  let goal = rolled(job.returns, row);
  let old = rolled(job.values, row);
  let off = value - goal;
  let moved = value - old;
  let heldOff = old + clamp(moved, -job.valueClipRange, job.valueClipRange) - goal;
  let useHeld = heldOff * heldOff > off * off;
  let worse = select(off, heldOff, useHeld);
  let isMoving = abs(moved) < job.valueClipRange;
  let byValue = select(off, select(0.0, heldOff, isMoving), useHeld);
  let isWrong = isNan(off) || atomicLoad(&isBad) != 0u;
  slopes[sample * ${slopeColumns}u + ${criticHead.slope}u] = weight * job.valueCoefficient * byValue;
  slopes[sample * ${slopeColumns}u + ${plan.statisticsColumn + 1}u] = select(weight * 0.5 * worse * worse, HUGE, isWrong && isReal);
}
`;
}
