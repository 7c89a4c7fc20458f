import { addressOf, makeOutput, type WasmKernel } from "./wasm-host.ts";

/**
 * Rows and columns of pictures in another order, [batch, height, width, channels], by one copy: tfjs-wasm 4.22.0 takes ten times as long to
 * gather or reverse them.
 *
 * Inputs: x; rows [1 or batch, outHeight] and columns [1 or batch, outWidth], int32, within the picture.
 */
export const takeLinesKernel: WasmKernel = {
  name: "TakeLines",
  run({ backend, kernels, inputs }) {
    const { x, rows, columns } = inputs;
    const [batch, height, width, channels] = x!.shape;
    const [rowLists, high] = rows!.shape;
    const [columnLists, wide] = columns!.shape;
    const output = makeOutput(backend, [batch, high, wide, channels]);
    const { buffer } = kernels.memory;
    const from = new Float32Array(buffer, addressOf(backend, x!), batch * height * width * channels);
    const rowsFrom = new Int32Array(buffer, addressOf(backend, rows!), rowLists * high);
    const columnsFrom = new Int32Array(buffer, addressOf(backend, columns!), columnLists * wide);
    const to = new Float32Array(buffer, addressOf(backend, output), batch * high * wide * channels);
    for (let picture = 0; picture < batch; picture++) {
      const ownRows = rowLists > 1 ? picture * high : 0;
      const ownColumns = columnLists > 1 ? picture * wide : 0;
      for (let row = 0; row < high; row++) {
        const begin = (picture * height + rowsFrom[ownRows + row]) * width * channels;
        let at = (picture * high + row) * wide * channels;
        for (let column = 0; column < wide;) {
          const first = columnsFrom[ownColumns + column];
          let count = 1;
          while (column + count < wide && columnsFrom[ownColumns + column + count] === first + count) count += 1;
          const pixel = begin + first * channels;
          if (count > 1) to.set(from.subarray(pixel, pixel + count * channels), at);
          else for (let c = 0; c < channels; c++) to[at + c] = from[pixel + c];
          column += count;
          at += count * channels;
        }
      }
    }
    return output;
  },
};
