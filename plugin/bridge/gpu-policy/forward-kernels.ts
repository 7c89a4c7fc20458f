import { ARITHMETIC_CODE } from "../../compute/webgpu/kernels/shared-code.ts";
import type { Activation, ConvolutionLayout, LayerLayout } from "../../core/network-spec.ts";
import { imageParts, type ImagePart } from "../../core/observation-spec.ts";
import { PICTURE_WORDS, type ForwardPlan } from "./forward-plan.ts";

/** Invocations of a workgroup. */
export const THREADS = 64;
/** In the noise of a choice: the likeliest is wanted. */
export const GREEDY = -1;

/** One dispatch: a workgroup row for each agent. */
export interface ForwardKernel {
  readonly name: string;
  readonly code: string;
  /** How many invocations an agent needs. */
  readonly invocations: number;
}

/** The kernels that decide, in order. */
export function forwardKernels(plan: ForwardPlan): ForwardKernel[] {
  const kernels: ForwardKernel[] = [];
  imageParts(plan.role.observation).forEach((part, index) => {
    kernels.push(pictureKernel(plan, part, index));
  });
  if (plan.observation > 0) kernels.push(numbersKernel(plan));
  plan.layout.encoders.forEach(({ layers }, encoder) => {
    layers.forEach((layer, index) => {
      const from = index === 0 ? plan.pictures[encoder] : plan.convolved[encoder][index - 1];
      kernels.push(convolutionKernel(plan, layer, from, plan.convolved[encoder][index]));
    });
  });
  plan.layout.actor.forEach((layer, index) => {
    const activation = index === plan.layout.actor.length - 1 ? "linear" : plan.network.activation;
    kernels.push(denseKernel(plan, layer, index === 0 ? plan.trunk : plan.layers[index - 1], index, activation));
  });
  kernels.push(sampleKernel(plan));
  return kernels;
}

/** Moves the stack of pictures on and puts the camera's newest one in front, as numbers from 0 to 1. */
function pictureKernel(plan: ForwardPlan, part: ImagePart, index: number): ForwardKernel {
  const { width, height, channels: depth } = part;
  const at = plan.rowPictures + PICTURE_WORDS * index;
  const body = `
  let channels = rows[row + ${at + 3}u];
  if (channels == 0u) { return; }
  let x = rows[row + ${at}u] + i % ${width}u;
  let y = rows[row + ${at + 1}u] + ${height - 1}u - i / ${width}u; // the texture's lowest row comes first
  let isFirst = rows[row + ${at + 2}u] == 1u;
  let bytes = vec4u(round(textureLoad(atlas, vec2u(x, y), 0) * 255.0));
  let pixel = agent + ${plan.pictures[index]}u + i * ${depth}u;
  if (!isFirst) { for (var k = ${depth - 1}u; k >= channels; k--) { work[pixel + k] = work[pixel + k - channels]; } }
  if (channels == 1u) {
    work[pixel] = f32((77u * bytes.x + 150u * bytes.y + 29u * bytes.z + 128u) >> 8u) / 255.0;
  } else {
    work[pixel] = f32(bytes.x) / 255.0;
    work[pixel + 1u] = f32(bytes.y) / 255.0;
    work[pixel + 2u] = f32(bytes.z) / 255.0;
  }
  if (isFirst) { for (var k = channels; k < ${depth}u; k++) { work[pixel + k] = work[pixel + k - channels]; } }`;
  return kernel(plan, `picture ${part.label}`, width * height, body);
}

function numbersKernel(plan: ForwardPlan): ForwardKernel {
  const body = `work[agent + ${plan.trunk}u + i] = bitcast<f32>(rows[row + ${plan.rowObservation}u + i]);`;
  return kernel(plan, "numbers", plan.observation, body);
}

function convolutionKernel(plan: ForwardPlan, layer: ConvolutionLayout, from: number, to: number): ForwardKernel {
  const { channels, filters, size, stride, inWidth, outWidth, outHeight, weights, biases } = layer;
  const body = `
  let filterAt = i % ${filters}u;
  let x = (i / ${filters}u) % ${outWidth}u;
  let y = i / ${filters * outWidth}u;
  var sum = parameters[${biases}u + filterAt];
  for (var ky = 0u; ky < ${size}u; ky++) {
    var pixel = agent + ${from}u + ((y * ${stride}u + ky) * ${inWidth}u + x * ${stride}u) * ${channels}u;
    var weight = ${weights}u + ky * ${size * channels * filters}u + filterAt;
    for (var k = 0u; k < ${size * channels}u; k++) {
      sum += work[pixel + k] * parameters[weight];
      weight += ${filters}u;
    }
  }
  work[agent + ${to}u + i] = max(sum, 0.0);`;
  return kernel(plan, `convolution ${layer.name}`, outHeight * outWidth * filters, body);
}

const ACTIVATION_CODE: Readonly<Record<Activation, string>> = {
  linear: "sum",
  relu: "max(sum, 0.0)",
  leakyRelu: "max(sum, sum * 0.01)",
  tanh: "hyperbolicTangents(vec4f(sum)).x",
  silu: "sum * sigmoids(vec4f(sum)).x",
};

function denseKernel(
  plan: ForwardPlan,
  layer: LayerLayout,
  from: number,
  index: number,
  activation: Activation,
): ForwardKernel {
  const body = `
  var sum = parameters[${layer.biases}u + i];
  let weights = ${layer.weights}u + i * ${layer.inputs}u;
  for (var k = 0u; k < ${layer.inputs}u; k++) { sum += work[agent + ${from}u + k] * parameters[weights + k]; }
  work[agent + ${plan.layers[index]}u + i] = ${ACTIVATION_CODE[activation]};`;
  return kernel(plan, layer.name, layer.outputs, body);
}

/** Draws the actions; each invocation one number or one choice. */
function sampleKernel(plan: ForwardPlan): ForwardKernel {
  const { continuous, branches, values, layout } = plan;
  const head = plan.layers[layout.actor.length - 1];
  const noise = (index: number): string => `bitcast<f32>(rows[row + ${plan.rowNoise + index}u])`;
  const parts: string[] = [];
  for (let i = 0; i < continuous; i++) {
    parts.push(
      `if (i == ${i}u) { results[result] = work[agent + ${head + i}u] + exponential(parameters[${layout.logStd + i}u]) * ${noise(i)}; }`,
    );
  }
  let choice = 0;
  branches.forEach((count, branch) => {
    const first = choice;
    choice += count;
    parts.push(`if (i == ${continuous + branch}u) {
    results[result] = choose(agent + ${head + continuous + first}u, row + ${plan.rowMasks + first}u, ${count}u, ${noise(continuous + branch)});
  }`);
  });
  const functions = `
// The likeliest allowed choice where the noise is ${GREEDY}, else the one at that share of all probabilities.
fn choose(logits: u32, masks: u32, count: u32, noise: f32) -> f32 {
  var best = count;
  for (var k = 0u; k < count; k++) {
    if (rows[masks + k] == 0u) { continue; }
    if (best == count || work[logits + k] > work[logits + best]) { best = k; }
  }
  if (noise < 0.0 || best == count) { return f32(min(best, count - 1u)); }
  var total = 0.0;
  for (var k = 0u; k < count; k++) {
    if (rows[masks + k] != 0u) { total += exponential(work[logits + k] - work[logits + best]); }
  }
  var rest = noise * total;
  var taken = best;
  for (var k = 0u; k < count; k++) {
    if (rows[masks + k] == 0u) { continue; }
    taken = k;
    rest -= exponential(work[logits + k] - work[logits + best]);
    if (rest < 0.0) { break; }
  }
  return f32(taken);
}`;
  const body = `
  let result = group.y * ${values}u + i;
  ${parts.join("\n  ")}`;
  return kernel(plan, "sample", values, body, functions);
}

function kernel(plan: ForwardPlan, name: string, invocations: number, body: string, functions = ""): ForwardKernel {
  const code = /* wgsl */ `
@group(0) @binding(0) var<storage, read> parameters: array<f32>;
// A row for each agent of this round, [agents, ${plan.rowWords}].
@group(0) @binding(1) var<storage, read> rows: array<u32>;
// Pictures and results of layers, [places, ${plan.stride}].
@group(0) @binding(2) var<storage, read_write> work: array<f32>;
@group(0) @binding(3) var<storage, read_write> results: array<f32>;
@group(0) @binding(4) var atlas: texture_2d<f32>;
${ARITHMETIC_CODE}
${functions}
@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(global_invocation_id) id: vec3u) {
  let i = id.x;
  if (i >= ${invocations}u) { return; }
  let row = group.y * ${plan.rowWords}u;
  let agent = rows[row] * ${plan.stride}u;
  ${body}
}
`;
  return { name, code, invocations };
}
