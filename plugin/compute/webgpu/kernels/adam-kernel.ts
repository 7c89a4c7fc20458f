import type { NetworkPlan } from "../network-plan.ts";
import { BUFFERS_CODE, ENDED_CODE, STATISTICS_WORDS, VERDICT_WORD } from "./shared-code.ts";

/** Invocations of a workgroup. */
export const ADAM_THREADS = 64;
/** Enough to fill large devices; each takes in the whole norm by itself. */
export const MOST_ADAM_GROUPS = 512;
/** As in CleanRL's ppo.py. */
const EPSILON = "1e-5";
/** A loss or a gradient norm of this size counts as exploded; the bits of 1e12 in float32. */
const EXPLODED = "0x5368d4a5u";

/**
 * The third kernel: judges the minibatch, clips the gradient by its global norm (as torch.nn.utils.clip_grad_norm_) and takes a
 * step of Adam (Kingma and Ba 2015, https://arxiv.org/abs/1412.6980v9, algorithm 1). A minibatch with a bad number or too
 * large a divergence changes nothing, and ends the update.
 */
export function adamKernel(plan: NetworkPlan): string {
  const { parameters, tiles, actor, critic } = plan;
  return /* wgsl */ `
${BUFFERS_CODE}
${ENDED_CODE}
var<workgroup> sums: array<f32, ${ADAM_THREADS}>;
var<workgroup> verdict: u32;

fn judge(norm: f32) -> u32 {
  let at = (job.minibatch + 1u) * ${STATISTICS_WORDS}u;
  for (var k = 0u; k < 5u; k++) {
    if ((statistics[at + k] & 0x7fffffffu) >= ${EXPLODED}) { return 2u + k; }
  }
  if (bitcast<u32>(norm) >= ${EXPLODED}) { return 7u; }
  return select(0u, 1u, bitcast<f32>(statistics[at + 3u]) > job.targetKl);
}

// Where a parameter lies when matrices are transposed.
fn transposedPlace(p: u32) -> u32 {
  ${[...actor, ...critic]
    .map(({ inputs, outputs, weights, biases }) => {
      const place = `${weights}u + (p - ${weights}u) % ${inputs}u * ${outputs}u + (p - ${weights}u) / ${inputs}u`;
      return `if (p >= ${weights}u && p < ${biases}u) { return ${place}; }`;
    })
    .join("\n  ")}
  return p;
}

@compute @workgroup_size(${ADAM_THREADS})
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) t: u32,
) {
  let verdictAt = (job.minibatch + 1u) * ${STATISTICS_WORDS}u + ${VERDICT_WORD}u;
  if (t == 0u) { ended = statistics[verdictAt - ${STATISTICS_WORDS}u]; }
  let before = workgroupUniformLoad(&ended);
  if (before != 0u) {
    if (group.x == 0u && t == 0u) { statistics[verdictAt] = before; }
    return;
  }

  // Step 1. The global norm.
  var own = 0.0;
  for (var i = t; i < ${tiles}u; i += ${ADAM_THREADS}u) { own += gradients[${parameters}u + i]; }
  sums[t] = own;
  workgroupBarrier();
  for (var half = ${ADAM_THREADS / 2}u; half > 0u; half >>= 1u) {
    if (t < half) { sums[t] += sums[t + half]; }
    workgroupBarrier();
  }
  let norm = sqrt(sums[0]);

  // Step 2. The verdict.
  if (t == 0u) {
    verdict = judge(norm);
    if (group.x == 0u) {
      statistics[verdictAt - 1u] = bitcast<u32>(norm);
      statistics[verdictAt] = verdict;
    }
  }
  if (workgroupUniformLoad(&verdict) != 0u) { return; }

  // Step 3. Adam.
  let bound = norm + 1e-6;
  let scale = select(1.0, job.maxGradientNorm / bound, job.maxGradientNorm < bound);
  for (var p = group.x * ${ADAM_THREADS}u + t; p < ${parameters}u; p += groups.x * ${ADAM_THREADS}u) {
    let g = gradients[p] * scale;
    let m = parameters[p + ${parameters}u] * 0.9 + g * 0.1;
    let v = parameters[p + ${2 * parameters}u] * 0.999 + g * g * 0.001;
    let next = parameters[p] - job.rate * m / (sqrt(v) * job.rootScale + ${EPSILON});
    parameters[p + ${parameters}u] = m;
    parameters[p + ${2 * parameters}u] = v;
    parameters[p] = next;
    transposed[transposedPlace(p)] = next;
  }
}
`;
}
