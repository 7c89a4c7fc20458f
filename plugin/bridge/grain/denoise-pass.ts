import type { InternalTexture } from "@babylonjs/core/Materials/Textures/internalTexture.js";
import { Constants } from "@babylonjs/core/Engines/constants.js";
import * as tf from "@tensorflow/tfjs";
import { compileKernel } from "../../compute/webgpu/pipelines.ts";
import { GRAIN_CELL, GRAIN_INPUTS, GRAIN_STRIDE, type GrainNet } from "../../nets/encoders/grain-net.ts";
import { gpuTextureOfInternal } from "../engine-access.ts";
import { createStorageTexture } from "../paint/picture-texture.ts";
import type { SharedDevice } from "../shared-device.ts";
import { DENOISE_TILE, GATHER_WGSL, SCATTER_WGSL, SETTING_WORDS } from "./denoise-wgsl.ts";

/** `GPUBufferUsage` and `GPUShaderStage` as numbers: the globals do not exist everywhere a device does. */
const STORAGE = 0x80;
const UNIFORM = 0x40;
const COPY_SRC = 0x4;
const COPY_DST = 0x8;
const COMPUTE = 4;
const BYTES = 4;

interface Kernel {
  readonly layout: GPUBindGroupLayout;
  readonly pipeline: GPUComputePipeline;
}

/** What puts frames before the network and takes away what it tells, compiled. */
export interface DenoiseKernels {
  readonly gather: Kernel;
  readonly scatter: Kernel;
}

const compiled = new WeakMap<GPUDevice, Promise<DenoiseKernels>>();

/** Compiles both shaders once for each device. @throws UnsupportedError when it does not take them. */
export function denoiseKernels(device: GPUDevice): Promise<DenoiseKernels> {
  let kernels = compiled.get(device);
  if (!kernels) {
    kernels = compile(device);
    compiled.set(device, kernels);
    kernels.catch(() => compiled.delete(device));
  }
  return kernels;
}

async function compile(device: GPUDevice): Promise<DenoiseKernels> {
  const frame: Omit<GPUBindGroupLayoutEntry, "binding"> = { visibility: COMPUTE, texture: {} };
  const settings: Omit<GPUBindGroupLayoutEntry, "binding"> = { visibility: COMPUTE, buffer: { type: "uniform" } };
  const storage = (type: GPUBufferBindingType): Omit<GPUBindGroupLayoutEntry, "binding"> => ({
    visibility: COMPUTE,
    buffer: { type },
  });
  const cleaned = {
    visibility: COMPUTE,
    storageTexture: { access: "write-only" as const, format: "rgba8unorm" as const },
  };
  const build = async (name: string, code: string, parts: (typeof frame)[]): Promise<Kernel> => {
    const entries = parts.map((part, binding) => ({ ...part, binding }));
    const layout = device.createBindGroupLayout({ label: name, entries });
    return { layout, pipeline: await compileKernel(device, layout, name, code) };
  };
  const [gather, scatter] = await Promise.all([
    build("frame to network", GATHER_WGSL, [frame, storage("storage"), settings]),
    build("noise from frame", SCATTER_WGSL, [frame, storage("read-only-storage"), settings, cleaned]),
  ]);
  return { gather, scatter };
}

/** A frame to be cleaned. */
export interface FrameSize {
  readonly width: number;
  readonly height: number;
}

/** Bytes of the largest buffer that the network needs for a frame of that size. */
export function largestBuffer({ width, height }: FrameSize, net: GrainNet): number {
  const cells = (whole(width) * whole(height)) / GRAIN_CELL ** 2;
  return BYTES * cells * Math.max(GRAIN_INPUTS, net.spec.widths[0]);
}

/** In whole strides, in pixels. */
function whole(length: number): number {
  return Math.ceil(length / GRAIN_STRIDE) * GRAIN_STRIDE;
}

/**
 * Cleans frames of one size on the GPU: one dispatch into the network's cells, the network, one dispatch into a texture. Nothing is read back;
 * buffers, texture and tensor are made once.
 */
export class DenoisePass {
  readonly size: FrameSize;
  /** The cleaned frame. Belongs to the pass. */
  readonly cleaned: InternalTexture;
  readonly #shared: SharedDevice;
  readonly #device: GPUDevice;
  readonly #kernels: DenoiseKernels;
  readonly #rows: number;
  readonly #columns: number;
  readonly #cells: GPUBuffer;
  readonly #seen: tf.Tensor4D;
  readonly #settings: GPUBuffer;
  readonly #view: GPUTextureView;
  /** Bind groups, by what they bind; TensorFlow.js takes the noise's buffer from a pool. */
  #frames = new WeakMap<GPUTexture, GPUBindGroup>();
  #noises = new WeakMap<GPUTexture, WeakMap<GPUBuffer, GPUBindGroup>>();

  constructor(shared: SharedDevice, kernels: DenoiseKernels, size: FrameSize) {
    const { device, engine } = shared;
    this.size = size;
    this.#shared = shared;
    this.#device = device;
    this.#kernels = kernels;
    this.#rows = whole(size.height) / GRAIN_CELL;
    this.#columns = whole(size.width) / GRAIN_CELL;
    this.#cells = device.createBuffer({
      label: "cells of frames",
      size: BYTES * this.#rows * this.#columns * GRAIN_INPUTS,
      usage: STORAGE | COPY_SRC | COPY_DST,
    });
    this.#seen = tf.keep(
      tf.tensor({ buffer: this.#cells, zeroCopy: true }, [1, this.#rows, this.#columns, GRAIN_INPUTS]),
    );
    this.#settings = device.createBuffer({ label: "settings", size: BYTES * SETTING_WORDS, usage: UNIFORM | COPY_DST });
    const samplingMode = Constants.TEXTURE_NEAREST_SAMPLINGMODE;
    this.cleaned = createStorageTexture(engine, size, { mipmaps: false, samplingMode });
    this.cleaned.isReady = true;
    this.#view = gpuTextureOfInternal(this.cleaned)!.createView();
  }

  /** @param told - `toldNoise`. @param amount - The share of the noise that is taken away, in [0, 1]. */
  set(told: readonly number[], amount: number): void {
    const words = new Uint32Array(SETTING_WORDS);
    words.set([this.size.width, this.size.height, this.#columns, this.#rows]);
    new Float32Array(words.buffer).set([...told, amount], 4);
    this.#device.queue.writeBuffer(this.#settings, 0, words);
  }

  /**
   * Cleans a frame that Babylon has drawn, or is about to: what it has recorded is submitted first. TensorFlow.js must compute on the shared
   * device.
   */
  run(frame: GPUTexture, net: GrainNet): void {
    this.#shared.flushScene();
    this.#dispatch(this.#kernels.gather, this.#bindFrame(frame), this.#columns, this.#rows);
    const noise = tf.tidy(() => net.noiseOf(this.#seen));
    const { tensorRef, buffer } = noise.dataToGPU();
    this.#dispatch(this.#kernels.scatter, this.#bindNoise(frame, buffer!), this.size.width, this.size.height);
    tensorRef.dispose();
    noise.dispose();
    this.#shared.flushTensors();
  }

  /** Frees all of it; what TensorFlow.js keeps for frames of this size as well. After a lost device there is nothing to be freed. */
  dispose(): void {
    this.#seen.dispose();
    this.cleaned.dispose();
    if (this.#shared.isLost || this.#shared.device !== this.#device) return;
    this.#shared.freePool();
    this.#cells.destroy();
    this.#settings.destroy();
  }

  #bindFrame(frame: GPUTexture): GPUBindGroup {
    let group = this.#frames.get(frame);
    if (!group) {
      group = this.#bind(this.#kernels.gather, [frame.createView(), this.#cells, this.#settings]);
      this.#frames.set(frame, group);
    }
    return group;
  }

  #bindNoise(frame: GPUTexture, buffer: GPUBuffer): GPUBindGroup {
    let ofFrame = this.#noises.get(frame);
    if (!ofFrame) this.#noises.set(frame, (ofFrame = new WeakMap()));
    let group = ofFrame.get(buffer);
    if (!group) {
      group = this.#bind(this.#kernels.scatter, [frame.createView(), buffer, this.#settings, this.#view]);
      ofFrame.set(buffer, group);
    }
    return group;
  }

  #bind({ layout }: Kernel, parts: readonly (GPUBuffer | GPUTextureView)[]): GPUBindGroup {
    return this.#device.createBindGroup({
      label: "denoise",
      layout,
      entries: parts.map((part, binding) => ({ binding, resource: "size" in part ? { buffer: part } : part })),
    });
  }

  #dispatch({ pipeline }: Kernel, group: GPUBindGroup, columns: number, rows: number): void {
    const encoder = this.#device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group);
    pass.dispatchWorkgroups(Math.ceil(columns / DENOISE_TILE), Math.ceil(rows / DENOISE_TILE));
    pass.end();
    this.#device.queue.submit([encoder.finish()]);
  }
}
