import * as tf from "@tensorflow/tfjs";
import type { Edges } from "../../nets/layers/pad-edges.ts";
import type { PhotoMaps, PhotoNet } from "./photo-net.ts";
import { turnedToQuarter } from "./quarter.ts";
import { placeInWindow, windowOf } from "../tiles/tiles.ts";
import { throughWindow, type Rectangle } from "../tiles/window.ts";

/** How a picture is looked at. */
export interface View {
  readonly edges: Edges;
  /** From where its light comes, [1, 2], see `lightVector`; null for a network that is not told. */
  readonly light: tf.Tensor2D | null;
}

/** Pixels around a tile so that its borders see enough of their surroundings; a multiple of the stride. */
const MARGIN = 64;

/** What a network says of a rectangle of a picture that goes on beyond its borders, each [1, tile.height, tile.width, …]. In `tf.tidy`. */
export function tileMaps(
  net: PhotoNet,
  picture: tf.Tensor4D,
  tile: Rectangle,
  { view, means }: { readonly view: View; readonly means?: tf.Tensor2D | undefined },
): PhotoMaps {
  const { seen, skips, window, beyond } = encode(net, picture, tile, view);
  const maps = net.decode(seen, skips, beyond, means ?? meansOf(net, skips, tile, window));
  const cut = (map: tf.Tensor4D): tf.Tensor4D => {
    const back = view.light ? turnedToQuarter(map, view.light) : map;
    if (!window) return back;
    const from: [number, number, number, number] = [0, tile.top - window.top, tile.left - window.left, 0];
    return tf.slice(back, from, [1, tile.height, tile.width, map.shape[3]]);
  };
  return { heights: cut(maps.heights), roughness: cut(maps.roughness), albedo: cut(maps.albedo) };
}

/** What a tile is like as a whole, without its surroundings, [1, numbers]. In `tf.tidy`. */
export function tileMeans(net: PhotoNet, picture: tf.Tensor4D, tile: Rectangle, view: View): tf.Tensor2D {
  const { skips, window } = encode(net, picture, tile, view);
  return meansOf(net, skips, tile, window);
}

type Skips = ReturnType<PhotoNet["encode"]>;

interface Encoded {
  readonly seen: tf.Tensor4D;
  readonly skips: Skips;
  readonly window: Rectangle | null;
  readonly beyond: Edges;
}

/** The way down, with the picture mirrored so that its light comes from the upper right. */
function encode(net: PhotoNet, picture: tf.Tensor4D, tile: Rectangle, { edges, light }: View): Encoded {
  const [, height, width] = picture.shape;
  const window = windowOf({ stride: net.stride, margin: MARGIN }, { height, width }, tile);
  const beyond = window ? "mirror" : edges;
  const shown = window ? throughWindow(picture, window, edges) : picture;
  if (!light) return { seen: shown, skips: net.encode(shown, beyond), window, beyond };
  const seen = turnedToQuarter(shown, light);
  return { seen, skips: net.encode(seen, beyond, tf.abs(light)), window, beyond };
}

function meansOf(net: PhotoNet, skips: Skips, tile: Rectangle, window: Rectangle | null): tf.Tensor2D {
  return net.means(skips, window ? placeInWindow(tile, window, net.stride) : undefined);
}
