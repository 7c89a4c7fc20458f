import { Tags } from "@babylonjs/core/Misc/tags.js";
import { afterEach, describe, expect, test } from "vitest";
import { rayFan } from "../../../plugin/scene/sensors/ray-fan.ts";
import { createTestWorld, face, messageOf, read, type TestWorld } from "../test-world.ts";

let world: TestWorld;
afterEach(() => world?.dispose());

describe.each([false, true])("a ray fan, physics %s", (physics) => {
  test("tells tag, hit and distance of the nearest thing on each ray", async () => {
    world = await createTestWorld({ physics });
    const agent = world.box("agent", { mass: 1 });
    // Straight ahead a wall whose near side is at z = 5 - 0.5 = 4.5; something without a tag to the right, at 2.5.
    world.box("wall", { at: [0, 0, 5], tags: "wall" });
    world.box("crate", { at: [3, 0, 0] });
    const fan = rayFan({ rays: 3, range: 9, angle: Math.PI, sees: ["wall", "thief"] });
    expect(read(fan, agent)).toEqual({
      "ray -90° wall": 0,
      "ray -90° thief": 0,
      "ray -90° hit": 0,
      "ray -90° distance": 1,
      "ray 0° wall": 1,
      "ray 0° thief": 0,
      "ray 0° hit": 1,
      "ray 0° distance": 0.5, // 4.5 / 9
      "ray 90° wall": 0,
      "ray 90° thief": 0,
      "ray 90° hit": 1,
      "ray 90° distance": 0.2778, // 2.5 / 9
    });
  });

  test("turns and moves with the node", async () => {
    world = await createTestWorld({ physics });
    const agent = world.node("agent", [10, 0, 10]);
    world.box("wall", { at: [14.5, 0, 10], tags: "wall" });
    face(agent, Math.PI / 2);
    const fan = rayFan({ rays: 1, range: 8, sees: ["wall"] });
    expect(read(fan, agent)).toEqual({ "ray 0° wall": 1, "ray 0° hit": 1, "ray 0° distance": 0.5 });
  });

  test("looks through everything that is parented to the agent", async () => {
    world = await createTestWorld({ physics });
    const agent = world.box("agent", { mass: 1 });
    const shield = world.box("shield", { at: [0, 0, 1.5] });
    shield.setParent(agent);
    world.box("wall", { at: [0, 0, 8.5], tags: "wall" });
    const fan = rayFan({ rays: 1, range: 10, sees: ["wall"] });
    expect(read(fan, agent)).toEqual({ "ray 0° wall": 1, "ray 0° hit": 1, "ray 0° distance": 0.8 });
  });

  test("sees a tag on what the hit thing is a part of", async () => {
    world = await createTestWorld({ physics });
    const agent = world.node("agent");
    const house = world.node("house");
    house.metadata = { tags: ["house"] };
    world.box("door", { at: [0, 0, 2] }).setParent(house);
    expect(read(rayFan({ rays: 1, range: 3, sees: ["house"] }), agent)["ray 0° house"]).toBe(1);
  });

  test("sees tags that were given after the first look", async () => {
    world = await createTestWorld({ physics });
    const agent = world.node("agent");
    const thing = world.box("thing", { at: [0, 0, 2] });
    const fan = rayFan({ rays: 1, range: 3, sees: ["loot"] });
    const before = read(fan, agent)["ray 0° loot"];
    Tags.AddTagsTo(thing, "loot");
    expect([before, read(fan, agent)["ray 0° loot"]]).toEqual([0, 1]);
  });

  test("begins its rays at the origin that was asked for", async () => {
    world = await createTestWorld({ physics });
    const agent = world.node("agent");
    face(agent, Math.PI / 2);
    // The node looks along +X, so its right is -Z: the ray runs along z = -2 from x = 1.
    world.box("wall", { at: [5.5, 3, -2] });
    const fan = rayFan({ rays: 1, range: 8, origin: [2, 3, 1] });
    expect(read(fan, agent)["ray 0° distance"]).toBe(0.5);
  });
});

describe("a ray fan against meshes", () => {
  test("passes by invisible, disabled and unpickable meshes", async () => {
    world = await createTestWorld();
    const agent = world.node("agent");
    world.box("invisible", { at: [0, 0, 2] }).isVisible = false;
    world.box("disabled", { at: [0, 0, 4] }).setEnabled(false);
    world.box("ghost", { at: [0, 0, 6] }).isPickable = false;
    expect(read(rayFan({ rays: 1, range: 10 }), agent)["ray 0° hit"]).toBe(0);
  });

  test("measures to the surface of a mesh that has moved since the last frame", async () => {
    world = await createTestWorld();
    const agent = world.node("agent");
    const wall = world.box("wall", { at: [0, 0, 20], size: [4, 4, 1] });
    world.frames(1);
    wall.position.z = 5.5;
    expect(read(rayFan({ rays: 1, range: 10 }), agent)["ray 0° distance"]).toBe(0.5);
  });

  test("measures to the triangles and not to the bounding box of a turned mesh", async () => {
    world = await createTestWorld();
    const agent = world.node("agent");
    // A cube of side 2 turned by 45° shows an edge at 5 - √2 = 3.5858.
    const cube = world.box("cube", { at: [0, 0, 5], size: [2, 2, 2] });
    face(cube, Math.PI / 4);
    expect(read(rayFan({ rays: 1, range: 10, origin: [0.0001, 0, 0] }), agent)["ray 0° distance"]).toBeCloseTo(
      0.35858,
      3,
    );
  });
});

describe("the directions of a ray fan", () => {
  const angles = (rays: number, angle: number): string[] =>
    rayFan({ rays, range: 1, angle }).labels.filter((label) => label.endsWith("hit"));

  test("go from left to right", () => {
    expect(angles(3, Math.PI / 3)).toEqual(["ray -30° hit", "ray 0° hit", "ray 30° hit"]);
  });

  test("do not repeat behind in a whole turn", () => {
    expect(angles(4, 2 * Math.PI)).toEqual(["ray -180° hit", "ray -90° hit", "ray 0° hit", "ray 90° hit"]);
  });

  test("get decimals where whole degrees would repeat a label", () => {
    expect(angles(3, (0.4 * Math.PI) / 180)).toEqual(["ray -0.2° hit", "ray 0° hit", "ray 0.2° hit"]);
  });
});

test.each([
  [
    { rays: 0, range: 1 },
    `rayFan: needed "rays" to be a whole number of at least 1 and of at most 256, came 0. Say how many rays there are.`,
  ],
  [{ rays: 3, range: -3 }, `rayFan: needed "range" to be a number above 0, came -3. Give a distance in scene units.`],
  [
    { rays: 3, range: 1, angle: 7 },
    `rayFan: needed "angle" to be a number above 0 and of at most ${2 * Math.PI}, came 7. Give radians from first to last ray.`,
  ],
  [
    { rays: 3, range: 1, sees: ["a", "a"] },
    `rayFan: entry of "sees" 1 is called "a" like an earlier one. Give each its own name.`,
  ],
])("rayFan(%j) is refused", (options, message) => {
  expect(messageOf(() => rayFan(options))).toBe(message);
});
