import { breathe } from "../../core/breathe.ts";
import { ConfigurationError } from "../../core/errors.ts";
import { readPieceLayout, type PieceLayout } from "../imaginer/piece-layout.ts";
import { ATTRIBUTE_LABELS } from "../materials/attributes.ts";
import type { PaintOrder, TextureGenerator } from "../texture-generator.ts";
import { assertOrder, picturesAs } from "./check-order.ts";
import { channelOf, nearestPicture } from "./fit-picture.ts";
import { imaginedCode, type Towards } from "./imagined-code.ts";
import { drawnSize, mapsInSize } from "./imagined-size.ts";
import type { FindImaginer } from "./paint-networks.ts";
import { surfacePreview } from "./preview.ts";
import { Settings } from "./settings.ts";

const WHO = 'Generator "imagined"';
const LEAST_SIDE = 8;
const SETTINGS = ["material", "attributes", "code", "weights", "towards", "change", "relief", "pieces"] as const;
/** What a picture can be for. */
const ROLES = ["like", "without", "plus", "layout"];

/**
 * Materials that a network imagines from a code: of a class with its attributes, of pictures, or of arithmetic with them. Seamless at
 * any size of 8 to 4096 pixels a side. The network draws sides that are multiples of 16, up to 2048; other sizes are drawn in the next one of
 * these and resized, so that those above 2048 show the same parts, larger and softer.
 *
 * Where the code comes from is one of: the setting `material`, one of the network's classes, with `attributes` that differ from the
 * class's middle; one or more pictures as `"like"`, mixed by `weights`; the setting `code`, a list of numbers. A picture as `"without"` takes
 * away what it is like, one as `"plus"` adds it: mossy stone without stone plus brick is mossy brick. Where only one of
 * the two is given, the middle of all classes takes the other's place. One as `"layout"` says where pieces are (white) and what lies between
 * them (black).
 *
 * | setting | meaning | default |
 * |---|---|---|
 * | `weights` | the share of each picture, a list of numbers from 0 to 1000 | equal |
 * | `towards` | a class that what comes of all this is mixed with, and its share, 0 to 1, e.g. `{ material: "brick", share: 0.5 }` | none |
 * | `change` | by how much attributes are moved, e.g. `{ moss: 0.5 }`, each from -1 to 1 | none |
 * | `relief` | what a height of 1 means, in shorter sides of the tile, above 0 to 1 | 0.04 |
 * | `pieces` | how pieces lie on the tile, a `PieceLayout`; not with a picture as `"layout"` | as the code plans it |
 *
 * @param findImaginer - Gives the network; null where there is none, then every order is refused.
 */
export function imaginedGenerator(findImaginer: FindImaginer | null): TextureGenerator {
  return {
    name: "imagined",
    describe: "Materials that a network imagines from a class, from pictures, or from arithmetic with them.",

    check(order) {
      assertOrder(WHO, order, ROLES, LEAST_SIDE);
      for (const { role, name, picture } of order.pictures) {
        if (role === "layout" || picture.channels === 3) continue;
        throw new ConfigurationError(
          `${WHO}: needed 3 channels of the picture "${name}", came ${picture.channels}. Read it with readPicture.`,
        );
      }
      for (const role of ["without", "plus", "layout"]) {
        const { length } = picturesAs(order, role);
        if (length > 1) {
          throw new ConfigurationError(
            `${WHO}: needed at most one picture as "${role}", came ${length}. Leave out the others.`,
          );
        }
      }
      const settings = completeSettings(order);
      if (!findImaginer) {
        throw new ConfigurationError(
          `${WHO}: needed a network that imagines, came none. Give servePainting an imaginerUrl.`,
        );
      }
      return { ...order, settings };
    },

    async paint(order, { signal, onProgress } = {}) {
      const checked = this.check(order);
      const rest = async (): Promise<void> => {
        await breathe();
        signal?.throwIfAborted();
      };
      signal?.throwIfAborted();
      onProgress?.({ done: 0, stage: "Getting ready", preview: () => null });
      const imaginer = await findImaginer!();
      await rest();
      onProgress?.({ done: 0.2, stage: "Looking at the pictures", preview: () => null });
      const code = await imaginedCode(imaginer, checked);
      await rest();
      onProgress?.({ done: 0.4, stage: "Imagining it", preview: () => null });
      const { seed, settings } = checked;
      const size = drawnSize(checked);
      const layout = picturesAs(checked, "layout").at(0)?.picture;
      const relief = settings["relief"] as number | undefined;
      const pieces = settings["pieces"] as PieceLayout | undefined;
      const drawn = await imaginer.imagine(code, {
        ...{ seed, size },
        ...(layout ? { layout: nearestPicture(channelOf(layout, 0), size).pixels } : {}),
        ...(pieces ? { pieces } : {}),
        ...(relief === undefined ? {} : { relief }),
      });
      await rest();
      const maps = mapsInSize(drawn, checked);
      onProgress?.({ done: 1, stage: "Done: imagined", preview: () => surfacePreview(maps) });
      return maps;
    },
  };
}

function completeSettings(order: PaintOrder): Readonly<Record<string, unknown>> {
  const settings = new Settings(WHO, order.settings, SETTINGS);
  const pictures = picturesAs(order, "like").length;
  const sources = [settings.raw("material") !== undefined, settings.raw("code") !== undefined, pictures > 0];
  if (sources.filter(Boolean).length !== 1) {
    throw new ConfigurationError(
      `${WHO}: needed either a material, or pictures as "like", or a code, came ${sources.filter(Boolean).length} of them. Choose one.`,
    );
  }
  for (const [name, source] of [
    ["attributes", sources[0]],
    ["weights", sources[2]],
  ] as const) {
    const value = settings.raw(name);
    if (value !== undefined && !source) settings.refuse(name, "nothing here", value);
  }
  const relief = settings.number("relief", 0, 1, undefined);
  if (relief === 0) settings.refuse("relief", "a number above 0", relief);
  const pieces = settings.raw("pieces");
  if (pieces !== undefined && picturesAs(order, "layout").length > 0) {
    throw new ConfigurationError(
      `${WHO}: needed a picture as "layout" or the setting "pieces", came both. Leave one out.`,
    );
  }
  const complete = {
    material: textOf(settings, "material"),
    attributes: sources[0] ? (recordOf(settings, "attributes") ?? {}) : undefined,
    code: numbersOf(settings, "code", null, Infinity),
    weights: numbersOf(settings, "weights", pictures, 1000),
    towards: towardsOf(settings),
    change: changeOf(settings),
    relief,
    pieces: pieces === undefined ? undefined : readPieceLayout(pieces, WHO),
  };
  return Object.fromEntries(Object.entries(complete).filter(([, value]) => value !== undefined));
}

function textOf(settings: Settings, name: string): string | undefined {
  const value = settings.raw(name);
  if (value === undefined || typeof value === "string") return value;
  return settings.refuse(name, "the name of a class", value);
}

function recordOf(settings: Settings, name: string): Readonly<Record<string, unknown>> | undefined {
  const value = settings.raw(name);
  if (value === undefined) return undefined;
  if (typeof value !== "object" || value === null || Array.isArray(value)) settings.refuse(name, "an object", value);
  return value as Record<string, unknown>;
}

/** @param length - Null for any. @param most - Largest size of a number. */
function numbersOf(settings: Settings, name: string, length: number | null, most: number): number[] | undefined {
  const value = settings.raw(name);
  if (value === undefined) return undefined;
  const least = most === Infinity ? -Infinity : 0;
  const fits =
    Array.isArray(value) &&
    value.length === (length ?? value.length) &&
    value.every((number) => Number.isFinite(number) && number >= least && number <= most);
  const range = most === Infinity ? "finite numbers" : `numbers from 0 to ${most}`;
  if (!fits) settings.refuse(name, `a list of ${length ?? "some"} ${range}`, value);
  return value as number[];
}

function towardsOf(settings: Settings): Towards | undefined {
  const towards = recordOf(settings, "towards");
  if (!towards) return undefined;
  const { material, share, ...others } = towards;
  const isShare = typeof share === "number" && share >= 0 && share <= 1;
  if (typeof material === "string" && isShare && Object.keys(others).length === 0) return { material, share };
  return settings.refuse("towards", "a material and its share from 0 to 1", towards);
}

function changeOf(settings: Settings): Readonly<Record<string, unknown>> | undefined {
  const change = recordOf(settings, "change");
  for (const [label, amount] of Object.entries(change ?? {})) {
    const isKnown = (ATTRIBUTE_LABELS as readonly string[]).includes(label);
    if (isKnown && typeof amount === "number" && amount >= -1 && amount <= 1) continue;
    settings.refuse("change", `numbers from -1 to 1 of ${ATTRIBUTE_LABELS.join(", ")}`, change);
  }
  return change;
}
