import { compileKernel } from "../../compute/webgpu/pipelines.ts";
import { UnsupportedError } from "../../core/errors.ts";
import { forwardKernels, THREADS, type ForwardKernel } from "./forward-kernels.ts";
import type { ForwardPlan } from "./forward-plan.ts";

/** `GPUBufferUsage` and others as numbers: the globals do not exist everywhere a device does. */
const STORAGE = 0x80;
const COPY_DST = 0x8;
const COPY_SRC = 0x4;
const MAP_READ = 0x1;
const COMPUTE = 4;
/** Rounds under way at most: a GPU that is further behind gets no more work. */
const MOST_ROUNDS = 3;

interface Staging {
  readonly buffer: GPUBuffer;
  isBusy: boolean;
}

/** A network on a GPU device: takes rows to actions in one submit, and reads the actions back in one `mapAsync`. */
export class ForwardPass {
  readonly #device: GPUDevice;
  readonly #plan: ForwardPlan;
  readonly #kernels: readonly ForwardKernel[];
  readonly #pipelines: readonly GPUComputePipeline[];
  readonly #bindings: GPUBindGroupLayout;
  readonly #parameters: GPUBuffer;
  readonly #staging: Staging[] = [];
  #work: GPUBuffer;
  #rows: GPUBuffer;
  #results: GPUBuffer;
  /** How many agents have a place on the GPU, and how many a round can have. */
  #places = 0;
  #capacity = 0;
  #group: GPUBindGroup | null = null;
  #texture: GPUTexture | null = null;
  #disposed = false;

  private constructor(
    device: GPUDevice,
    plan: ForwardPlan,
    kernels: readonly ForwardKernel[],
    bindings: GPUBindGroupLayout,
    pipelines: readonly GPUComputePipeline[],
  ) {
    this.#device = device;
    this.#plan = plan;
    this.#kernels = kernels;
    this.#bindings = bindings;
    this.#pipelines = pipelines;
    this.#parameters = this.#create("parameters", 4 * plan.layout.size, STORAGE | COPY_DST);
    this.#work = this.#create("results of layers", 4, STORAGE | COPY_DST);
    this.#rows = this.#create("rows", 4, STORAGE | COPY_DST);
    this.#results = this.#create("actions", 4, STORAGE | COPY_SRC);
  }

  /** Compiles the kernels. @throws UnsupportedError that names the kernel which the device does not take. */
  static async create(device: GPUDevice, plan: ForwardPlan): Promise<ForwardPass> {
    const storage = (type: GPUBufferBindingType): Omit<GPUBindGroupLayoutEntry, "binding"> => ({
      visibility: COMPUTE,
      buffer: { type },
    });
    const entries = [
      storage("read-only-storage"),
      storage("read-only-storage"),
      storage("storage"),
      storage("storage"),
      { visibility: COMPUTE, texture: { sampleType: "unfilterable-float" as const } },
    ];
    const bindings = device.createBindGroupLayout({
      label: "GPU policy",
      entries: entries.map((entry, binding) => ({ binding, ...entry })),
    });
    const kernels = forwardKernels(plan);
    const pipelines = await Promise.all(kernels.map(({ name, code }) => compileKernel(device, bindings, name, code)));
    return new ForwardPass(device, plan, kernels, bindings, pipelines);
  }

  /** Takes over the network's parameters. */
  writeParameters(parameters: Float32Array): void {
    this.#device.queue.writeBuffer(this.#parameters, 0, parameters as Float32Array<ArrayBuffer>);
  }

  /** Writes a picture that comes from ordinary memory: numbers from 0 to 1 at a place of an agent. */
  writePicture(place: number, offset: number, pixels: Float32Array): void {
    const at = 4 * (place * this.#plan.stride + offset);
    this.#device.queue.writeBuffer(this.#work, at, pixels as Float32Array<ArrayBuffer>);
  }

  /**
   * Makes room. What was kept for the agents is lost when there are more than before.
   *
   * @returns Whether it was.
   * @throws UnsupportedError when that is more than the device can take.
   */
  reserve(places: number, rows: number): boolean {
    const { stride, rowWords, values } = this.#plan;
    if (rows > this.#capacity) {
      this.#capacity = Math.max(rows, 2 * this.#capacity);
      this.#rows.destroy();
      this.#results.destroy();
      this.#rows = this.#create("rows", 4 * this.#capacity * rowWords, STORAGE | COPY_DST);
      this.#results = this.#create("actions", 4 * this.#capacity * values, STORAGE | COPY_SRC);
      this.#group = null;
    }
    if (places <= this.#places) return false;
    const wanted = Math.max(places, 2 * this.#places);
    const size = 4 * wanted * stride;
    const most = Math.min(this.#device.limits.maxStorageBufferBindingSize, this.#device.limits.maxBufferSize);
    if (size > most) {
      throw new UnsupportedError(
        `GPU policy: needed ${size} bytes for ${wanted} agents, came a device that takes ${most} in a buffer. Use smaller pictures, or a WASM policy.`,
      );
    }
    this.#work.destroy();
    this.#work = this.#create("results of layers", size, STORAGE | COPY_DST);
    this.#places = wanted;
    this.#group = null;
    return true;
  }

  /**
   * Decides for `count` rows.
   *
   * @param arrive - Called later with [rows, values], which is valid only during the call; never when the device is lost before.
   * @returns Whether it was begun: not while too many rounds are under way.
   */
  run(rows: Uint32Array, count: number, texture: GPUTexture, arrive: (values: Float32Array) => void): boolean {
    const size = 4 * count * this.#plan.values;
    const staging = this.#take(size);
    if (!staging) return false;
    const device = this.#device;
    device.queue.writeBuffer(this.#rows, 0, rows as Uint32Array<ArrayBuffer>, 0, count * this.#plan.rowWords);
    const encoder = device.createCommandEncoder({ label: "GPU policy" });
    const pass = encoder.beginComputePass();
    pass.setBindGroup(0, this.#bind(texture));
    this.#pipelines.forEach((pipeline, index) => {
      pass.setPipeline(pipeline);
      pass.dispatchWorkgroups(Math.ceil(this.#kernels[index].invocations / THREADS), count);
    });
    pass.end();
    encoder.copyBufferToBuffer(this.#results, 0, staging.buffer, 0, size);
    device.queue.submit([encoder.finish()]);
    staging.isBusy = true;
    staging.buffer.mapAsync(MAP_READ, 0, size).then(
      () => {
        if (this.#disposed) return;
        arrive(new Float32Array(staging.buffer.getMappedRange(0, size)));
        staging.buffer.unmap();
        staging.isBusy = false;
      },
      () => {}, // the device is lost, and the round with it
    );
    return true;
  }

  /** Frees its buffers; the device stays. May be called twice. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    const buffers = [this.#parameters, this.#work, this.#rows, this.#results];
    for (const buffer of [...buffers, ...this.#staging.map(({ buffer: of }) => of)]) buffer.destroy();
  }

  #bind(texture: GPUTexture): GPUBindGroup {
    if (this.#group && this.#texture === texture) return this.#group;
    const resources = [this.#parameters, this.#rows, this.#work, this.#results].map((buffer) => ({ buffer }));
    this.#texture = texture;
    this.#group = this.#device.createBindGroup({
      layout: this.#bindings,
      entries: [...resources, texture.createView()].map((resource, binding) => ({ binding, resource })),
    });
    return this.#group;
  }

  #take(size: number): Staging | null {
    const free = this.#staging.findIndex(({ isBusy }) => !isBusy);
    if (free >= 0 && this.#staging[free].buffer.size >= size) return this.#staging[free];
    if (free < 0 && this.#staging.length === MOST_ROUNDS) return null;
    const fresh = { buffer: this.#create("actions read back", size, MAP_READ | COPY_DST), isBusy: false };
    if (free < 0) this.#staging.push(fresh);
    else this.#staging.splice(free, 1, fresh)[0].buffer.destroy();
    return fresh;
  }

  #create(label: string, size: number, usage: number): GPUBuffer {
    return this.#device.createBuffer({ label: `GPU policy: ${label}`, size, usage });
  }
}
