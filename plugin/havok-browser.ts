import type { HavokPhysicsWithBindings } from "@babylonjs/havok";
import { UnsupportedError } from "./core/errors.ts";

/**
 * Loads the Havok physics engine on a page or in a worker.
 *
 * With Vite: `import wasmUrl from "@babylonjs/havok/lib/esm/HavokPhysics.wasm?url"`.
 *
 * @param wasmUrl - Where HavokPhysics.wasm lies.
 * @throws UnsupportedError when there is no WebAssembly module at that place.
 */
export async function loadHavok(wasmUrl: string | URL): Promise<HavokPhysicsWithBindings> {
  const wasmBinary = await fetchModule(wasmUrl);
  const { default: HavokPhysics } = await import("@babylonjs/havok");
  return HavokPhysics({ wasmBinary });
}

async function fetchModule(url: string | URL): Promise<ArrayBuffer> {
  const advice = "Copy the file from @babylonjs/havok/lib/esm to the site and pass its URL.";
  const needed = `loadHavok: needed HavokPhysics.wasm at "${String(url)}"`;
  let response: Response;
  try {
    response = await fetch(url);
  } catch (cause) {
    throw new UnsupportedError(`${needed}, came no answer. ${advice}`, { cause });
  }
  if (!response.ok) throw new UnsupportedError(`${needed}, came HTTP ${response.status}. ${advice}`);
  const bytes = await response.arrayBuffer();
  // Many servers answer a missing file with a page: Havok's own message about that helps nobody.
  if (bytes.byteLength < 4 || new DataView(bytes).getUint32(0) !== 0x0061736d) {
    throw new UnsupportedError(`${needed}, came something that is no WebAssembly. ${advice}`);
  }
  return bytes;
}
