import { breathe } from "../../core/breathe.ts";
import { ConfigurationError } from "../../core/errors.ts";
import { linearColours } from "../maps/linear-colours.ts";
import type { SurfaceMaps } from "../maps/surface-maps.ts";
import type { Picture } from "../picture.ts";
import { synthesise } from "../synthesis/synthesise.ts";
import type { SynthesisExample, SynthesisOptions } from "../synthesis/synthesis-options.ts";
import type { PaintOrder, PaintWatch, TextureGenerator } from "../texture-generator.ts";
import { assertOrder, picturesAs } from "./check-order.ts";
import { assertParts, EXAMPLE_ROLES, MAP_ROLES } from "./example-parts.ts";
import { channelOf, nearestPicture, scaledPicture, stacked } from "./fit-picture.ts";
import { lightSetting } from "./light-setting.ts";
import { picturePreview, surfacePreview } from "./preview.ts";
import { Settings } from "./settings.ts";
import type { EstimateOptions, FindEstimator, SurfaceEstimator } from "./surface-estimator.ts";

const WHO = 'Generator "example"';
const LEAST_SIDE = 16;
const SETTINGS = ["layout", "weights", "quality", "regularity", "relief", "maps", "evenLight", "light"] as const;
/** How deep a surface is whose depth nobody knows, in shorter sides of the tile. Chosen by eye on cobbles and bricks. */
const USUAL_RELIEF = 0.05;
const FLAT_HEIGHT = 0.5;
const USUAL_ROUGHNESS = 0.8;
/** The share of the work that making the picture is, where maps are estimated afterwards. */
const PICTURE_SHARE = 0.9;

/**
 * Materials that look like pictures which somebody gives. No weights are needed for the picture itself.
 *
 * Pictures, by role: one or more `"example"`; for each of them, in order, all or none of a `"sampleMask"` (black is not copied),
 * an `"exampleGuide"`, and maps that belong to it: `"exampleHeights"`, `"exampleRoughness"`, `"exampleMetallic"`; one `"guide"`
 * of the result with the colours of the examples' guides; one `"region"` of the example's size: white is made anew, all else stays.
 * An example that is larger than the result is made smaller first, so that the result shows as much of it.
 *
 * | setting | meaning | default |
 * |---|---|---|
 * | `layout` | `"new"` invents where things are, `"kept"` only mends the seams | `"new"`; with a region `"kept"` |
 * | `weights` | the share of each example in a mix, a list of numbers from 0 to 1000 | equal |
 * | `quality` | `"fast"`, `"good"` or `"best"` | `"good"` |
 * | `regularity` | how firmly periods are held, 0 to 1 | as the picture is |
 * | `relief` | what a height of 1 means, in shorter sides of the tile, 0 to 1 | as it seems; 0.05 with maps of its own |
 * | `maps` | `"estimated"` by a network from the picture, or `"flat"` | `"estimated"` where there is a network |
 * | `evenLight` | whether light and shade are taken out of the colour, where maps are estimated | true |
 * | `light` | from where the light of the example comes, where maps are estimated: `"find"`, `"shade"`, or `{ azimuth }` in radians, 0 from the right, π/2 from the top | `"find"` |
 *
 * With maps of its own the whole stack is made together, so that all maps stay registered; then `maps` has no say.
 *
 * @param findEstimator - Gives the network for `"estimated"`; null where there is none.
 */
export function exampleGenerator(findEstimator: FindEstimator | null): TextureGenerator {
  return {
    name: "example",
    describe: "More of what a picture shows, without seams.",

    check(order) {
      assertOrder(WHO, order, EXAMPLE_ROLES, LEAST_SIDE);
      assertParts(WHO, order);
      return { ...order, settings: completeSettings(order, findEstimator !== null) };
    },

    async paint(order, watch = {}) {
      const checked = this.check(order);
      watch.signal?.throwIfAborted();
      watch.onProgress?.({ done: 0, stage: "Getting ready", preview: () => null });
      // Before the long work, so that a network that cannot be had is known at once.
      const estimator = checked.settings["maps"] === "estimated" ? await findEstimator!() : null;
      await breathe();
      watch.signal?.throwIfAborted();
      const made = await synthesise(...synthesisOf(checked, watch, estimator ? PICTURE_SHARE : 1));
      const maps = estimator ? await estimated(estimator, made, checked, watch) : unstacked(made, checked);
      const stage = checked.settings["maps"] === "flat" ? "Done: flat, since only its colours are known" : "Done";
      watch.onProgress?.({ done: 1, stage, preview: () => surfacePreview(maps) });
      return maps;
    },
  };
}

function completeSettings(order: PaintOrder, hasEstimator: boolean): Readonly<Record<string, unknown>> {
  const settings = new Settings(WHO, order.settings, SETTINGS);
  const hasRegion = picturesAs(order, "region").length > 0;
  const layout = settings.choice("layout", ["new", "kept"], hasRegion ? "kept" : "new");
  if (hasRegion && layout === "new") settings.refuse("layout", '"kept" with a region', layout);
  const hasMaps = MAP_ROLES.some((role) => picturesAs(order, role).length > 0);
  const maps = settings.choice(
    "maps",
    ["estimated", "flat"],
    hasMaps ? undefined : hasEstimator ? "estimated" : "flat",
  );
  if (hasMaps && maps) settings.refuse("maps", "to be left out with maps of the example's own", maps);
  if (maps === "estimated" && !hasEstimator) {
    throw new ConfigurationError(
      `${WHO}: needed a network to estimate maps with, came none. Give servePainting an estimatorUrl, or set maps to "flat".`,
    );
  }
  const relief = settings.number("relief", 0, 1, maps === "estimated" ? undefined : USUAL_RELIEF);
  if (maps === "estimated" && relief === 0) settings.refuse("relief", "a number above 0 where maps are estimated", 0);
  const complete = {
    layout,
    weights: weightsOf(settings, picturesAs(order, "example").length),
    quality: settings.choice("quality", ["fast", "good", "best"], "good"),
    regularity: settings.number("regularity", 0, 1, undefined),
    relief,
    maps,
    evenLight: settings.flag("evenLight", true),
    light: lightSetting(settings),
  };
  return Object.fromEntries(Object.entries(complete).filter(([, value]) => value !== undefined));
}

function weightsOf(settings: Settings, examples: number): readonly number[] | undefined {
  const weights = settings.raw("weights");
  if (weights === undefined) return undefined;
  const fits =
    Array.isArray(weights) &&
    weights.length === examples &&
    weights.every((weight) => typeof weight === "number" && weight >= 0 && weight <= 1000) &&
    weights.some((weight) => weight > 0);
  if (!fits) settings.refuse("weights", `${examples} numbers from 0 to 1000, not all of them 0`, weights);
  return weights as number[];
}

/** What the synthesis is called with. */
function synthesisOf(
  order: PaintOrder,
  { signal, onProgress }: PaintWatch,
  share: number,
): [SynthesisExample[], SynthesisOptions] {
  const { seed, width, height, settings } = order;
  const region = picturesAs(order, "region").at(0)?.picture;
  const guide = picturesAs(order, "guide").at(0)?.picture;
  const weights = settings["weights"] as readonly number[] | undefined;
  const examples = picturesAs(order, "example").map(({ picture }, index): SynthesisExample => {
    const size = region ? order : shownSize(picture, order);
    const layers = [scaledPicture(picture, size)];
    for (const role of MAP_ROLES) {
      const map = picturesAs(order, role).at(index)?.picture;
      if (map) layers.push(scaledPicture(channelOf(map, 0), size));
    }
    const mask = picturesAs(order, "sampleMask").at(index)?.picture;
    const exampleGuide = picturesAs(order, "exampleGuide").at(index)?.picture;
    return {
      picture: stacked(layers),
      ...(weights ? { weight: weights[index] } : {}),
      ...(mask ? { sampleMask: nearestPicture(channelOf(mask, 0), size) } : {}),
      ...(exampleGuide ? { guide: nearestPicture(exampleGuide, size) } : {}),
    };
  });
  const regularity = settings["regularity"] as number | undefined;
  const options: SynthesisOptions = {
    seed,
    size: { height, width },
    layout: settings["layout"] as "new" | "kept",
    quality: settings["quality"] as "fast" | "good" | "best",
    ...(regularity === undefined ? {} : { regularity }),
    ...(guide ? { guide: nearestPicture(guide, order) } : {}),
    ...(region ? { region: nearestPicture(channelOf(region, 0), order) } : {}),
    ...(signal ? { signal } : {}),
    ...(onProgress
      ? {
          onProgress: ({ done, stage, preview }) =>
            onProgress({ done: done * share, stage, preview: () => picturePreview(preview()) }),
        }
      : {}),
  };
  return [examples, options];
}

/** How large an example is taken: never larger than it is, and never showing more than fits the result. */
function shownSize(example: Picture, result: PaintOrder): { readonly width: number; readonly height: number } {
  const shrink = Math.min(1, Math.min(result.width, result.height) / Math.min(example.width, example.height));
  const side = (pixels: number): number => Math.max(LEAST_SIDE, Math.round(pixels * shrink));
  return { width: side(example.width), height: side(example.height) };
}

function estimated(
  estimator: SurfaceEstimator,
  made: Picture,
  { settings }: PaintOrder,
  { signal, onProgress }: PaintWatch,
): Promise<SurfaceMaps> {
  const relief = settings["relief"] as number | undefined;
  const preview = (): ReturnType<typeof picturePreview> => picturePreview(made);
  const report = (done: number): void =>
    onProgress?.({ done: PICTURE_SHARE + (1 - PICTURE_SHARE) * done, stage: "Estimating the surface", preview });
  report(0);
  return estimator.estimate(made, {
    edges: "wrap",
    evenLight: settings["evenLight"] as boolean,
    light: settings["light"] as NonNullable<EstimateOptions["light"]>,
    ...(relief === undefined ? {} : { relief }),
    ...(signal ? { signal } : {}),
    onProgress: report,
  });
}

/** The maps that were made together with the picture; plain ones where there was none. */
function unstacked(made: Picture, order: PaintOrder): SurfaceMaps {
  const { width, height } = made;
  const pixels = width * height;
  const colours = new Float32Array(pixels * 3);
  for (let i = 0; i < pixels; i++) {
    for (let channel = 0; channel < 3; channel++) colours[3 * i + channel] = made.pixels[i * made.channels + channel];
  }
  let next = 3;
  const take = (role: (typeof MAP_ROLES)[number], otherwise: number): Float32Array =>
    picturesAs(order, role).length > 0 ? channelOf(made, next++).pixels : new Float32Array(pixels).fill(otherwise);
  return {
    width,
    height,
    albedo: linearColours(colours),
    heights: take("exampleHeights", FLAT_HEIGHT),
    roughness: take("exampleRoughness", USUAL_ROUGHNESS),
    metallic: take("exampleMetallic", 0),
    relief: order.settings["relief"] as number,
  };
}
