import type { SurfaceMaps } from "../maps/surface-maps.ts";
import type { MaterialParts } from "./surface.ts";

/** A seamless procedural material: its surface, and what is known of it because it was made from numbers. */
export interface MaterialMaps extends SurfaceMaps {
  /** Which piece each pixel belongs to, [height, width]: 0 between pieces (mortar, gaps, ground), else its number. */
  readonly layout: Uint16Array;
  /** What was asked for, [12], in the order of `ATTRIBUTE_LABELS`. */
  readonly attributes: Float32Array;
  /** How its parts lie, where that was asked for and the class tells more than the layout does: threads, rings, veins, rivets. */
  readonly parts?: MaterialParts;
}
