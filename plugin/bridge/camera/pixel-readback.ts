import type { AbstractEngine } from "@babylonjs/core/Engines/abstractEngine.js";
import type { RenderTargetTexture } from "@babylonjs/core/Materials/Textures/renderTargetTexture.js";
import { flushScene, gpuTextureOf, rendererOf } from "../engine-access.ts";
import type { Pixels } from "./picture-stack.ts";

/** A part of a texture, in pixels from its lower left corner. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Brings pixels of a texture into ordinary memory without waiting for them. */
export interface PixelReadback {
  /**
   * Asks for a part of the texture.
   *
   * @param arrive - Called some frames later with the pixels, which are valid only during the call; never called when the context
   * is lost before.
   * @returns Whether it was asked for: a few requests may be under way, not more.
   */
  start(target: RenderTargetTexture, region: Region, arrive: (pixels: Pixels) => void): boolean;
  /** Looks whether something arrived. Never waits. */
  poll(): void;
  /** Forgets what is under way. May be called twice. */
  dispose(): void;
}

/** Requests under way at most: a GPU that is further behind gets no more work. */
const MOST_REQUESTS = 3;
/** `GPUBufferUsage.MAP_READ | COPY_DST` and `GPUMapMode.READ`. */
const STAGING = 0x1 | 0x8;
const READ = 0x1;

/** @returns A readback for an engine that draws by WebGL2 or WebGPU. */
export function createPixelReadback(engine: AbstractEngine): PixelReadback {
  const renderer = rendererOf(engine);
  if (renderer.kind === "webgpu") return new WebGpuReadback(engine, renderer.device);
  if (renderer.kind === "webgl2") return new WebGl2Readback(engine, renderer.context);
  throw new Error("createPixelReadback: needed an engine that draws, came none. Check it with rendererOf first.");
}

/** Reads a part of a texture and waits for it; by WebGL2 only. */
export function readPixelsNow(
  engine: AbstractEngine,
  target: RenderTargetTexture,
  { x, y, width, height }: Region,
  out: Uint8Array,
): void {
  const renderer = rendererOf(engine);
  const wrapper = target.renderTarget;
  if (renderer.kind !== "webgl2" || !wrapper) return;
  const gl = renderer.context;
  engine.bindFramebuffer(wrapper);
  gl.readPixels(x, y, width, height, gl.RGBA, gl.UNSIGNED_BYTE, out);
  engine.unBindFramebuffer(wrapper);
}

interface GpuSlot {
  buffer: GPUBuffer;
  isBusy: boolean;
}

class WebGpuReadback implements PixelReadback {
  readonly #engine: AbstractEngine;
  readonly #device: GPUDevice;
  readonly #slots: GpuSlot[] = [];
  #disposed = false;

  constructor(engine: AbstractEngine, device: GPUDevice) {
    this.#engine = engine;
    this.#device = device;
  }

  start(target: RenderTargetTexture, region: Region, arrive: (pixels: Pixels) => void): boolean {
    const texture = gpuTextureOf(target);
    const bytesPerRow = Math.ceil((4 * region.width) / 256) * 256;
    const size = bytesPerRow * region.height;
    const slot = this.#take(size);
    if (!texture || !slot) return false;
    flushScene(this.#engine);
    const encoder = this.#device.createCommandEncoder({ label: "pictures" });
    const { x, y, width, height } = region;
    encoder.copyTextureToBuffer({ texture, origin: { x, y } }, { buffer: slot.buffer, bytesPerRow }, { width, height });
    this.#device.queue.submit([encoder.finish()]);
    slot.isBusy = true;
    slot.buffer.mapAsync(READ, 0, size).then(
      () => {
        if (this.#disposed) return;
        arrive({ bytes: new Uint8Array(slot.buffer.getMappedRange(0, size)), offset: 0, bytesPerRow });
        slot.buffer.unmap();
        slot.isBusy = false;
      },
      () => {}, // the device is lost, and the slot with it
    );
    return true;
  }

  poll(): void {}

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const { buffer } of this.#slots) buffer.destroy();
  }

  /** A free slot with room for so many bytes, or null. */
  #take(size: number): GpuSlot | null {
    const create = (): GPUBuffer => this.#device.createBuffer({ label: "pictures", size, usage: STAGING });
    const free = this.#slots.find((slot) => !slot.isBusy);
    if (!free) {
      if (this.#slots.length === MOST_REQUESTS) return null;
      const slot = { buffer: create(), isBusy: false };
      this.#slots.push(slot);
      return slot;
    }
    if (free.buffer.size < size) {
      free.buffer.destroy();
      free.buffer = create();
    }
    return free;
  }
}

interface GlSlot {
  readonly buffer: WebGLBuffer;
  size: number;
  fence: WebGLSync | null;
  bytesPerRow: number;
  arrive: (pixels: Pixels) => void;
}

class WebGl2Readback implements PixelReadback {
  readonly #engine: AbstractEngine;
  readonly #context: WebGL2RenderingContext;
  readonly #slots: GlSlot[] = [];
  /** In the order in which they were asked for: a slot that is used again comes after the others. */
  readonly #underWay: GlSlot[] = [];
  #bytes = new Uint8Array(0);

  constructor(engine: AbstractEngine, context: WebGL2RenderingContext) {
    this.#engine = engine;
    this.#context = context;
  }

  start(target: RenderTargetTexture, region: Region, arrive: (pixels: Pixels) => void): boolean {
    const gl = this.#context;
    const wrapper = target.renderTarget;
    const slot = this.#take();
    if (!wrapper || !slot) return false;
    const { x, y, width, height } = region;
    slot.bytesPerRow = 4 * width;
    slot.arrive = arrive;
    this.#engine.bindFramebuffer(wrapper);
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, slot.buffer);
    slot.size = 4 * width * height;
    gl.bufferData(gl.PIXEL_PACK_BUFFER, slot.size, gl.STREAM_READ);
    gl.readPixels(x, y, width, height, gl.RGBA, gl.UNSIGNED_BYTE, 0); // into the buffer, so it returns at once
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
    this.#engine.unBindFramebuffer(wrapper);
    slot.fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    gl.flush();
    if (slot.fence) this.#underWay.push(slot); // none when the context is lost
    return true;
  }

  poll(): void {
    const gl = this.#context;
    while (this.#underWay.length > 0) {
      const [slot] = this.#underWay;
      const state = gl.clientWaitSync(slot.fence!, 0, 0); // a timeout of 0 asks and does not wait
      if (state !== gl.ALREADY_SIGNALED && state !== gl.CONDITION_SATISFIED) return;
      this.#underWay.shift();
      gl.deleteSync(slot.fence);
      slot.fence = null;
      if (this.#bytes.length < slot.size) this.#bytes = new Uint8Array(slot.size);
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, slot.buffer);
      gl.getBufferSubData(gl.PIXEL_PACK_BUFFER, 0, this.#bytes, 0, slot.size);
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
      slot.arrive({ bytes: this.#bytes, offset: 0, bytesPerRow: slot.bytesPerRow });
    }
  }

  dispose(): void {
    for (const { fence, buffer } of this.#slots) {
      if (fence) this.#context.deleteSync(fence);
      this.#context.deleteBuffer(buffer);
    }
    this.#slots.length = 0;
    this.#underWay.length = 0;
  }

  #take(): GlSlot | null {
    const free = this.#slots.find(({ fence }) => !fence);
    if (free) return free;
    if (this.#slots.length === MOST_REQUESTS) return null;
    const slot = { buffer: this.#context.createBuffer(), size: 0, fence: null, bytesPerRow: 0, arrive: () => {} };
    this.#slots.push(slot);
    return slot;
  }
}
