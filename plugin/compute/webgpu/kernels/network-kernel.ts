import type { Activation } from "../../../core/network-spec.ts";
import { CHUNK, COLUMNS, SAMPLES, type NetworkPlan, type PlannedLayer } from "../network-plan.ts";
import { lossCode } from "./loss-code.ts";
import { ARITHMETIC_CODE, BUFFERS_CODE, ENDED_CODE, LEAVE_IF_ENDED_CODE } from "./shared-code.ts";

/** Groups of four samples. */
const QUADS = SAMPLES / 4;

/** Results and their derivatives by `z`. */
const ACTIVATION_CODE: Readonly<Record<Activation, { readonly result: string; readonly slope: string }>> = {
  linear: { result: "z", slope: "vec4f(1.0)" },
  relu: { result: "max(z, vec4f(0.0))", slope: "select(vec4f(0.0), vec4f(1.0), z > vec4f(0.0))" },
  leakyRelu: { result: "max(z, z * 0.01)", slope: "select(vec4f(0.01), vec4f(1.0), z > vec4f(0.0))" },
  tanh: { result: "hyperbolicTangents(z)", slope: "1.0 - y * y" },
  silu: { result: "z * sigmoids(z)", slope: "slopeOfSilu(z)" },
};

/**
 * The first kernel: takes samples through the network, computes the loss, and goes back to the gradients by every layer's
 * results. A workgroup takes 16 samples, through actor or critic (both, where they share a trunk): the loss is a sum of
 * one part for each. Results stay in workgroup memory up to 128 features and go through device memory beyond.
 */
export function networkKernel(plan: NetworkPlan): string {
  const { actor, critic, sharedTrunk } = plan;
  const functions: string[] = [];
  const call = (name: string, code: string): string => {
    functions.push(code);
    return `${name}(t, first);`;
  };
  const forward = (layer: PlannedLayer, index: number, isHead: boolean): string => {
    const name = `forward_${layer.name.replaceAll(" ", "_")}`;
    return call(name, forwardCode(plan, name, layer, { isFirst: index === 0, isHead }));
  };
  const back = (above: readonly PlannedLayer[], below: PlannedLayer): string => {
    const name = `back_to_${below.name.replaceAll(" ", "_")}`;
    return call(name, backCode(plan, name, above, below));
  };
  const goForward = (layers: readonly PlannedLayer[], isWholeStack = true): string[] =>
    layers.map((layer, i) => forward(layer, isWholeStack ? i : 1, i === layers.length - 1));
  const goBack = (layers: readonly PlannedLayer[], top: readonly PlannedLayer[]): string[] => {
    const calls: string[] = [];
    for (let i = layers.length - 1; i >= 0; i--)
      calls.push(back(i === layers.length - 1 ? top : [layers[i + 1]], layers[i]));
    return calls;
  };
  const lose = (name: string): string =>
    `storageBarrier();\nif (t < ${SAMPLES}u) { ${name}(t, first); }\nstorageBarrier();`;
  const actorHead = actor[actor.length - 1];
  const criticHead = critic[critic.length - 1];
  const actorPart = [...goForward(actor)];
  const criticPart = [...goForward(critic, !sharedTrunk)];
  let body: string;
  if (sharedTrunk) {
    const returning = goBack(actor.slice(0, -1), [actorHead, criticHead]);
    body = [...actorPart, ...criticPart, lose("loseActor"), lose("loseCritic"), ...returning].join("\n");
  } else {
    const actorCode = [...actorPart, lose("loseActor"), ...goBack(actor.slice(0, -1), [actorHead])].join("\n");
    const criticCode = [...criticPart, lose("loseCritic"), ...goBack(critic.slice(0, -1), [criticHead])].join("\n");
    body = `if (group.y == 0u) {\n${actorCode}\n} else {\n${criticCode}\n}`;
  }
  return /* wgsl */ `
${BUFFERS_CODE}
${ARITHMETIC_CODE}
${ENDED_CODE}
// Features of the samples, [features, ${QUADS}].
var<workgroup> xs: array<vec4f, ${CHUNK * QUADS}>;
// Which rows of the rollout the samples are.
var<workgroup> rows: array<u32, ${SAMPLES}>;
// Whether a sum in this workgroup was not a number.
var<workgroup> isBad: atomic<u32>;

fn slopeOfSilu(z: vec4f) -> vec4f {
  let s = sigmoids(z);
  return s * (1.0 + z * (1.0 - s));
}

fn checked(z: vec4f) -> vec4f {
  if (hasNan(z)) { atomicOr(&isBad, 1u); }
  return z;
}

fn observed(sample: u32, feature: u32) -> f32 {
  let x = bitcast<f32>(rollout[job.observations + rows[sample] * ${plan.observation}u + feature]);
  if (isNan(x)) { atomicOr(&isBad, 1u); }
  let at = job.normaliser + feature * 3u;
  let limit = bitcast<f32>(rollout[at + 2u]);
  return clamp((x - bitcast<f32>(rollout[at])) * bitcast<f32>(rollout[at + 1u]), -limit, limit);
}

fn observedFour(quad: u32, feature: u32) -> vec4f {
  let s = quad * 4u;
  return vec4f(observed(s, feature), observed(s + 1u, feature), observed(s + 2u, feature), observed(s + 3u, feature));
}

// The same, kept for the gradient of the first layers' weights.
fn keptFour(first: u32, quad: u32, feature: u32) -> vec4f {
  let x = observedFour(quad, feature);
  storeResults(first, quad, feature, x);
  return x;
}

${fourCode("Results", "results", plan.resultColumns)}
${fourCode("Slopes", "slopes", plan.slopeColumns)}
${lossCode(plan)}
${functions.join("\n")}

@compute @workgroup_size(${plan.threads})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) t: u32) {
  ${LEAVE_IF_ENDED_CODE}
  let first = group.x * ${SAMPLES}u;
  if (t < ${SAMPLES}u) { rows[t] = rollout[job.order + min(first + t, job.count - 1u)]; }
  workgroupBarrier();
  ${body}
}
`;
}

/** Loads and stores a column of four samples. */
function fourCode(name: string, buffer: string, columns: number): string {
  return /* wgsl */ `
fn load${name}(first: u32, quad: u32, column: u32) -> vec4f {
  let at = (first + quad * 4u) * ${columns}u + column;
  return vec4f(${[0, 1, 2, 3].map((i) => `${buffer}[at + ${i * columns}u]`).join(", ")});
}

fn store${name}(first: u32, quad: u32, column: u32, x: vec4f) {
  let at = (first + quad * 4u) * ${columns}u + column;
  ${["x", "y", "z", "w"].map((lane, i) => `${buffer}[at + ${i * columns}u] = x.${lane};`).join("\n  ")}
}
`;
}

/** A product of a matrix [inner, outer] with what is, or comes, into workgroup memory. */
interface Product {
  readonly matrix: "transposed" | "parameters";
  readonly base: number;
  readonly inner: number;
  readonly outer: number;
  /** Fetches feature `f` of quad `q`; null where workgroup memory holds all features already. */
  readonly load: string | null;
}

/** Adds a product to the sums `aSLOT_LANE`, four samples of one column each. */
function productCode({ threads }: NetworkPlan, { matrix, base, inner, outer, load }: Product): string {
  const sum = (begin: string, count: string): string =>
    slots(threads, outer)
      .map(
        (k) => `
  if (o${k} < ${outer}u) {
    for (var i = 0u; i < ${count}; i++) {
      let x = xs[i * ${QUADS}u + q];
      let at = ${base}u + (${begin} + i) * ${outer}u + o${k};
      ${lanes((lane) => `a${k}_${lane} += ${matrix}[at + ${lane}u] * x;`, " ")}
    }
  }`,
      )
      .join("");
  if (load === null) return sum("0u", `${inner}u`);
  return `
  for (var begin = 0u; begin < ${inner}u; begin += ${CHUNK}u) {
    let count = min(${CHUNK}u, ${inner}u - begin);
    for (var i = t; i < count * ${QUADS}u; i += ${threads}u) {
      let quad = i / count;
      let f = begin + i % count;
      xs[(f - begin) * ${QUADS}u + quad] = ${load};
    }
    workgroupBarrier();
    ${sum("begin", "count")}
    workgroupBarrier();
  }`;
}

/** Declares the quad of samples `q` and the first columns `oSLOT` of this invocation, and its sums. */
function sumsCode({ threads }: NetworkPlan, outer: number, start: (column: string) => string): string {
  const sums = slots(threads, outer).map((k) => {
    const first = `let o${k} = (t / ${QUADS}u + ${(k * threads) / QUADS}u) * ${COLUMNS}u;`;
    return `${first} ${lanes((lane) => `var a${k}_${lane} = ${start(`o${k} + ${lane}u`)};`, " ")}`;
  });
  return `let q = t % ${QUADS}u;\n  ${sums.join("\n  ")}`;
}

/** Does something with each sum `a` of column `o`, where that column exists. */
function eachSumCode({ threads }: NetworkPlan, outer: number, code: string): string {
  const block = (k: number, lane: number): string =>
    `if (o${k} + ${lane}u < ${outer}u) { let o = o${k} + ${lane}u; let a = a${k}_${lane}; ${code} }`;
  return slots(threads, outer)
    .map((k) => lanes((lane) => block(k, lane), "\n  "))
    .join("\n  ");
}

function forwardCode(
  plan: NetworkPlan,
  name: string,
  layer: PlannedLayer,
  { isFirst, isHead }: { readonly isFirst: boolean; readonly isHead: boolean },
): string {
  const { inputs, outputs, weights, biases, activation, from, to, slope } = layer;
  // Both halves look at the observations; one keeps them.
  const observations = layer === plan.actor[0] ? "keptFour(first, quad, f)" : "observedFour(quad, f)";
  const fromMemory = inputs > CHUNK ? `loadResults(first, quad, ${from}u + f)` : null;
  const load = isFirst ? observations : fromMemory;
  const product: Product = { matrix: "transposed", base: weights, inner: inputs, outer: outputs, load };
  const { result, slope: derivative } = ACTIVATION_CODE[activation];
  const isKept = outputs <= CHUNK && !isHead;
  const code = [
    `let z = checked(a); let y = ${result}; storeResults(first, q, ${to}u + o, y);`,
    isHead ? "" : `storeSlopes(first, q, ${slope}u + o, ${derivative});`,
    isKept ? `xs[o * ${QUADS}u + q] = y;` : "",
  ].join(" ");
  return /* wgsl */ `
fn ${name}(t: u32, first: u32) {
  ${sumsCode(plan, outputs, (column) => `vec4f(transposed[${biases}u + ${column}])`)}
  ${productCode(plan, product)}
  ${isKept && load === null ? "workgroupBarrier();" : ""}
  ${eachSumCode(plan, outputs, code)}
  ${isHead ? "" : isKept ? "workgroupBarrier();" : "storageBarrier();"}
}
`;
}

/** From the layers that use a layer's results back to the gradients by what went into its activation. */
function backCode(plan: NetworkPlan, name: string, above: readonly PlannedLayer[], below: PlannedLayer): string {
  const isTop = [plan.actor, plan.critic].some((stack) => stack[stack.length - 1] === above[0]);
  const isLoaded = isTop || above[0].outputs > CHUNK;
  const products = above.map((layer) =>
    productCode(plan, {
      matrix: "parameters",
      base: layer.weights,
      inner: layer.outputs,
      outer: layer.inputs,
      load: isLoaded ? `loadSlopes(first, quad, ${layer.slope}u + f)` : null,
    }),
  );
  const isKept = below.outputs <= CHUNK;
  const column = `${below.slope}u + o`;
  const keep = isKept ? `xs[o * ${QUADS}u + q] = d;` : "";
  const code = `let d = a * loadSlopes(first, q, ${column}); storeSlopes(first, q, ${column}, d); ${keep}`;
  return /* wgsl */ `
fn ${name}(t: u32, first: u32) {
  ${sumsCode(plan, below.outputs, () => "vec4f(0.0)")}
  ${products.join("\n")}
  ${isKept && !isLoaded ? "workgroupBarrier();" : ""}
  ${eachSumCode(plan, below.outputs, code)}
  ${isKept ? "workgroupBarrier();" : "storageBarrier();"}
}
`;
}

/** How often an invocation takes columns: once, unless the matrix is wider than the workgroup. */
function slots(threads: number, outer: number): number[] {
  return Array.from({ length: Math.ceil((outer * QUADS) / (threads * COLUMNS)) }, (_, k) => k);
}

function lanes(code: (lane: number) => string, between: string): string {
  return Array.from({ length: COLUMNS }, (_, lane) => code(lane)).join(between);
}
