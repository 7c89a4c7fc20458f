/** How often the page asked a GPU for numbers, and how. */
export interface ReadCounts {
  /** Reads by WebGL into ordinary memory, for which the frame waits. */
  waits: number;
  /** Reads by WebGL into a buffer, and `mapAsync` by WebGPU. */
  readbacks: number;
  /** What those brought. */
  bytes: number;
}

/** Counts from now on, on all engines of this page. Call it once. */
export function countReads(): ReadCounts {
  const counts: ReadCounts = { waits: 0, readbacks: 0, bytes: 0 };
  const gl = WebGL2RenderingContext.prototype as unknown as Record<string, (...args: unknown[]) => unknown>;
  const wrap = (prototype: object, name: string, note: (self: unknown, args: readonly unknown[]) => void): void => {
    const methods = prototype as Record<string, (...args: unknown[]) => unknown>;
    const original = methods[name];
    methods[name] = function (this: unknown, ...args: unknown[]) {
      note(this, args);
      return original.apply(this, args);
    };
  };
  wrap(gl, "readPixels", (_, [, , width, height, , , out]) => {
    if (typeof out === "number") {
      counts.readbacks += 1;
      counts.bytes += 4 * (width as number) * (height as number);
    } else counts.waits += 1;
  });
  // A fence that has not been passed yet, or a wait with a timeout, makes the read of a buffer wait.
  const passed = new WeakSet();
  let isPassed = true;
  const wait = gl["clientWaitSync"];
  gl["clientWaitSync"] = function (this: unknown, ...args: unknown[]) {
    if ((args[2] as number) > 0) counts.waits += 1;
    const state = wait.apply(this, args);
    isPassed =
      state === WebGL2RenderingContext.ALREADY_SIGNALED || state === WebGL2RenderingContext.CONDITION_SATISFIED;
    if (isPassed) passed.add(args[0] as WebGLSync);
    return state;
  };
  wrap(gl, "getBufferSubData", () => {
    if (!isPassed) counts.waits += 1;
  });
  wrap(gl, "finish", () => void (counts.waits += 1));
  if ("GPUBuffer" in globalThis) {
    wrap(GPUBuffer.prototype, "mapAsync", (self, [, offset = 0, size]) => {
      counts.readbacks += 1;
      counts.bytes += (size as number | undefined) ?? (self as GPUBuffer).size - (offset as number);
    });
  }
  return counts;
}
