import { breathe } from "../../core/breathe.ts";
import type { Attributes } from "../materials/attributes.ts";
import { completeAttributes } from "../materials/attributes.ts";
import { MATERIAL_CLASSES, MATERIAL_NAMES } from "../materials/material-classes.ts";
import { proceduralMaterial } from "../materials/procedural-material.ts";
import type { PaintOrder, TextureGenerator } from "../texture-generator.ts";
import { assertOrder } from "./check-order.ts";
import { surfacePreview } from "./preview.ts";
import { Settings } from "./settings.ts";

const WHO = 'Generator "procedural"';
const LEAST_SIDE = 8;
/** Shorter side of the sketch that is shown first; costs some 30 ms. */
const SKETCH_SIDE = 96;

/**
 * Materials made from nothing but numbers.
 *
 * Settings: `material`, one of `MATERIAL_NAMES`, and `attributes`, what differs from that class's defaults
 * (`Partial<Attributes>`). No pictures. The pixels are the same in every JavaScript engine.
 *
 * It draws in one go, about 4 µs a pixel: to be cancelled in the middle it needs a worker, which `Painter` ends.
 */
export const procedural: TextureGenerator = {
  name: "procedural",
  describe: "Bricks, boards, stones and other materials, made from nothing but numbers.",

  check(order) {
    assertOrder(WHO, order, [], LEAST_SIDE);
    const settings = new Settings(WHO, order.settings, ["material", "attributes"]);
    if (settings.raw("material") === undefined) settings.refuse("material", names(), undefined);
    const material = settings.choice("material", MATERIAL_NAMES, undefined)!;
    const attributes = settings.raw("attributes") ?? {};
    if (typeof attributes !== "object" || Array.isArray(attributes)) {
      settings.refuse("attributes", "an object", attributes);
    }
    const { defaults } = MATERIAL_CLASSES.find(({ name }) => name === material)!;
    const complete = completeAttributes(WHO, defaults, attributes);
    return { ...order, settings: { material, attributes: complete } };
  },

  async paint(order, { signal, onProgress } = {}) {
    const checked = this.check(order);
    signal?.throwIfAborted();
    const { width, height } = checked;
    const shorter = Math.min(width, height);
    if (onProgress && shorter >= 2 * SKETCH_SIDE) {
      const shrink = SKETCH_SIDE / shorter;
      const sketch = draw(checked, Math.round(width * shrink), Math.round(height * shrink));
      onProgress({ done: 0, stage: "Drawing it", preview: () => surfacePreview(sketch) });
    } else {
      onProgress?.({ done: 0, stage: "Drawing it", preview: () => null });
    }
    await breathe();
    signal?.throwIfAborted();
    const maps = draw(checked, width, height);
    await breathe();
    signal?.throwIfAborted();
    onProgress?.({ done: 1, stage: "Done", preview: () => surfacePreview(maps) });
    return maps;
  },
};

function draw({ seed, settings }: PaintOrder, width: number, height: number): ReturnType<typeof proceduralMaterial> {
  const attributes = settings["attributes"] as Attributes;
  return proceduralMaterial(settings["material"] as string, { seed, size: { width, height }, attributes });
}

function names(): string {
  return MATERIAL_NAMES.map((name) => `"${name}"`).join(" or ");
}
