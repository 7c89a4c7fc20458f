import type { SurfaceMaps } from "../maps/surface-maps.ts";

/** A seamless procedural material: its surface, and what is known of it because it was made from numbers. */
export interface MaterialMaps extends SurfaceMaps {
  /** Which piece each pixel belongs to, [height, width]: 0 between pieces (mortar, gaps, ground), else its number. */
  readonly layout: Uint16Array;
  /** What was asked for, [12], in the order of `ATTRIBUTE_LABELS`. */
  readonly attributes: Float32Array;
}
