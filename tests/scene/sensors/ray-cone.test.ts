import { afterEach, expect, test } from "vitest";
import { rayCone } from "../../../plugin/scene/sensors/ray-cone.ts";
import { createTestWorld, messageOf, read, type TestWorld } from "../test-world.ts";

let world: TestWorld | null = null;
afterEach(() => world?.dispose());

test("the first ray of a cone goes straight ahead", async () => {
  world = await createTestWorld();
  const agent = world.node("agent");
  world.box("wall", { at: [0, 0, 5.5] });
  expect(read(rayCone({ rays: 1, range: 10 }), agent)).toEqual({ "ray 0°/0° hit": 1, "ray 0°/0° distance": 0.5 });
});

test("a cone feels what is above and below as well", async () => {
  world = await createTestWorld();
  const agent = world.node("agent");
  world.box("ceiling", { at: [0, 5, 10], size: [20, 1, 20] });
  const cone = rayCone({ rays: 24, range: 10, angle: Math.PI / 2 });
  const seen = read(cone, agent);
  // Labels are degrees to the right and degrees up: the ceiling is met by some rays that rise and by none that sink.
  const hits = cone.labels.filter((label) => label.endsWith("hit") && seen[label] === 1);
  const heights = hits.map((label) => Number(/\/(-?[\d.]+)°/.exec(label)?.[1]));
  expect(heights.length).toBeGreaterThan(1);
  expect(Math.min(...heights)).toBeGreaterThan(0);
});

test("the outermost rays of a cone lean by half its opening", async () => {
  world = await createTestWorld();
  const agent = world.node("agent");
  // Rays end on a wall at distance 3: one that leans by 60° is 3 / cos 60° = 6 long.
  world.box("wall", { at: [0, 0, 3.5], size: [40, 40, 1] });
  const cone = rayCone({ rays: 12, range: 12, angle: (2 * Math.PI) / 3 });
  const distances = Object.entries(read(cone, agent)).filter(([label]) => label.endsWith("distance"));
  expect(Math.max(...distances.map(([, distance]) => distance))).toBe(0.5);
});

test("a cone without rays is refused", () => {
  expect(messageOf(() => rayCone({ rays: 0, range: 1 }))).toBe(
    `rayCone: needed "rays" to be a whole number of at least 1 and of at most 256, came 0. Say how many rays there are.`,
  );
});
