import { breathe } from "../../core/breathe.ts";
import { ConfigurationError } from "../../core/errors.ts";
import { CellField } from "../automata/cell-field.ts";
import { speciesInSettings } from "../automata/automaton-settings.ts";
import { flatSurface } from "../automata/flat-surface.ts";
import { picture } from "../picture.ts";
import type { TextureGenerator } from "../texture-generator.ts";
import { assertOrder } from "./check-order.ts";
import { picturePreview } from "./preview.ts";
import { Settings } from "./settings.ts";

const WHO = 'Generator "automaton"';
const LEAST_SIDE = 8;
const STEPS = 200;
const MOST_STEPS = 10_000;

/**
 * Textures that grow from cells that see only their neighbours: what a `LivingTexture` shows, as a surface without relief.
 *
 * Settings: `species`, and `graft` where there is a second one, as `automatonSettings` makes them of a species file; `steps` to grow, 1 to 10,000, default 200.
 * No pictures. A step of 256 × 256 cells takes some 0.15 s.
 */
export const automaton: TextureGenerator = {
  name: "automaton",
  describe: "Textures that grow by themselves, from a species of living texture.",

  check(order) {
    assertOrder(WHO, order, [], LEAST_SIDE);
    const settings = new Settings(WHO, order.settings, ["species", "graft", "steps"]);
    const steps = settings.number("steps", 1, MOST_STEPS, STEPS);
    if (!Number.isInteger(steps)) settings.refuse("steps", "a whole number", steps);
    const species = settings.raw("species");
    if (species === undefined) {
      throw new ConfigurationError(
        `${WHO}: needed a species, came none. Give the settings that automatonSettings makes of a species file.`,
      );
    }
    speciesInSettings(WHO, order.settings);
    const graft = settings.raw("graft");
    return { ...order, settings: { species, steps, ...(graft === undefined ? {} : { graft }) } };
  },

  async paint(order, { signal, onProgress } = {}) {
    const checked = this.check(order);
    signal?.throwIfAborted();
    const { width, height, seed } = checked;
    const steps = checked.settings["steps"] as number;
    const { species, graft } = speciesInSettings(WHO, checked.settings);
    const field = new CellField(species, { width, height, seed });
    field.setSpecies(species, graft);
    const look = () => picture(height, width, 3, field.colours());
    for (let step = 0; step < steps; step++) {
      onProgress?.({ done: step / steps, stage: "Growing it", preview: () => picturePreview(look()) });
      field.step();
      await breathe();
      signal?.throwIfAborted();
    }
    onProgress?.({ done: 1, stage: "Done", preview: () => picturePreview(look()) });
    return flatSurface(look());
  },
};
