import type * as tf from "@tensorflow/tfjs";
import { addressOf, makeOutput, type KernelCall, type WasmKernel } from "./wasm-host.ts";

/** Senses of a cell: itself, slopes across and down, its surroundings less itself. */
const SENSES = 4;

/**
 * What some cells of automata see, [cells, 4 · channels]: all channels by one sense, then by the next. Inputs: x [batch, height,
 * width, channels], cells [cells], their numbers in reading order as int32. Neighbours beyond a border are those on the other side.
 *
 * A gather and a depthwise convolution in one, since only some cells change in a step.
 */
export const senseCellsKernel: WasmKernel = {
  name: "SenseCells",
  run(call) {
    const { output, values: to } = outputOf(call, [countOf(call), SENSES * channelsOf(call)]);
    const { x, cells, channels, around } = readCells(call);
    for (let i = 0, at = 0; i < cells.length; i++, at += SENSES * channels) {
      const places = around(cells[i]);
      const [a, b, c] = [places[0], places[1], places[2]];
      const [d, e, f] = [places[3], places[4], places[5]];
      const [g, h, j] = [places[6], places[7], places[8]];
      for (let k = 0; k < channels; k++) {
        const [topLeft, topRight, bottomLeft, bottomRight] = [x[a + k], x[c + k], x[g + k], x[j + k]];
        const [top, left, here, right, bottom] = [x[b + k], x[d + k], x[e + k], x[f + k], x[h + k]];
        to[at + k] = here;
        to[at + channels + k] = 0.25 * (topRight + bottomRight - topLeft - bottomLeft) + 0.5 * (right - left);
        to[at + 2 * channels + k] = 0.25 * (bottomLeft + bottomRight - topLeft - topRight) + 0.5 * (bottom - top);
        to[at + 3 * channels + k] =
          0.25 * (topLeft + topRight + bottomLeft + bottomRight) + 0.5 * (top + left + right + bottom) - 3 * here;
      }
    }
    return output;
  },
};

/** Its gradient, added to another one. Inputs: x, that other one, of the states' shape; cells; dy [cells, 4 · channels]. */
export const senseCellsBackKernel: WasmKernel = {
  name: "SenseCellsBack",
  run(call) {
    const { output, values: to } = outputOf(call, call.inputs["x"]!.shape);
    const { x, cells, channels, around } = readCells(call);
    const dy = valuesOf(call, "dy");
    to.set(x);
    for (let i = 0, at = 0; i < cells.length; i++, at += SENSES * channels) {
      const places = around(cells[i]);
      const [a, b, c] = [places[0], places[1], places[2]];
      const [d, e, f] = [places[3], places[4], places[5]];
      const [g, h, j] = [places[6], places[7], places[8]];
      for (let k = 0; k < channels; k++) {
        const across = 0.25 * dy[at + channels + k];
        const down = 0.25 * dy[at + 2 * channels + k];
        const beside = 0.25 * dy[at + 3 * channels + k];
        to[a + k] += beside - across - down;
        to[b + k] += 2 * (beside - down);
        to[c + k] += beside + across - down;
        to[d + k] += 2 * (beside - across);
        to[e + k] += dy[at + k] - 12 * beside;
        to[f + k] += 2 * (beside + across);
        to[g + k] += beside - across + down;
        to[h + k] += 2 * (beside + down);
        to[j + k] += beside + across + down;
      }
    }
    return output;
  },
};

/** States of which some cells have changed. Inputs: x, cells, changes [cells, channels]. */
export const changeCellsKernel: WasmKernel = {
  name: "ChangeCells",
  run(call) {
    const { output, values: to } = outputOf(call, call.inputs["x"]!.shape);
    const { x, cells, channels } = readCells(call);
    const changes = valuesOf(call, "changes");
    to.set(x);
    for (let i = 0; i < cells.length; i++) {
      const at = cells[i] * channels;
      for (let k = 0; k < channels; k++) to[at + k] += changes[i * channels + k];
    }
    return output;
  },
};

/** Rows of some cells, [cells, channels]. Inputs: x, cells. */
export const pickCellsKernel: WasmKernel = {
  name: "PickCells",
  run(call) {
    const { output, values: to } = outputOf(call, [countOf(call), channelsOf(call)]);
    const { x, cells, channels } = readCells(call);
    for (let i = 0; i < cells.length; i++) {
      for (let k = 0; k < channels; k++) to[i * channels + k] = x[cells[i] * channels + k];
    }
    return output;
  },
};

interface Cells {
  readonly x: Float32Array;
  readonly cells: Int32Array;
  readonly channels: number;
  /** Where a cell and its neighbours begin, row by row; always the same array. */
  around(cell: number): Int32Array;
}

function readCells(call: KernelCall): Cells {
  const { backend, kernels, inputs } = call;
  const [, height, width, channels] = inputs["x"]!.shape;
  const cells = inputs["cells"]!;
  const places = new Int32Array(9);
  return {
    x: valuesOf(call, "x"),
    cells: new Int32Array(kernels.memory.buffer, addressOf(backend, cells), cells.shape[0]),
    channels,
    around(cell) {
      const column = cell % width;
      const line = Math.floor(cell / width);
      const row = line % height;
      const left = column === 0 ? width - 1 : -1;
      const right = column === width - 1 ? 1 - width : 1;
      const up = row === 0 ? (height - 1) * width : -width;
      const down = row === height - 1 ? (1 - height) * width : width;
      places[0] = (cell + up + left) * channels;
      places[1] = (cell + up) * channels;
      places[2] = (cell + up + right) * channels;
      places[3] = (cell + left) * channels;
      places[4] = cell * channels;
      places[5] = (cell + right) * channels;
      places[6] = (cell + down + left) * channels;
      places[7] = (cell + down) * channels;
      places[8] = (cell + down + right) * channels;
      return places;
    },
  };
}

function countOf({ inputs }: KernelCall): number {
  return inputs["cells"]!.shape[0];
}

function channelsOf({ inputs }: KernelCall): number {
  return inputs["x"]!.shape[3];
}

/** Memory may grow, and move, when something is made: make outputs before looking at inputs. */
function valuesOf({ backend, kernels, inputs }: KernelCall, name: string): Float32Array {
  const tensor = inputs[name]!;
  const size = tensor.shape.reduce((product, length) => product * length, 1);
  return new Float32Array(kernels.memory.buffer, addressOf(backend, tensor), size);
}

function outputOf(call: KernelCall, shape: number[]): { output: tf.TensorInfo; values: Float32Array } {
  const { backend, kernels } = call;
  const output = makeOutput(backend, shape);
  const size = shape.reduce((product, length) => product * length, 1);
  return { output, values: new Float32Array(kernels.memory.buffer, addressOf(backend, output), size) };
}
