import { countGpuMemory, type GpuMemory } from "./count-gpu-memory.ts";

/** What a page holds that nobody collects by itself, and what it sent to textures. */
export interface PageThings {
  /** Of all WebGPU devices. */
  readonly webgpu: GpuMemory;
  /** Of all WebGL2 contexts. */
  glTextures: number;
  glBuffers: number;
  /** Started and not terminated. */
  workers: number;
  /** Made and not revoked. */
  objectUrls: number;
  /** How often pixels were sent to a texture. */
  textureUploads: number;
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Counts from now on. Call it once, before anything else happens on the page. */
export function countPageThings(): PageThings {
  const webgpu = "GPUDevice" in globalThis ? countGpuMemory() : { buffers: 0, textures: 0, bufferBytes: 0 };
  const things: PageThings = { webgpu, glTextures: 0, glBuffers: 0, workers: 0, objectUrls: 0, textureUploads: 0 };
  const listen = (owner: object, name: string, note: (args: readonly unknown[]) => void): void => {
    const methods = owner as Record<string, Method>;
    const original = methods[name];
    methods[name] = function (...args) {
      note(args);
      return original.apply(this, args);
    };
  };
  const gl = WebGL2RenderingContext.prototype;
  listen(gl, "createTexture", () => void (things.glTextures += 1));
  listen(gl, "deleteTexture", ([texture]) => void (things.glTextures -= texture ? 1 : 0));
  listen(gl, "createBuffer", () => void (things.glBuffers += 1));
  listen(gl, "deleteBuffer", ([buffer]) => void (things.glBuffers -= buffer ? 1 : 0));
  const sent = (args: readonly unknown[]): void => void (things.textureUploads += ArrayBuffer.isView(args[8]) ? 1 : 0);
  listen(gl, "texImage2D", sent);
  listen(gl, "texSubImage2D", sent);
  if ("GPUQueue" in globalThis) {
    listen(GPUQueue.prototype, "writeTexture", () => void (things.textureUploads += 1));
    listen(GPUQueue.prototype, "copyExternalImageToTexture", () => void (things.textureUploads += 1));
  }
  listen(URL, "createObjectURL", () => void (things.objectUrls += 1));
  listen(URL, "revokeObjectURL", () => void (things.objectUrls -= 1));
  const ended = new WeakSet<Worker>();
  const end = Worker.prototype.terminate;
  Worker.prototype.terminate = function (this: Worker) {
    if (!ended.has(this)) things.workers -= 1;
    ended.add(this);
    end.call(this);
  };
  globalThis.Worker = class extends Worker {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      super(...args);
      things.workers += 1;
    }
  };
  return things;
}
