import type { Policy } from "../core/policy.ts";
import { decodePolicy, encodePolicy } from "../core/policy-file.ts";
import { readBytes, writeBytes } from "../core/storage.ts";
import type { KernelOptions } from "./kernels.ts";
import { createPolicy } from "./wasm-policy.ts";

/** How to load a policy. */
export interface LoadPolicyOptions extends KernelOptions {
  /** Gives the loading up. */
  readonly signal?: AbortSignal;
}

/**
 * Loads a policy that is ready to decide.
 *
 * @param url - `https:` or relative, `indexeddb://name`, or `file:` in Node.
 * @throws StorageError when nothing can be read there, PolicyFileError when it is no sound policy, UnsupportedError where
 * WebAssembly SIMD is missing.
 */
export async function loadPolicy(url: string, options: LoadPolicyOptions = {}): Promise<Policy> {
  const bytes = await readBytes(url, options.signal ? { signal: options.signal } : {});
  return createPolicy(decodePolicy(bytes, `Policy file "${url}"`), options);
}

/**
 * Stores a policy.
 *
 * @param url - `indexeddb://name`, `downloads://name.bnp`, or `file:` in Node.
 * @throws StorageError when it cannot be written there; what was there before stays.
 */
export async function savePolicy(policy: Policy, url: string): Promise<void> {
  await writeBytes(url, encodePolicy(policy.toData()));
}
