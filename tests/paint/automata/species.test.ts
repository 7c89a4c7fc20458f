import { describe, expect, it } from "vitest";
import { automatonSettings, speciesInSettings } from "../../../plugin/paint/automata/automaton-settings.ts";
import { decodeSpecies, encodeSpecies, speciesOf } from "../../../plugin/paint/automata/species.ts";
import { anySpecies } from "./any-species.ts";

describe("A species file", () => {
  it("gives the same species back, and in 16 bits nearly the same", () => {
    const species = anySpecies();
    const { hiddenWeights, ...exact } = decodeSpecies(encodeSpecies(species, "float32"), "any.bnw");
    expect({ ...exact, hiddenWeights }).toEqual(species);
    const short = decodeSpecies(encodeSpecies(species), "any.bnw");
    short.hiddenWeights.forEach((weight, i) => expect(weight).toBeCloseTo(hiddenWeights[i], 2));
  });

  it("of another network is refused by what it lacks", () => {
    const tensors = { "hidden biases": { shape: [8], values: new Float32Array(8) } };
    expect(() => speciesOf("odd", tensors)).toThrow(
      'Species "odd": needed "hidden weights" of shape [8, 48], came nothing. Use a species of this release.',
    );
    const thin = { "hidden biases": { shape: [3], values: new Float32Array(3) } };
    expect(() => speciesOf("thin", thin)).toThrow(
      'Species "thin": needed a hidden layer of 4 to 256 numbers, a multiple of 4, came 3. Teach anew with such a width.',
    );
  });

  it("travels in settings", () => {
    const [species, graft] = [anySpecies("a", 1), anySpecies("b", 2)];
    const read = speciesInSettings(
      "Test",
      JSON.parse(JSON.stringify(automatonSettings(species, graft, 5))) as object as Record<string, unknown>,
    );
    expect(read.species.name).toBe("a");
    expect(read.graft?.name).toBe("b");
    expect(() => speciesInSettings("Test", { species: "no base64!" })).toThrow(
      'Test: the setting "species" needed a species file in base64, came a text of 10 characters. Make it with automatonSettings.',
    );
  });
});
