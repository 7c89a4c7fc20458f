import { describe, expect, it } from "vitest";
import { ConfigurationError } from "../../../plugin/core/errors.ts";
import { CELL_CHANNELS } from "../../../plugin/paint/automata/species.ts";
import type { SpeciesLessonProgress } from "../../../plugin/paint/automata/species-lesson.ts";
import { teachSpecies } from "../../../plugin/paint/automata/teach-species.ts";
import { picture } from "../../../plugin/paint/picture.ts";
import { stripes } from "../stripes.ts";

describe("A lesson for a species", { timeout: 120_000 }, () => {
  it("ends when it is enough, with what it showed last and a checkpoint to go on from", async () => {
    const enough = new AbortController();
    const seen: SpeciesLessonProgress[] = [];
    const onProgress = (progress: SpeciesLessonProgress): void => {
      seen.push(progress);
      if (progress.look) enough.abort();
    };
    const taught = await teachSpecies(
      "stripes",
      stripes(70, 90),
      { seconds: 600 },
      { enough: enough.signal, onProgress },
    );
    const { look, step } = seen.at(-1)!;
    expect([step, look!.species.name, look!.preview.width]).toEqual([20, "stripes", 64]);
    expect(taught.steps).toBe(20);
    expect(taught.species).toMatchObject({ name: "stripes", birth: { notes: { steps: 20 } } });
    expect(taught.species.changeWeights.length).toBe(CELL_CHANNELS * taught.species.hidden);
    expect(taught.species.changeWeights).toEqual(look!.species.changeWeights);

    // A fifth of a second on, from there.
    const options = { seconds: 0.2, checkpoint: taught.checkpoint! };
    const more = await teachSpecies("stripes", stripes(70, 90), options);
    expect(more.species.changeWeights).not.toEqual(taught.species.changeWeights);
  });

  it("ends when its time is over", async () => {
    const { species } = await teachSpecies("stripes", stripes(64, 64), { seconds: 0.3 });
    expect(species.hiddenWeights.every(Number.isFinite)).toBe(true);
  });

  it("learns a picture of one colour, too", async () => {
    const grey = picture(64, 64, 3, new Float32Array(64 * 64 * 3).fill(0.4));
    const { species } = await teachSpecies("grey", grey, { seconds: 0.3 });
    expect(species.changeWeights.every(Number.isFinite)).toBe(true);
    expect(species.colourBiases[0]).toBeCloseTo(0.4, 4);
  });

  it("refuses a time that cannot be", async () => {
    await expect(teachSpecies("stripes", stripes(64, 64), { seconds: 0 })).rejects.toEqual(
      new ConfigurationError("teachAutomaton: needed a time above 0 seconds, came 0. Choose one, or leave it out."),
    );
  });
});
