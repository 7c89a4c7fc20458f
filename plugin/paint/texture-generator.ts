import type { SurfaceMaps } from "./maps/surface-maps.ts";
import type { Picture } from "./picture.ts";

/**
 * Something that makes seamless materials: a procedural graph, a synthesis from one picture, a network. All of them take an
 * order and give maps; none of them shows a tensor.
 */
export interface TextureGenerator {
  /** As recipes say it, e.g. `"procedural"`. */
  readonly name: string;
  /** One sentence for people who choose. */
  readonly describe: string;
  /**
   * Checks an order before any work.
   *
   * @returns The order with every setting that was left out, so that a recipe says all that makes the pixels.
   * @throws ConfigurationError for an order that cannot be.
   */
  check(order: PaintOrder): PaintOrder;
  /**
   * Paints one material. The same order gives the same numbers in the same engine on the WASM and CPU paths.
   *
   * Rests often enough that messages get through, and ends soon after `signal` is aborted, with its reason and nothing left
   * behind.
   *
   * @throws ConfigurationError for an order that cannot be, before any work; the signal's reason when cancelled.
   */
  paint(order: PaintOrder, watch?: PaintWatch): Promise<SurfaceMaps>;
}

/** What is wanted. Plain data: it can be posted to a worker and, but for the pictures, stored as JSON. */
export interface PaintOrder {
  /** Which of the endless variations; its lowest 32 bits count. */
  readonly seed: number;
  /** Columns, in pixels. */
  readonly width: number;
  /** Rows, in pixels. */
  readonly height: number;
  /** As the generator documents them; what is left out takes the generator's default. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** What it paints from; none for generators that need none. */
  readonly pictures: readonly OrderPicture[];
}

/** A picture with its part in the order. */
export interface OrderPicture {
  /** In the generator's words, e.g. `"example"`, `"guide"`, `"mask"`. */
  readonly role: string;
  /** The file's name, for people. */
  readonly name: string;
  /** As in the file: sRGB values in [0, 1], 3 channels; masks and guides as the generator says. */
  readonly picture: Picture;
}

/** How a painting is followed and stopped. */
export interface PaintWatch {
  /** Ends the work. */
  readonly signal?: AbortSignal;
  /** Called at once and then up to ten times a second. */
  readonly onProgress?: (progress: PaintProgress) => void;
}

/** How far a painting is. */
export interface PaintProgress {
  /** The share of the work that is done, in [0, 1]; never falls. */
  readonly done: number;
  /** What is being done, for people: `"Finding shapes"`. */
  readonly stage: string;
  /**
   * What it looks like by now, made when called; null where there is nothing to see yet. Its size may differ from the final
   * one.
   */
  readonly preview: () => PaintPreview | null;
}

/** A picture to look at while the work goes on. */
export interface PaintPreview {
  readonly width: number;
  readonly height: number;
  /** sRGB with alpha, [height, width, 4]. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
}
