import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { createTestWorld, type TestWorld } from "../test-world.ts";
import { hostileMetadata } from "./hostile-metadata.ts";
import { SEEKER } from "./examples.ts";
import { tryMetadata } from "./try-metadata.ts";

let world: TestWorld | null = null;
afterEach(() => world?.dispose());

test("whatever a file holds, the scene stays usable and every message is clear", { timeout: 120_000 }, async () => {
  world = await createTestWorld();
  const box = world.box("box");
  world.box("ball", { at: [0, 0, 5] });
  const counts = { problems: 0, controllers: 0 };
  await fc.assert(
    fc.asyncProperty(hostileMetadata, async (metadata) => {
      const { complaints, problems, controllers } = await tryMetadata(box, metadata);
      expect(complaints).toEqual([]);
      counts.problems += problems;
      counts.controllers += controllers;
    }),
    { numRuns: 400 },
  );
  expect(counts.problems).toBeGreaterThan(100);
});

test("a sound controller comes back from between two broken ones", async () => {
  world = await createTestWorld();
  const box = world.box("box");
  world.box("ball", { at: [0, 0, 5] });
  const controllers = [{ name: 3 }, SEEKER, { ...SEEKER, name: "other", sensors: "none" }];
  const attempt = await tryMetadata(box, { babylonNeural: { version: 1, controllers } });
  expect(attempt).toMatchObject({ complaints: [], problems: 2, controllers: 1 });
});
