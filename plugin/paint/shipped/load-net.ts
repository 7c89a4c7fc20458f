import { sha256 } from "../../core/sha-256.ts";
import { readBytes } from "../../core/storage.ts";
import { startBackend, type NetsBackend } from "../../nets/start-backend.ts";

/** Where a network computes. */
export interface NetOptions {
  /** wasm: one thread, the same numbers at every run. */
  readonly backend: NetsBackend;
  /** Where tfjs-backend-wasm-simd.wasm lies; needed on pages and in their workers, see `useWasmBackend`. */
  readonly wasmUrl?: string | URL;
  readonly signal?: AbortSignal;
}

/**
 * Fetches a network's file and makes its backend ready.
 *
 * @param what - What the file is called in messages, e.g. `Denoiser`.
 * @param build - Makes of it what its user holds; the hash is the file's SHA-256, 64 hex digits, or null on
 * pages that have none.
 */
export async function loadNet<T>(
  what: string,
  source: string | URL | Uint8Array,
  { backend, wasmUrl, signal }: NetOptions,
  build: (bytes: Uint8Array, who: string, fileHash: string | null) => T | Promise<T>,
): Promise<T> {
  const isAddress = !(source instanceof Uint8Array);
  const who = isAddress ? `${what} file "${String(source)}"` : `${what} file`;
  const bytes = isAddress ? await readBytes(String(source), signal ? { signal } : {}) : source;
  await startBackend(backend, wasmUrl === undefined ? {} : { wasmUrl });
  const fileHash = await sha256(Uint8Array.from(bytes));
  signal?.throwIfAborted();
  return build(bytes, who, fileHash);
}
