/** A surface as numbers: everything that a physically based renderer needs, or can compute from it. */
export interface SurfaceMaps {
  /** Columns, in pixels. */
  readonly width: number;
  /** Rows, in pixels. */
  readonly height: number;
  /** Colour in linear light, [height, width, 3], each in [0, 1]. `srgbBytes` makes it fit for files. */
  readonly albedo: Float32Array;
  /** How high each point lies, [height, width], in [0, 1]. */
  readonly heights: Float32Array;
  /** What a height of 1 means, in shorter sides of the tile: normals and parallax follow from it. */
  readonly relief: number;
  /** Perceptual roughness, [height, width], in [0, 1]. */
  readonly roughness: Float32Array;
  /** 1 for bare metal, [height, width], in [0, 1]. */
  readonly metallic: Float32Array;
}
