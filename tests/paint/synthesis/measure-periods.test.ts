import { expect, test } from "vitest";
import { KernelArena, loadSynthesisKernels } from "../../../plugin/paint/synthesis/synthesis-kernels.ts";
import { measurePeriods } from "../../../plugin/paint/synthesis/measure-periods.ts";
import { textures } from "../../../scripts/paint/subjects/textures.ts";

test("looking for periods ends where likeness only falls, as on brushed steel", async () => {
  const arena = new KernelArena(await loadSynthesisKernels());
  const steel = (await textures()).find(({ name }) => name === "metalPlate")!;
  const { down, right } = measurePeriods(arena, steel.pair(201, 128).source);
  for (const period of [down, right]) expect(period === 0 || period >= 6).toBe(true);
});
