import * as tf from "@tensorflow/tfjs";
import { differentiable } from "../layers/differentiable.ts";
import { recordDispatch, type WebGpuBackend } from "../record-dispatch.ts";

/** By which the kernel is registered. */
const KERNEL = "BabylonNeuralRanks";
/** Invocations of a workgroup, and numbers that it looks at together. */
const THREADS = 64;

/**
 * Ranks by counting: how many numbers of the column are smaller, or equal and higher up. That is more to compute than sorting, but one
 * dispatch without any order among invocations.
 *
 * @param write - Says what is done with `rank`, `own`, `here` (where the number stands) and `start` (of the column in a sorted list).
 */
const rankCode = (bindings: string, write: string): string => /* wgsl */ `
struct Job { rows: u32, columns: u32, lists: u32 }
@group(0) @binding(0) var<uniform> job: Job;
@group(0) @binding(1) var<storage, read> values: array<f32>;
@group(0) @binding(2) var<storage, read_write> result: array<f32>;
${bindings}
var<workgroup> others: array<f32, ${THREADS}>;

@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) t: u32) {
  let row = group.x * ${THREADS}u + t;
  let column = group.y;
  let first = group.z * job.rows * job.columns + column;
  let here = first + row * job.columns;
  var own = 0.0;
  if (row < job.rows) { own = values[here]; }
  var rank = 0u;
  for (var begin = 0u; begin < job.rows; begin += ${THREADS}u) {
    if (begin + t < job.rows) { others[t] = values[first + (begin + t) * job.columns]; }
    workgroupBarrier();
    let count = min(${THREADS}u, job.rows - begin);
    for (var i = 0u; i < count; i++) {
      let other = others[i];
      if (other < own || (other == own && begin + i < row)) { rank++; }
    }
    workgroupBarrier();
  }
  if (row >= job.rows) { return; }
  let start = ((group.z % job.lists) * job.columns + column) * job.rows;
  ${write}
}`;

const SORT = { name: "sort by ranks", code: rankCode("", "result[start + rank] = own;") };
const PLACE = {
  name: "place by ranks",
  code: rankCode(
    "@group(0) @binding(3) var<storage, read> sorted: array<f32>;",
    "result[here] = sorted[start + rank];",
  ),
};

/** Whether ranks are found where the numbers are, with nothing read back: on webgpu. */
export function areRanksOnGpu(): boolean {
  return tf.getBackend() === "webgpu";
}

/**
 * Columns in order, for `placeOnGpu`. Not differentiated.
 *
 * @param values - [batch, height, width, columns].
 * @returns Each column ascending, [batch, columns, height · width].
 */
export function sortOnGpu(values: tf.Tensor4D): tf.Tensor3D {
  return withoutGradient(values, (x) => run({ values: x }) as tf.Tensor3D);
}

/**
 * Gives each number the value that a sorted list has at the number's rank, as `RankPlaces.place` does. Not differentiated.
 *
 * @param values - [batch, height, width, columns].
 * @param sorted - One list for all pictures or one for each, [1 or batch, columns, height · width].
 * @returns [batch, height, width, columns].
 */
export function placeOnGpu(values: tf.Tensor4D, sorted: tf.Tensor3D): tf.Tensor4D {
  return withoutGradient(values, (x) => run({ values: x, sorted }) as tf.Tensor4D);
}

function withoutGradient<T extends tf.Tensor>(values: tf.Tensor4D, compute: (values: tf.Tensor) => T): T {
  return differentiable([values], ([x]) => ({ value: compute(x), gradFunc: (dy) => [tf.zerosLike(dy)] }));
}

function run(inputs: Record<string, tf.Tensor>): tf.Tensor {
  if (tf.getKernel(KERNEL, "webgpu") === undefined) {
    tf.registerKernel({ kernelName: KERNEL, backendName: "webgpu", kernelFunc: rank as unknown as tf.KernelFunc });
  }
  return tf.engine().runKernel<tf.Tensor>(KERNEL, inputs);
}

interface RankCall {
  readonly inputs: { readonly values: tf.TensorInfo; readonly sorted?: tf.TensorInfo };
  readonly backend: WebGpuBackend;
}

function rank({ inputs: { values, sorted }, backend }: RankCall): tf.TensorInfo {
  const [batch, height, width, columns] = values.shape;
  const rows = height * width;
  const result = backend.makeTensorInfo(sorted ? values.shape : [batch, columns, rows], "float32");
  const words = new Uint32Array([rows, columns, sorted ? sorted.shape[0] : batch, 0]);
  recordDispatch(
    backend,
    sorted ? PLACE : SORT,
    words,
    [values, result, ...(sorted ? [sorted] : [])],
    [Math.ceil(rows / THREADS), columns, batch],
  );
  return result;
}
