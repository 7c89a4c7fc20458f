import type { AbstractEngine } from "@babylonjs/core/Engines/abstractEngine.js";
import type { InternalTexture } from "@babylonjs/core/Materials/Textures/internalTexture.js";
import { compileKernel } from "../../../compute/webgpu/pipelines.ts";
import { DAB_NUMBERS, writeDab, type Dab } from "../../../paint/automata/dab.ts";
import { CELL_CHANNELS, type Species } from "../../../paint/automata/species.ts";
import { gpuTextureOfInternal, requireDevice } from "../../engine-access.ts";
import { createStorageTexture } from "../picture-texture.ts";
import { COLONY_TILE, COLONY_WGSL } from "./colony-wgsl.ts";
import type { Colony, ColonyOptions, LivingSnapshot } from "./colony.ts";
import { packRules } from "./pack-rules.ts";

/** `GPUBufferUsage`, `GPUShaderStage` and `GPUMapMode` as numbers: the globals do not exist everywhere a device does. */
const STORAGE = 0x80;
const UNIFORM = 0x40;
const COPY_SRC = 0x4;
const COPY_DST = 0x8;
const MAP_READ = 0x1;
const COMPUTE = 4;
const READ = 1;
/** Of `Settings` in WGSL: 4 words, 4 words, 4 numbers, share and three for alignment, colour and one. */
const SETTING_WORDS = 20;

interface Kernel {
  readonly layout: GPUBindGroupLayout;
  readonly pipeline: GPUComputePipeline;
}

const kernels = new WeakMap<GPUDevice, Promise<Kernel>>();

/** Cells on WebGPU: one dispatch a step, in the queue that Babylon draws by; nothing is sent up for a step, and nothing read back. */
export class GpuColony implements Colony {
  readonly texture: InternalTexture;
  readonly #engine: AbstractEngine;
  readonly #device: GPUDevice;
  readonly #kernel: Kernel;
  readonly #options: ColonyOptions;
  readonly #cells: readonly [GPUBuffer, GPUBuffer];
  readonly #settings: GPUBuffer;
  readonly #words = new Uint32Array(SETTING_WORDS);
  readonly #numbers = new Float32Array(this.#words.buffer);
  readonly #dab = new Float32Array(DAB_NUMBERS);
  readonly #encoderLabel = { label: "living texture" };
  #rules: GPUBuffer | null = null;
  #groups: readonly [GPUBindGroup, GPUBindGroup] | null = null;
  #turn = 0;
  #steps = 0;

  private constructor(engine: AbstractEngine, device: GPUDevice, kernel: Kernel, options: ColonyOptions) {
    const { width, height, alive, seed, bare } = options;
    this.#engine = engine;
    this.#device = device;
    this.#kernel = kernel;
    this.#options = options;
    this.texture = createStorageTexture(engine, options, options);
    this.texture.isReady = true;
    const first = new Float32Array(16 * width * height + 4);
    if (alive) for (let at = 12; at < first.length; at += 16) first[at] = 1;
    const buffer = (label: string, size: number, usage: number): GPUBuffer =>
      device.createBuffer({ label, size, usage: usage | COPY_DST });
    this.#cells = [
      buffer("cells", first.byteLength, STORAGE | COPY_SRC),
      buffer("next cells", first.byteLength, STORAGE | COPY_SRC),
    ];
    first[16 * width * height] = 0;
    device.queue.writeBuffer(this.#cells[0], 0, first);
    this.#settings = buffer("settings of cells", 4 * SETTING_WORDS, UNIFORM);
    this.#words.set([width, height, seed >>> 0, 0]);
    this.#numbers.set(bare, 16);
    this.setSpecies(options.species, options.graft);
    this.show();
  }

  /** Compiles the shader once for each device. @throws UnsupportedError when the device does not take it. */
  static async open(engine: AbstractEngine, options: ColonyOptions): Promise<GpuColony> {
    const device = requireDevice(engine, "LivingTexture");
    let kernel = kernels.get(device);
    if (!kernel) {
      kernel = compile(device);
      kernels.set(device, kernel);
      kernel.catch(() => kernels.delete(device));
    }
    return new GpuColony(engine, device, await kernel, options);
  }

  get steps(): number {
    return this.#steps;
  }

  step(steps: number): void {
    this.#run(steps);
    this.#steps += steps;
    if (this.texture.generateMipMaps) this.#engine.generateMipmaps(this.texture);
  }

  dab(dab: Dab): void {
    writeDab(dab, this.#options, this.#dab, 0);
    this.#numbers.set(this.#dab.subarray(0, 5), 8);
    this.#words[3] = 1;
    this.#upload();
    this.#run(1);
    this.#numbers.fill(0, 8, 13);
    this.#words[3] = 0;
    this.#upload();
  }

  show(): void {
    this.#words[3] = 1;
    this.#upload();
    this.#run(1);
    this.#words[3] = 0;
    this.#upload();
    if (this.texture.generateMipMaps) this.#engine.generateMipmaps(this.texture);
  }

  setSpecies(species: Species, graft: Species | null): void {
    const { values, first, second } = packRules(species, graft);
    this.#rules?.destroy();
    this.#rules = this.#device.createBuffer({
      label: "rules of cells",
      size: values.byteLength,
      usage: STORAGE | COPY_DST,
    });
    this.#device.queue.writeBuffer(this.#rules, 0, values as Float32Array<ArrayBuffer>);
    this.#words.set([first.start, first.hidden, second.start, second.hidden], 4);
    this.#upload();
    const colours = gpuTextureOfInternal(this.texture)!.createView({ baseMipLevel: 0, mipLevelCount: 1 });
    const group = (from: number): GPUBindGroup =>
      this.#device.createBindGroup({
        layout: this.#kernel.layout,
        entries: [
          { binding: 0, resource: { buffer: this.#cells[from] } },
          { binding: 1, resource: { buffer: this.#cells[1 - from] } },
          { binding: 2, resource: { buffer: this.#rules! } },
          { binding: 3, resource: { buffer: this.#settings } },
          { binding: 4, resource: colours },
        ],
      });
    this.#groups = [group(0), group(1)];
  }

  async read(): Promise<Float32Array> {
    const { width, height } = this.#options;
    const size = 64 * width * height;
    const copy = this.#device.createBuffer({ label: "cells to read", size, usage: MAP_READ | COPY_DST });
    try {
      const encoder = this.#device.createCommandEncoder();
      encoder.copyBufferToBuffer(this.#cells[this.#turn], 0, copy, 0, size);
      this.#device.queue.submit([encoder.finish()]);
      await copy.mapAsync(READ);
      return withoutPadding(new Float32Array(copy.getMappedRange()), width * height);
    } finally {
      copy.destroy();
    }
  }

  snapshot(): LivingSnapshot {
    const from = this.#cells[this.#turn];
    const usage = COPY_SRC | COPY_DST;
    const buffer = this.#device.createBuffer({ label: "cells to go back to", size: from.size, usage });
    this.#copy(from, buffer);
    return new GpuSnapshot(this.#steps, buffer);
  }

  restore(snapshot: LivingSnapshot): void {
    this.#copy((snapshot as GpuSnapshot).buffer, this.#cells[this.#turn]);
    this.#steps = snapshot.steps;
  }

  dispose(): void {
    for (const buffer of [...this.#cells, this.#settings, this.#rules]) buffer?.destroy();
    this.#groups = null;
  }

  /** One dispatch a step, all in one pass. */
  #run(steps: number): void {
    if (!this.#groups) return;
    const { width, height } = this.#options;
    const encoder = this.#device.createCommandEncoder(this.#encoderLabel);
    const pass = encoder.beginComputePass(this.#encoderLabel);
    pass.setPipeline(this.#kernel.pipeline);
    for (let i = 0; i < steps; i++) {
      pass.setBindGroup(0, this.#groups[this.#turn]);
      pass.dispatchWorkgroups(Math.ceil(width / COLONY_TILE), Math.ceil(height / COLONY_TILE));
      this.#turn = 1 - this.#turn;
    }
    pass.end();
    this.#device.queue.submit([encoder.finish()]);
  }

  #copy(from: GPUBuffer, to: GPUBuffer): void {
    const encoder = this.#device.createCommandEncoder(this.#encoderLabel);
    encoder.copyBufferToBuffer(from, 0, to, 0, from.size);
    this.#device.queue.submit([encoder.finish()]);
  }

  #upload(): void {
    this.#device.queue.writeBuffer(this.#settings, 0, this.#words);
  }
}

/** The number of the step lies behind the cells, so it comes with them. */
class GpuSnapshot implements LivingSnapshot {
  readonly steps: number;
  readonly buffer: GPUBuffer;

  constructor(steps: number, buffer: GPUBuffer) {
    this.steps = steps;
    this.buffer = buffer;
  }

  get bytes(): number {
    return this.buffer.size;
  }

  dispose(): void {
    this.buffer.destroy();
  }
}

/** Cells as shaders hold them, 16 numbers each, without the last two. */
export function withoutPadding(cells: Float32Array, count: number): Float32Array {
  const kept = CELL_CHANNELS + 2;
  const result = new Float32Array(count * kept);
  for (let cell = 0; cell < count; cell++) result.set(cells.subarray(16 * cell, 16 * cell + kept), kept * cell);
  return result;
}

async function compile(device: GPUDevice): Promise<Kernel> {
  const buffer = (binding: number, type: GPUBufferBindingType): GPUBindGroupLayoutEntry => ({
    binding,
    visibility: COMPUTE,
    buffer: { type },
  });
  const layout = device.createBindGroupLayout({
    label: "living texture",
    entries: [
      buffer(0, "read-only-storage"),
      buffer(1, "storage"),
      buffer(2, "read-only-storage"),
      buffer(3, "uniform"),
      { binding: 4, visibility: COMPUTE, storageTexture: { access: "write-only", format: "rgba8unorm" } },
    ],
  });
  return { layout, pipeline: await compileKernel(device, layout, "living texture", COLONY_WGSL) };
}
