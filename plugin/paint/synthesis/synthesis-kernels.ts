import { UnsupportedError } from "../../core/errors.ts";
import { compilePacked } from "../../core/packed-module.ts";

/** What the synthesis kernels export; see plugin/paint/assembly for what each does. Pointers are byte addresses. */
export interface SynthesisKernels {
  readonly memory: WebAssembly.Memory;
  heapBase(): number;
  flowSpace(pixels: number): number;
  setTable(
    height: number,
    width: number,
    groups: number,
    pieceMap: number,
    pieces: number,
    sources: number,
    frozen: number,
    guide: number,
    guideGroups: number,
    guideWeight: number,
    usageWeight: number,
  ): void;
  lay(top: number, left: number, rows: number, columns: number, piece: number, onlyHoles: boolean): void;
  nextHole(start: number): number;
  expand(top: number, left: number, rows: number, columns: number, piece: number, space: number): number;
  wantedSteps(into: number, tolerance: number): void;
  relax(field: number, wanted: number, first: number, rows: number, screen: number, over: number): void;
  addTo(numbers: number, amounts: number, vectors: number): void;
  gatherPanels(
    picture: number,
    channels: number,
    size: number,
    stride: number,
    down: number,
    right: number,
    columns: number,
    first: number,
    count: number,
    panels: number,
  ): void;
  projectPanels(
    panels: number,
    panelCount: number,
    dimensions: number,
    directions: number,
    directionCount: number,
    lines: number,
    lineLength: number,
  ): void;
  spreadPanels(
    panels: number,
    panelCount: number,
    dimensions: number,
    turned: number,
    directionCount: number,
    lines: number,
    lineLength: number,
  ): void;
  matchingSpace(): number;
  matchLine(line: number, count: number, quantiles: number, quantileCount: number, space: number): void;
  scatterPanels(
    change: number,
    cover: number,
    channels: number,
    size: number,
    stride: number,
    down: number,
    right: number,
    columns: number,
    first: number,
    count: number,
    panels: number,
  ): void;
  advance(picture: number, velocity: number, change: number, cover: number, scale: number, momentum: number): void;
  shiftDifference(picture: number, height: number, width: number, groups: number, down: number, right: number): number;
  countUsage(sources: number): void;
  seamCosts(into: number): void;
  compose(top: number, left: number, rows: number, columns: number, picture: number): void;
  matchPlaces(
    picture: number,
    top: number,
    left: number,
    rows: number,
    columns: number,
    step: number,
    source: number,
    places: number,
    count: number,
    costs: number,
  ): void;
}

const PAGE = 65536;
/** Addresses stay whole numbers of 31 bits. */
const MOST_BYTES = 2047 * 2 ** 20;

let compiled: Promise<WebAssembly.Module> | undefined;

/**
 * A fresh instance of the kernels with a memory of its own. Strict SIMD: the same bits on every machine.
 *
 * @throws UnsupportedError when WebAssembly or its SIMD is missing.
 */
export async function loadSynthesisKernels(): Promise<SynthesisKernels> {
  compiled ??= compile();
  try {
    return (await WebAssembly.instantiate(await compiled)).exports as unknown as SynthesisKernels;
  } catch (error) {
    // a download that failed may be tried again
    compiled = undefined;
    throw error;
  }
}

async function compile(): Promise<WebAssembly.Module> {
  const { default: text } = await import("../generated/synthesis-strict.ts");
  return compilePacked(text, "synthesise");
}

/**
 * Hands out pieces of a kernel instance's memory; `rewind` takes back all that came after a mark.
 *
 * Memory that grows detaches all earlier views, so views are made anew for each use.
 */
export class KernelArena {
  readonly kernels: SynthesisKernels;
  #next: number;

  constructor(kernels: SynthesisKernels) {
    this.kernels = kernels;
    this.#next = (kernels.heapBase() + 63) & ~63;
  }

  /** What `rewind` goes back to. */
  get mark(): number {
    return this.#next;
  }

  rewind(mark: number): void {
    this.#next = mark;
  }

  /**
   * @returns The address of so many bytes, a multiple of 64; they may hold anything.
   * @throws UnsupportedError for more than an instance can hold.
   */
  reserve(bytes: number): number {
    const address = this.#next;
    const end = address + bytes + 63;
    if (end > MOST_BYTES) {
      throw new UnsupportedError(
        `synthesise: needed ${Math.ceil(end / 2 ** 20)} MB of memory, came at most 2047. Use smaller pictures.`,
      );
    }
    this.#next = end & ~63;
    const missing = this.#next - this.kernels.memory.buffer.byteLength;
    if (missing > 0) this.kernels.memory.grow(Math.ceil(missing / PAGE));
    return address;
  }

  floats(address: number, count: number): Float32Array {
    return new Float32Array(this.kernels.memory.buffer, address, count);
  }

  integers(address: number, count: number): Int32Array {
    return new Int32Array(this.kernels.memory.buffer, address, count);
  }

  bytes(address: number, count: number): Uint8Array {
    return new Uint8Array(this.kernels.memory.buffer, address, count);
  }
}
