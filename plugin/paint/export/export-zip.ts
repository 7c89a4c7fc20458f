import { UnsupportedError } from "../../core/errors.ts";
import type { NormalConvention } from "../maps/normal-map.ts";
import type { PaintedMaterial } from "../painter/paint-request.ts";
import type { OrderPicture } from "../texture-generator.ts";

/** What goes into a zip besides the maps. */
export interface ZipOptions {
  /** The pictures that the recipe names, in its order: with them in it, the zip can be painted again. Default none. */
  readonly pictures?: readonly Pick<OrderPicture, "picture">[];
  /** Which way green points in the normal map. Default `"opengl"`; Unreal wants `"directx"`. */
  readonly normals?: NormalConvention;
}

/** Packs. */
export function exportZip(
  painted: Pick<PaintedMaterial, "recipe" | "images">,
  options: ZipOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  void painted;
  void options;
  return Promise.reject(new UnsupportedError("exportZip: not built yet."));
}
