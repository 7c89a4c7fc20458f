/** The part of the npm package `webgpu` that is used. */
interface WebGpuPackage {
  create(flags: readonly string[]): GPU;
  /** `GPUBufferUsage` and its like. */
  readonly globals: Readonly<Record<string, unknown>>;
}

/** No dependency of this project: a variable keeps types and bundlers from looking for it. */
const PACKAGE: string = "webgpu";

/**
 * Gives Node the WebGPU of browsers, `navigator.gpu` and its constants, by the npm package `webgpu` (Dawn), where it is installed.
 *
 * @throws Error where it is not.
 */
export async function provideWebGpu(): Promise<void> {
  if ((globalThis as { navigator?: { gpu?: GPU } }).navigator?.gpu) return;
  const { create, globals } = await import(PACKAGE).then(
    (found) => found as WebGpuPackage,
    (cause: unknown) => {
      throw new Error(
        `--backend webgpu: needed the package "webgpu" for WebGPU in Node, came "${cause instanceof Error ? cause.message : String(cause)}". Install it: npm i --no-save webgpu.`,
        { cause },
      );
    },
  );
  Object.assign(globalThis, globals);
  const gpu = create([]);
  // Node 20 has no navigator, later versions have one that takes no property of another kind than its own.
  const navigator: object = (globalThis as { navigator?: object }).navigator ?? {};
  Object.defineProperty(navigator, "gpu", { value: gpu, configurable: true });
  Object.defineProperty(globalThis, "navigator", { value: navigator, configurable: true });
}
