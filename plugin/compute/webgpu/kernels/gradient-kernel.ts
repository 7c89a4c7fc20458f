import { SAMPLE_STATISTICS, TILE, type NetworkPlan, type TiledLayer } from "../network-plan.ts";
import { BUFFERS_CODE, ENDED_CODE, LEAVE_IF_ENDED_CODE, STATISTICS_WORDS } from "./shared-code.ts";

/** Rows that are summed up between two barriers. */
const ROWS = 32;
/** Each of 8 × 8 invocations sums up 4 × 4 numbers. */
const THREADS = 64;
const QUADS = TILE / 4;

/**
 * The second kernel: sums the gradient of every weight, bias and log standard deviation over the rows, one tile of 32 × 32 a
 * workgroup, and each tile's squares for the norm. One more workgroup sums the statistics.
 */
export function gradientKernel(plan: NetworkPlan): string {
  const { tiled, tiles, resultColumns, slopeColumns, parameters } = plan;
  return /* wgsl */ `
${BUFFERS_CODE}
${ENDED_CODE}
struct Layer {
  inputs: u32,
  outputs: u32,
  weights: u32,
  biases: u32,
  inputColumn: u32,
  slopeColumn: u32,
  firstTile: u32,
  tilesAcross: u32,
}

// Gradients by results, and inputs, of some rows: [${ROWS}, ${TILE}] each.
var<workgroup> ds: array<vec4f, ${ROWS * QUADS}>;
var<workgroup> xs: array<vec4f, ${ROWS * QUADS}>;
var<workgroup> sums: array<f32, ${THREADS}>;

// The sum over all invocations; every one of them must call it.
fn total(t: u32, own: f32) -> f32 {
  sums[t] = own;
  workgroupBarrier();
  for (var half = ${THREADS / 2}u; half > 0u; half >>= 1u) {
    if (t < half) { sums[t] += sums[t + half]; }
    workgroupBarrier();
  }
  let all = sums[0];
  workgroupBarrier();
  return all;
}

fn sumStatistics(t: u32) {
  for (var k = 0u; k < ${SAMPLE_STATISTICS}u; k++) {
    var own = 0.0;
    for (var row = t; row < job.count; row += ${THREADS}u) {
      own += slopes[row * ${slopeColumns}u + ${plan.statisticsColumn}u + k];
    }
    let sum = total(t, own);
    let at = (job.minibatch + 1u) * ${STATISTICS_WORDS}u + k;
    if (t == 0u) {
      let before = select(bitcast<f32>(statistics[at]), 0.0, job.isFirstBlock == 1u);
      statistics[at] = bitcast<u32>(before + sum);
    }
  }
}

fn slopeAt(row: u32, column: u32, l: Layer) -> f32 {
  if (row >= job.count || column >= l.outputs) { return 0.0; }
  return slopes[row * ${slopeColumns}u + l.slopeColumn + column];
}

fn inputAt(row: u32, column: u32, l: Layer) -> f32 {
  if (row >= job.count || column >= l.inputs) { return 0.0; }
  return results[row * ${resultColumns}u + l.inputColumn + column];
}

// Adds to what earlier blocks of rows brought; returns the square of the finished number.
fn put(at: u32, sum: f32) -> f32 {
  var value = sum;
  if (job.isFirstBlock == 0u) { value += gradients[at]; }
  gradients[at] = value;
  return value * value;
}

@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) t: u32) {
  ${LEAVE_IF_ENDED_CODE}
  let tile = group.x;
  if (tile == ${tiles}u) {
    sumStatistics(t);
    return;
  }
  var l = ${layerCode(tiled[0])};
  ${tiled
    .slice(1)
    .map((layer) => `if (tile >= ${layer.firstTile}u) { l = ${layerCode(layer)}; }`)
    .join("\n  ")}
  let output = (tile - l.firstTile) / l.tilesAcross * ${TILE}u;
  let input = (tile - l.firstTile) % l.tilesAcross * ${TILE}u;
  let ty = t / ${QUADS}u;
  let tx = t % ${QUADS}u;
  var a0 = vec4f();
  var a1 = vec4f();
  var a2 = vec4f();
  var a3 = vec4f();
  var bias = vec4f();

  for (var begin = 0u; begin < job.count; begin += ${ROWS}u) {
    for (var at = t; at < ${ROWS * QUADS}u; at += ${THREADS}u) {
      let row = begin + at / ${QUADS}u;
      let o = output + at % ${QUADS}u * 4u;
      let i = input + at % ${QUADS}u * 4u;
      ds[at] = vec4f(slopeAt(row, o, l), slopeAt(row, o + 1u, l), slopeAt(row, o + 2u, l), slopeAt(row, o + 3u, l));
      xs[at] = vec4f(inputAt(row, i, l), inputAt(row, i + 1u, l), inputAt(row, i + 2u, l), inputAt(row, i + 3u, l));
    }
    workgroupBarrier();
    // A tile at the edge of a matrix leaves some invocations without work.
    if (output + ty * 4u < l.outputs && input + tx * 4u < max(l.inputs, 1u)) {
      for (var r = 0u; r < ${ROWS * QUADS}u; r += ${QUADS}u) {
        let d = ds[r + ty];
        let x = xs[r + tx];
        a0 += d.x * x;
        a1 += d.y * x;
        a2 += d.z * x;
        a3 += d.w * x;
        bias += d;
      }
    }
    workgroupBarrier();
  }

  var squares = 0.0;
  let all = array(a0, a1, a2, a3);
  for (var r = 0u; r < 4u; r++) {
    let o = output + ty * 4u + r;
    if (o >= l.outputs) { continue; }
    for (var c = 0u; c < 4u; c++) {
      let i = input + tx * 4u + c;
      if (i < l.inputs) { squares += put(l.weights + o * l.inputs + i, all[r][c]); }
    }
    if (input == 0u && tx == 0u) {
      // Entropy grows with log standard deviations alone, by 1 each.
      let byEntropy = select(0.0, job.entropyCoefficient, l.inputs == 0u && job.isFirstBlock == 1u);
      squares += put(l.biases + o, bias[r] - byEntropy);
    }
  }
  let sum = total(t, squares);
  if (t == 0u) { gradients[${parameters}u + tile] = sum; }
}
`;
}

function layerCode(layer: TiledLayer): string {
  const { inputs, outputs, weights, biases, from, slope, firstTile, tilesAcross } = layer;
  const numbers = [inputs, outputs, weights, biases, from, slope, firstTile, tilesAcross];
  return `Layer(${numbers.map((number) => `${number}u`).join(", ")})`;
}
