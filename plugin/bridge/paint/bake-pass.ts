import { compileKernel } from "../../compute/webgpu/pipelines.ts";
import { horizonOffsets } from "../../paint/maps/ambient-occlusion.ts";
import { BAKE_BUFFERS, BAKE_SHADER, BAKE_TEXTURES, BAKE_TILE } from "./bake-shader.ts";

/** `GPUBufferUsage` and `GPUShaderStage` as numbers: the globals do not exist everywhere a device does. */
const STORAGE = 0x80;
const UNIFORM = 0x40;
const COMPUTE = 4;
const FORMAT: GPUTextureFormat = "rgba8unorm";

/** The maps on the GPU: float32, as in `SurfaceMaps`. */
export interface MapBuffers {
  readonly width: number;
  readonly height: number;
  readonly albedo: GPUBuffer;
  readonly heights: GPUBuffer;
  readonly roughness: GPUBuffer;
  /** Null is no metal anywhere. */
  readonly metallic: GPUBuffer | null;
  /** One number. */
  readonly relief: GPUBuffer;
}

/** Textures with STORAGE_BINDING usage, of the maps' size. */
export type MapTextures = Readonly<Record<(typeof BAKE_TEXTURES)[number], GPUTexture>>;

const passes = new WeakMap<GPUDevice, Promise<BakePass>>();

/** The compiled baking shader of a device; compiled once. */
export class BakePass {
  readonly #device: GPUDevice;
  readonly #layout: GPUBindGroupLayout;
  readonly #pipeline: GPUComputePipeline;

  private constructor(device: GPUDevice, layout: GPUBindGroupLayout, pipeline: GPUComputePipeline) {
    this.#device = device;
    this.#layout = layout;
    this.#pipeline = pipeline;
  }

  /** @throws UnsupportedError when the device does not take the shader. */
  static of(device: GPUDevice): Promise<BakePass> {
    let pass = passes.get(device);
    if (!pass) {
      pass = BakePass.#compile(device);
      passes.set(device, pass);
      pass.catch(() => passes.delete(device));
    }
    return pass;
  }

  static async #compile(device: GPUDevice): Promise<BakePass> {
    const buffers = BAKE_BUFFERS.map((_, binding) => ({
      binding,
      visibility: COMPUTE,
      buffer: { type: "read-only-storage" as const },
    }));
    const textures = BAKE_TEXTURES.map((_, i) => ({
      binding: buffers.length + i,
      visibility: COMPUTE,
      storageTexture: { access: "write-only" as const, format: FORMAT },
    }));
    const size = {
      binding: buffers.length + textures.length,
      visibility: COMPUTE,
      buffer: { type: "uniform" as const },
    };
    const layout = device.createBindGroupLayout({ label: "bake", entries: [...buffers, ...textures, size] });
    return new BakePass(device, layout, await compileKernel(device, layout, "bake", BAKE_SHADER));
  }

  /**
   * Computes the first level of all textures: one dispatch, one submit, two small uploads, nothing read back. The maps' buffers may be
   * written again afterwards.
   */
  run(maps: MapBuffers, textures: MapTextures): void {
    const { width, height } = maps;
    const fan = horizonOffsets(width, height);
    const ways = fan.flatMap((offsets) =>
      offsets.flatMap(([x, y], i) => [x, y, Math.sqrt(x * x + y * y), i === offsets.length - 1 ? 1 : 0]),
    );
    const size = new Float32Array([0, 0, fan.length, maps.metallic ? 1 : 0]);
    new Uint32Array(size.buffer).set([width, height]);
    const sizeBuffer = this.#upload("size of maps", size, UNIFORM);
    const waysBuffer = this.#upload("ways to horizons", Float32Array.from(ways), STORAGE);
    const buffers = { ...maps, metallic: maps.metallic ?? maps.roughness, ways: waysBuffer };
    const resources: GPUBindingResource[] = [
      ...BAKE_BUFFERS.map((name) => ({ buffer: buffers[name] })),
      ...BAKE_TEXTURES.map((name) => textures[name].createView({ baseMipLevel: 0, mipLevelCount: 1 })),
      { buffer: sizeBuffer },
    ];
    const group = this.#device.createBindGroup({
      label: "bake",
      layout: this.#layout,
      entries: resources.map((resource, binding) => ({ binding, resource })),
    });
    const encoder = this.#device.createCommandEncoder({ label: "bake" });
    const pass = encoder.beginComputePass({ label: "bake" });
    pass.setPipeline(this.#pipeline);
    pass.setBindGroup(0, group);
    pass.dispatchWorkgroups(Math.ceil(width / BAKE_TILE), Math.ceil(height / BAKE_TILE));
    pass.end();
    this.#device.queue.submit([encoder.finish()]);
    sizeBuffer.destroy(); // what is submitted still sees them
    waysBuffer.destroy();
  }

  #upload(label: string, values: Float32Array<ArrayBuffer>, usage: number): GPUBuffer {
    const buffer = this.#device.createBuffer({ label, size: values.byteLength, usage, mappedAtCreation: true });
    new Float32Array(buffer.getMappedRange()).set(values);
    buffer.unmap();
    return buffer;
  }
}
