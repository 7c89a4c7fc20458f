import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { loadTeachKernels, type TeachKernels } from "../../../plugin/nets/wasm-kernels/teach-kernels.ts";
import { convolutionCases, outputOf, type ConvolutionCase } from "./convolution-cases.ts";

/** What nobody may write over: it lies before, between and after all that a kernel works on. */
const GUARD = 0x5a;
const GUARD_BYTES = 256;

let kernels: TeachKernels;

beforeAll(async () => {
  kernels = await loadTeachKernels(new WebAssembly.Memory({ initial: 64 }));
});

/** Lays pieces out in fresh memory with guards around them, runs a kernel, and says whether all guards stand. */
function keepsWithin(sizes: readonly number[], run: (addresses: readonly number[]) => void): boolean {
  const total = sizes.reduce((sum, size) => sum + size + 2 * GUARD_BYTES, 1024);
  const missing = total - kernels.memory.buffer.byteLength;
  if (missing > 0) kernels.memory.grow(Math.ceil(missing / 65536));
  const bytes = new Uint8Array(kernels.memory.buffer);
  bytes.fill(GUARD, 0, total);
  let next = GUARD_BYTES;
  const addresses = sizes.map((size) => {
    const address = next;
    next = (address + size + GUARD_BYTES + 63) & ~63;
    bytes.fill(0, address, address + size);
    return address;
  });
  run(addresses);
  return addresses.every((address, i) => {
    const after = bytes.subarray(address + sizes[i], (addresses[i + 1] ?? next) - 1);
    const before = bytes.subarray(address - GUARD_BYTES / 2, address);
    return after.every((byte) => byte === GUARD) && before.every((byte) => byte === GUARD);
  });
}

/** In the order of plugin/nets/assembly/geometry.ts. */
function shapeOf({ input, filter, strides, dilations, pad }: ConvolutionCase, depthwise: boolean): Int32Array {
  const info = tf.backend_util.computeConv2DInfo(input, filter, strides, dilations, pad, undefined, depthwise);
  const out = [info.outHeight, info.outWidth, info.outChannels];
  return Int32Array.of(
    ...input,
    ...out,
    ...filter.slice(0, 2),
    ...strides,
    ...dilations,
    info.padInfo.top,
    info.padInfo.left,
  );
}

const sizeOf = (shape: readonly number[]): number => 4 * tf.util.sizeFromShape([...shape]);

/** The scratch that a kernel asks for, for a shape. */
function scratchOf(shape: Int32Array, ask: (address: number) => number): number {
  new Int32Array(kernels.memory.buffer, 64, shape.length).set(shape);
  return ask(64) >>> 0;
}

test("kernels of convolutions write into their results and their scratch only", () => {
  const property = fc.property(convolutionCases(21), (one) => {
    const shape = shapeOf(one, false);
    const [x, filter, y] = [sizeOf(one.input), sizeOf(one.filter), sizeOf(outputOf(one, false))];
    const put = (address: number): void => new Int32Array(kernels.memory.buffer, address, shape.length).set(shape);
    const scratch = [kernels.conv2dScratch, kernels.conv2dBackScratch, kernels.conv2dFilterScratch];
    const [forward, back, byFilter] = scratch.map((ask) => scratchOf(shape, ask));
    const bias = sizeOf([one.filter[3]]);
    expect(
      keepsWithin([64, x, filter, bias, y, forward], ([g, x, f, b, y, s]) => {
        put(g);
        kernels.conv2d(g, x, f, b, y, 0, s);
      }),
    ).toBe(true);
    expect(
      keepsWithin([64, y, filter, x, back], ([g, dy, f, dx, s]) => {
        put(g);
        kernels.conv2dBack(g, dy, f, dx, s);
      }),
    ).toBe(true);
    expect(
      keepsWithin([64, x, y, filter, byFilter], ([g, x, dy, df, s]) => {
        put(g);
        kernels.conv2dFilter(g, x, dy, df, s);
      }),
    ).toBe(true);
  });
  fc.assert(property, { numRuns: 300, seed: 1 });
});

test("kernels of depthwise convolutions and of pooling write into their results only", () => {
  const property = fc.property(convolutionCases(3, 40), (one) => {
    const shape = shapeOf(one, true);
    const [x, filter, y] = [sizeOf(one.input), sizeOf(one.filter), sizeOf(outputOf(one, true))];
    const put = (address: number): void => new Int32Array(kernels.memory.buffer, address, shape.length).set(shape);
    expect(
      keepsWithin([64, y, filter, x], ([g, dy, f, dx]) => {
        put(g);
        kernels.depthwiseBack(g, dy, f, dx);
      }),
    ).toBe(true);
    expect(
      keepsWithin([64, x, y, filter], ([g, x, dy, df]) => {
        put(g);
        kernels.depthwiseFilter(g, x, dy, df);
      }),
    ).toBe(true);
    expect(
      keepsWithin([64, x, y, x], ([g, x, dy, dx]) => {
        put(g);
        kernels.maxPoolBack(g, x, dy, dx);
      }),
    ).toBe(true);
  });
  fc.assert(property, { numRuns: 150, seed: 2 });
});

test("sums write into their results and their scratch only", () => {
  const edge = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max });
  const property = fc.property(edge(3), edge(300), edge(40), (outer, rows, columns) => {
    const sizes = [4 * outer * rows * columns, 4 * outer * columns, 16 * columns];
    const isKept = keepsWithin(sizes, ([x, sums, scratch]) => {
      kernels.sumRows(x, sums, outer, rows, columns, 1, scratch);
    });
    expect(isKept).toBe(true);
  });
  fc.assert(property, { numRuns: 100, seed: 3 });
});
