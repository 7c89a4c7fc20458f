/** What lives on the GPU by WebGPU's own account. */
export interface GpuMemory {
  buffers: number;
  textures: number;
  /** Bytes of those buffers. */
  bufferBytes: number;
}

type Method = (...args: never[]) => unknown;

/** Counts what is made and destroyed on all devices from now on. Call it once, before the first device is made. */
export function countGpuMemory(): GpuMemory {
  const memory: GpuMemory = { buffers: 0, textures: 0, bufferBytes: 0 };
  const alive = new WeakSet<object>();
  const listen = (prototype: object, name: string, note: (self: object, result: object) => void): void => {
    const methods = prototype as Record<string, Method>;
    const original = methods[name];
    methods[name] = function (this: object, ...args: never[]) {
      const result = original.apply(this, args) as object;
      note(this, result);
      return result;
    };
  };
  listen(GPUDevice.prototype, "createBuffer", (_, buffer) => {
    alive.add(buffer);
    memory.buffers += 1;
    memory.bufferBytes += (buffer as GPUBuffer).size;
  });
  listen(GPUDevice.prototype, "createTexture", (_, texture) => {
    alive.add(texture);
    memory.textures += 1;
  });
  listen(GPUBuffer.prototype, "destroy", (buffer) => {
    if (!alive.delete(buffer)) return;
    memory.buffers -= 1;
    memory.bufferBytes -= (buffer as GPUBuffer).size;
  });
  listen(GPUTexture.prototype, "destroy", (texture) => {
    if (alive.delete(texture)) memory.textures -= 1;
  });
  return memory;
}
