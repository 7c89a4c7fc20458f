import type { PaintedMaterial } from "../../../plugin/paint.ts";

/** SHA-256 of all images of a material, as text. */
export async function digestImages({ images }: Pick<PaintedMaterial, "images">): Promise<string> {
  const bytes = await new Blob([images.albedo, images.normal, images.orm, images.heights]).arrayBuffer();
  return Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)), (byte) => byte.toString(16)).join("");
}
