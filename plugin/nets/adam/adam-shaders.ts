import { ABOVE_CEILING, BAD_NUMBER, JOURNAL_WIDTH, NORM_COLUMN, VERDICT_COLUMN } from "./adam-kernel.ts";

/** Gradients whose squares one dispatch sums up; with the sums that is one storage buffer fewer than every device has. */
export const MOST_GRADIENTS = 6;
/** Sums that one gradient's squares are left in, one a workgroup. */
export const PARTS = 32;
/** Invocations of a workgroup. */
export const ADAM_THREADS = 64;

/** The bits of 1e12 in float32: compilers may take it for granted that there is no NaN, so sizes are compared as bits. */
const EXPLODED_BITS = "0x5368d4a5u";

/** Adds up `own` of all invocations in `sums[0]`. */
const SUM_UP = /* wgsl */ `
  sums[t] = own;
  workgroupBarrier();
  for (var half = ${ADAM_THREADS / 2}u; half > 0u; half >>= 1u) {
    if (t < half) { sums[t] += sums[t + half]; }
    workgroupBarrier();
  }`;

/** Sums up the squares of some gradients, each in \`PARTS\` parts. */
export function squaresCode(gradients: number): string {
  const each = Array.from({ length: gradients }, (_, i) => i);
  return /* wgsl */ `
struct Job { counts: vec4u, moreCounts: vec2u, unused: u32, start: u32 }
@group(0) @binding(0) var<uniform> job: Job;
@group(0) @binding(1) var<storage, read_write> parts: array<f32>;
${each.map((i) => `@group(0) @binding(${i + 2}) var<storage, read> gradient${i}: array<f32>;`).join("\n")}
var<workgroup> sums: array<f32, ${ADAM_THREADS}>;

@compute @workgroup_size(${ADAM_THREADS})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) t: u32) {
  let begin = group.x * ${ADAM_THREADS}u + t;
  var own = 0.0;
  switch (group.y) {
    ${each
      .map(
        (i) => `case ${i}u: {
      let count = job.${i < 4 ? "counts" : "moreCounts"}[${i % 4}];
      for (var p = begin; p < count; p += ${PARTS * ADAM_THREADS}u) { own += gradient${i}[p] * gradient${i}[p]; }
    }`,
      )
      .join("\n    ")}
    default: {}
  }
  ${SUM_UP}
  if (t == 0u) { parts[(job.start + group.y) * ${PARTS}u + group.x] = sums[0]; }
}`;
}

/** Writes the journal's row, and for the kernel after it: whether the step is taken, and by how much the gradient is scaled. */
export function judgeCode(watching: number): string {
  const each = Array.from({ length: watching }, (_, i) => i);
  return /* wgsl */ `
struct Job { ceilings: array<vec4f, 2>, maxGradientNorm: f32, row: u32, parts: u32, unused: u32 }
@group(0) @binding(0) var<uniform> job: Job;
@group(0) @binding(1) var<storage, read> parts: array<f32>;
@group(0) @binding(2) var<storage, read_write> journal: array<f32>;
@group(0) @binding(3) var<storage, read_write> ruling: array<f32>;
${watching > 0 ? "@group(0) @binding(4) var<storage, read> watched: array<f32>;" : ""}
var<workgroup> sums: array<f32, ${ADAM_THREADS}>;

fn isBad(x: f32) -> bool { return (bitcast<u32>(x) & 0x7fffffffu) >= ${EXPLODED_BITS}; }

@compute @workgroup_size(${ADAM_THREADS})
fn main(@builtin(local_invocation_index) t: u32) {
  var own = 0.0;
  for (var i = t; i < job.parts; i += ${ADAM_THREADS}u) { own += parts[i]; }
  ${SUM_UP}
  if (t > 0u) { return; }
  let norm = sqrt(sums[0]);
  let at = job.row * ${JOURNAL_WIDTH}u;
  var verdict = 0.0;
  ${each.map((i) => `if (watched[${i}] > job.ceilings[${i >> 2}][${i & 3}]) { verdict = ${ABOVE_CEILING}.0; }`).join("\n  ")}
  ${each.map((i) => `if (isBad(watched[${i}])) { verdict = ${BAD_NUMBER}.0; }`).join("\n  ")}
  if (isBad(norm)) { verdict = ${BAD_NUMBER}.0; }
  let before = journal[at - ${JOURNAL_WIDTH - VERDICT_COLUMN}u];
  if (before > 0.0) { verdict = before; }
  ${each.map((i) => `journal[at + ${i}u] = watched[${i}];`).join("\n  ")}
  journal[at + ${NORM_COLUMN}u] = norm;
  journal[at + ${VERDICT_COLUMN}u] = verdict;
  let bound = norm + 1e-6;
  ruling[0] = select(1.0, job.maxGradientNorm / bound, job.maxGradientNorm < bound);
  ruling[1] = select(0.0, 1.0, verdict == 0.0);
}`;
}

/** A step of one variable; its moments lie within those of all. */
export const ADAM_CODE = /* wgsl */ `
struct Job {
  start: u32,
  count: u32,
  rate: f32,
  rootScale: f32,
  beta1: f32,
  beta2: f32,
  // 1 − β₁ and 1 − β₂, which float32 cannot tell from the betas well.
  take1: f32,
  take2: f32,
  epsilon: f32,
}
@group(0) @binding(0) var<uniform> job: Job;
@group(0) @binding(1) var<storage, read> values: array<f32>;
@group(0) @binding(2) var<storage, read> gradient: array<f32>;
@group(0) @binding(3) var<storage, read_write> next: array<f32>;
@group(0) @binding(4) var<storage, read_write> first: array<f32>;
@group(0) @binding(5) var<storage, read_write> second: array<f32>;
@group(0) @binding(6) var<storage, read> ruling: array<f32>;

@compute @workgroup_size(${ADAM_THREADS})
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) t: u32,
) {
  let isTaken = ruling[1] > 0.0;
  for (var p = group.x * ${ADAM_THREADS}u + t; p < job.count; p += groups.x * ${ADAM_THREADS}u) {
    if (!isTaken) {
      next[p] = values[p];
      continue;
    }
    let q = job.start + p;
    let g = gradient[p] * ruling[0];
    let m = first[q] * job.beta1 + g * job.take1;
    let v = second[q] * job.beta2 + g * g * job.take2;
    first[q] = m;
    second[q] = v;
    next[p] = values[p] - job.rate * m / (sqrt(v) * job.rootScale + job.epsilon);
  }
}`;
