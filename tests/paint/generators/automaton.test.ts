import { describe, expect, it } from "vitest";
import { automatonSettings } from "../../../plugin/paint/automata/automaton-settings.ts";
import { automaton } from "../../../plugin/paint/generators/automaton.ts";
import { paintHere, requestOf } from "../../../plugin/paint/painter/paint-here.ts";
import { anySpecies } from "../automata/any-species.ts";

const settings = automatonSettings(anySpecies(), null, 4);
const order = { seed: 3, width: 16, height: 8, settings, pictures: [] };

describe("The generator of living textures", () => {
  it("paints the same from its own recipe", async () => {
    const painted = await paintHere({ generator: "automaton", seed: 3, size: { width: 16, height: 8 }, settings });
    const again = await paintHere(await requestOf(painted.recipe));
    expect(again.maps.albedo).toEqual(painted.maps.albedo);
    expect(painted.maps.albedo.length).toBe(16 * 8 * 3);
  });

  it("ends when it is cancelled", async () => {
    const controller = new AbortController();
    const painting = automaton.paint(
      { ...order, settings: { ...settings, steps: 10_000 } },
      { signal: controller.signal, onProgress: ({ done }) => done > 0.0002 && controller.abort(new Error("Stopped.")) },
    );
    await expect(painting).rejects.toThrow("Stopped.");
  });

  it("refuses orders that cannot be", () => {
    expect(() => automaton.check({ ...order, settings: {} })).toThrow(
      'Generator "automaton": needed a species, came none. Give the settings that automatonSettings makes of a species file.',
    );
    expect(() => automaton.check({ ...order, settings: { ...settings, steps: 0 } })).toThrow(
      'Generator "automaton": the setting "steps" needed a number from 1 to 10000, came 0. Correct it or leave it out.',
    );
  });
});
