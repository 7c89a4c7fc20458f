/**
 * How a texture was made: enough to make the same pixels again, given the same pictures. Plain JSON; it travels in a node's
 * or a texture's metadata, in PNG files and in zips.
 */
export interface TextureRecipe {
  readonly format: "babylon-neural-texture";
  readonly version: 1;
  /** The name of the `TextureGenerator`. */
  readonly generator: string;
  /** Which of the endless variations; its lowest 32 bits count. */
  readonly seed: number;
  /** Columns, in pixels. */
  readonly width: number;
  /** Rows, in pixels. */
  readonly height: number;
  /** What the generator was set with; plain JSON, checked by the generator. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The pictures that went in, without their pixels. */
  readonly pictures: readonly RecipePicture[];
  /** SHA-256 of the file of the network that estimated maps, 64 hex digits, where one did. */
  readonly estimator?: string;
  /** SHA-256 of the file of the network that imagined the material, 64 hex digits, where one did. */
  readonly imaginer?: string;
  /** SHA-256 of the file of what that network had learned besides, 64 hex digits, where it had. */
  readonly imaginerFit?: string;
}

/** One picture of a recipe. */
export interface RecipePicture {
  /** What it is for, in the generator's words, e.g. `"example"`, `"guide"`, `"mask"`. */
  readonly role: string;
  /** SHA-256 of its size and its pixels as 64 hex digits, by `pictureHash`: tells whether it is still the same picture. */
  readonly hash: string;
  /** The file's name, for people. */
  readonly name: string;
  /** Columns and rows, in pixels. */
  readonly width: number;
  readonly height: number;
}
