import { compilePacked } from "../../core/packed-module.ts";

/** What plugin/nets/assembly exports. Pointers are byte addresses in the memory that was imported. */
export interface TeachKernels {
  /** The memory that was imported. */
  readonly memory: WebAssembly.Memory;
  conv2d(shape: number, x: number, filter: number, bias: number, y: number, relu: number, scratch: number): void;
  conv2dScratch(shape: number): number;
  conv2dBack(shape: number, dy: number, filter: number, dx: number, scratch: number): void;
  conv2dBackScratch(shape: number): number;
  conv2dFilter(shape: number, x: number, dy: number, gradient: number, scratch: number): void;
  conv2dFilterScratch(shape: number): number;
  depthwiseBack(shape: number, dy: number, filter: number, dx: number): void;
  depthwiseFilter(shape: number, x: number, dy: number, gradient: number): void;
  maxPoolBack(shape: number, x: number, dy: number, dx: number): void;
  sumRows(
    values: number,
    sums: number,
    outer: number,
    rows: number,
    columns: number,
    factor: number,
    scratch: number,
  ): void;
  segmentSum(values: number, ids: number, sums: number, rows: number, width: number, segments: number): void;
}

let compiling: Promise<WebAssembly.Module> | undefined;

/** An instance that works on somebody's memory. Compiled once. */
export async function loadTeachKernels(memory: WebAssembly.Memory): Promise<TeachKernels> {
  compiling ??= compile();
  // A download that failed may be tried again.
  compiling.catch(() => (compiling = undefined));
  const { exports } = await WebAssembly.instantiate(await compiling, { env: { memory } });
  return { ...(exports as unknown as TeachKernels), memory };
}

async function compile(): Promise<WebAssembly.Module> {
  const { default: text } = await import("../generated/teach-strict.ts");
  return compilePacked(text, "Teaching kernels");
}
