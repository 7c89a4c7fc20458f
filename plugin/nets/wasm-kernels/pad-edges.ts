import { addressOf, makeOutput, type KernelCall, type WasmKernel } from "./wasm-host.ts";

/**
 * Pictures that go on beyond their borders, [batch, height, width, channels], by one copy of each row: slices that are put together
 * would copy everything four times, since tfjs-wasm 4.22.0 copies a whole tensor for each slice of it.
 *
 * Attributes as `padEdges` has them: before, after, edges.
 */
export const padEdgesKernel: WasmKernel = {
  name: "PadEdges",
  run(call) {
    const { backend, kernels, inputs } = call;
    const x = inputs["x"]!;
    const { before, after, source } = readPadding(call);
    const [batch, height, width, channels] = x.shape;
    const high = height + before + after;
    const wide = width + before + after;
    const output = makeOutput(backend, [batch, high, wide, channels]);
    const from = new Float32Array(kernels.memory.buffer, addressOf(backend, x), batch * height * width * channels);
    const to = new Float32Array(kernels.memory.buffer, addressOf(backend, output), batch * high * wide * channels);
    for (let picture = 0; picture < batch; picture++) {
      for (let row = 0; row < high; row++) {
        const begin = (picture * height + source(row, height)) * width * channels;
        const at = (picture * high + row) * wide * channels;
        to.set(from.subarray(begin, begin + width * channels), at + before * channels);
        for (let column = 0; column < wide; column++) {
          if (column === before) column = before + width;
          if (column >= wide) break;
          const pixel = begin + source(column, width) * channels;
          for (let c = 0; c < channels; c++) to[at + column * channels + c] = from[pixel + c];
        }
      }
    }
    return output;
  },
};

/** Its gradient: each pixel gets what it gave, [batch, height, width, channels]. */
export const padEdgesBackKernel: WasmKernel = {
  name: "PadEdgesBack",
  run(call) {
    const { backend, kernels, inputs } = call;
    const dy = inputs["dy"]!;
    const { before, after, source } = readPadding(call);
    const [batch, high, wide, channels] = dy.shape;
    const height = high - before - after;
    const width = wide - before - after;
    const output = makeOutput(backend, [batch, height, width, channels]);
    const from = new Float32Array(kernels.memory.buffer, addressOf(backend, dy), batch * high * wide * channels);
    const to = new Float32Array(kernels.memory.buffer, addressOf(backend, output), batch * height * width * channels);
    for (let picture = 0; picture < batch; picture++) {
      // The middle first, since it is written and not added.
      for (let row = 0; row < height; row++) {
        const begin = ((picture * high + row + before) * wide + before) * channels;
        to.set(from.subarray(begin, begin + width * channels), (picture * height + row) * width * channels);
      }
      for (let row = 0; row < high; row++) {
        const isBeside = row < before || row >= before + height;
        const begin = (picture * high + row) * wide * channels;
        const at = (picture * height + source(row, height)) * width * channels;
        for (let column = 0; column < wide; column++) {
          if (!isBeside && column === before) column = before + width;
          if (column >= wide) break;
          const pixel = at + source(column, width) * channels;
          for (let c = 0; c < channels; c++) to[pixel + c] += from[begin + column * channels + c];
        }
      }
    }
    return output;
  },
};

interface Padding {
  readonly before: number;
  readonly after: number;
  /** Which line of the picture a line of the padded one shows. */
  readonly source: (line: number, length: number) => number;
}

function readPadding({ attributes }: KernelCall): Padding {
  const before = attributes["before"] as number;
  const after = attributes["after"] as number;
  const wraps = attributes["edges"] === "wrap";
  const source = (line: number, length: number): number => {
    const place = line - before;
    if (place < 0) return wraps ? place + length : -1 - place;
    if (place < length) return place;
    return wraps ? place - length : 2 * length - 1 - place;
  };
  return { before, after, source };
}
