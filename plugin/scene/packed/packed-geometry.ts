import { fromBase64, toBase64 } from "../../core/base64.ts";
import type { PackedGeometry } from "./packed-scene.ts";

/** Triangles as plain numbers. */
export interface Triangles {
  /** [vertices, 3]. */
  readonly positions: Float32Array;
  /** [triangles, 3]. */
  readonly indices: Uint32Array;
}

/** Writes triangles down. */
export function packGeometry(positions: ArrayLike<number>, indices: ArrayLike<number>): PackedGeometry {
  const floats = new DataView(new ArrayBuffer(4 * positions.length));
  for (let i = 0; i < positions.length; i++) floats.setFloat32(4 * i, positions[i], true);
  const wholes = new DataView(new ArrayBuffer(4 * indices.length));
  for (let i = 0; i < indices.length; i++) wholes.setUint32(4 * i, indices[i], true);
  return { positions: toBase64(new Uint8Array(floats.buffer)), indices: toBase64(new Uint8Array(wholes.buffer)) };
}

/** Reads what `packGeometry` wrote. Vertices that no triangle has are there, too. */
export function unpackGeometry({ positions, indices }: PackedGeometry): Triangles {
  const floats = viewOf(fromBase64(positions));
  const wholes = viewOf(fromBase64(indices));
  return {
    positions: Float32Array.from({ length: floats.byteLength / 4 }, (_, i) => floats.getFloat32(4 * i, true)),
    indices: Uint32Array.from({ length: wholes.byteLength / 4 }, (_, i) => wholes.getUint32(4 * i, true)),
  };
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength - (byteLength % 4));
}
