/** What plugin/nets/assembly exports. Pointers are byte addresses in the memory that was imported. */
export interface TeachKernels {
  segmentSum(values: number, ids: number, sums: number, rows: number, width: number, segments: number): void;
}

let compiling: Promise<WebAssembly.Module> | undefined;

/** An instance that works on somebody's memory. Compiled once. */
export async function loadTeachKernels(memory: WebAssembly.Memory): Promise<TeachKernels> {
  compiling ??= compile();
  // A download that failed may be tried again.
  compiling.catch(() => (compiling = undefined));
  const instance = await WebAssembly.instantiate(await compiling, { env: { memory } });
  return instance.exports as unknown as TeachKernels;
}

async function compile(): Promise<WebAssembly.Module> {
  const { default: text } = await import("../generated/teach-strict.ts");
  return WebAssembly.compile(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
}
