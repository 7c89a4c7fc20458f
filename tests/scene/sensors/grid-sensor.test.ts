import { Tags } from "@babylonjs/core/Misc/tags.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { afterEach, describe, expect, test } from "vitest";
import type { Sensor, Vector } from "../../../plugin/scene/sensor.ts";
import { gridSensor } from "../../../plugin/scene/sensors/grid-sensor.ts";
import { stacked } from "../../../plugin/scene/sensors/stacked.ts";
import { createTestWorld, face, messageOf, type TestWorld } from "../test-world.ts";

let world: TestWorld;
afterEach(() => world?.dispose());

/** The picture as rows of text: `.` for nothing, else the sum of 1 for the first tag, 2 for the second, 4 for the third. */
function look(sensor: Sensor, node: TransformNode): string[] {
  const { height, width, channels } = sensor.image!;
  const out = new Uint8Array(height * width * channels + 2).fill(7);
  sensor.readImage!(node, out, 1);
  if (out[0] !== 7 || out[out.length - 1] !== 7) throw new Error("the sensor wrote outside of its place");
  return Array.from({ length: height }, (_, row) =>
    Array.from({ length: width }, (_, column) => {
      const at = 1 + (row * width + column) * channels;
      let sum = 0;
      for (let channel = 0; channel < channels; channel++) {
        const byte = out[at + channel];
        if (byte !== 0 && byte !== 255) throw new Error(`came the byte ${byte}`);
        if (byte === 255) sum += 1 << channel;
      }
      return sum === 0 ? "." : String(sum);
    }).join(""),
  );
}

const small = (more: object = {}): Sensor => gridSensor({ cells: [5, 3], cellSize: 1, sees: ["wall", "gem"], ...more });

describe("a grid sensor", () => {
  test("shows what is ahead above, what is right at the right, and tells tags apart", async () => {
    world = await createTestWorld();
    const agent = world.node("agent");
    world.box("wall", { at: [0, 0, 1], tags: "wall" });
    world.box("gem", { at: [2, 0, -1], tags: "gem" });
    world.box("both", { at: [-2, 0, 0], tags: "wall gem" });
    world.box("crate", { at: [1, 0, 1] });
    expect(look(small(), agent)).toEqual(["..1..", "3....", "....2"]);
  });

  test("turns with the agent, unless it is told not to", async () => {
    world = await createTestWorld();
    const agent = world.node("agent", [10, 0, 10]);
    face(agent, Math.PI / 2); // looks along +X, so that its right is -Z
    world.box("wall", { at: [11, 0, 10], tags: "wall" });
    world.box("gem", { at: [10, 0, 8], tags: "gem" });
    expect(look(small(), agent)).toEqual(["..1..", "....2", "....."]);
    expect(look(small({ turnsWithAgent: false, cells: [3, 5] }), agent)).toEqual(["...", "...", "..1", "...", ".2."]);
  });

  test("fills the cells whose middles a box covers, whatever its height", async () => {
    world = await createTestWorld();
    // From x = -1.7 to 0.7 and z = 0.4 to 1.6: the middles -1 and 0, and 1.
    world.box("wall", { at: [-0.5, 30, 1], size: [2.4, 1, 1.2], tags: "wall" });
    expect(look(small(), world.node("agent"))).toEqual([".11..", ".....", "....."]);
  });

  test("loses nothing that is thinner than a cell", async () => {
    world = await createTestWorld();
    world.box("fence", { at: [0, 0, 0.45], size: [5, 1, 0.02], tags: "wall" });
    world.box("pin", { at: [1.4, 0, -0.6], size: [0.1, 1, 0.1], tags: "gem" });
    expect(look(small(), world.node("agent"))).toEqual([".....", "11111", "...2."]);
  });

  test("fills one cell for a thing between the middles of four", async () => {
    world = await createTestWorld();
    world.box("post", { at: [0.5, 0, 0.5], tags: "wall" });
    const filled = look(small(), world.node("agent")).join("").replaceAll(".", "");
    expect(filled).toBe("1");
  });

  test("follows the edges of a box that stands aslant", async () => {
    world = await createTestWorld();
    const wall = world.box("wall", { size: [1, 1, 9], tags: "wall" });
    face(wall, Math.PI / 4);
    expect(look(gridSensor({ cells: [5, 5], cellSize: 1, sees: ["wall"] }), world.node("agent"))).toEqual([
      "....1",
      "...1.",
      "..1..",
      ".1...",
      "1....",
    ]);
  });

  test("scales with the size of its cells", async () => {
    world = await createTestWorld();
    world.box("wall", { at: [0, 0, 20], size: [10, 1, 10], tags: "wall" });
    const sensor = gridSensor({ cells: [3, 5], cellSize: 10, sees: ["wall"] });
    expect(look(sensor, world.node("agent"))).toEqual([".1.", "...", "...", "...", "..."]);
  });

  test("takes a node without a mesh for a point, but not one that only holds others", async () => {
    world = await createTestWorld();
    const agent = world.node("agent");
    world.node("gem", [1.2, 0, 0.8]).metadata = { tags: ["gem"] };
    const walls = world.node("walls", [0, 0, -1]);
    walls.metadata = { tags: ["wall"] };
    world.box("stone", { at: [-2, 0, -1] }).setParent(walls);
    expect(look(small(), agent)).toEqual(["...2.", ".....", "1...."]);
  });

  test("does not see the agent itself, nor what it carries", async () => {
    world = await createTestWorld();
    const agent = world.box("agent", { tags: "wall" });
    world.box("hat", { at: [0, 2, 0], tags: "gem" }).setParent(agent);
    expect(look(small(), agent)).toEqual([".....", ".....", "....."]);
  });

  test("sees at the next look what has moved, come, gone, been switched off, or changed its tags", async () => {
    world = await createTestWorld();
    const agent = world.node("agent");
    const sensor = small({ cells: [3, 1] });
    const wall = world.box("wall", { at: [1, 0, 0], tags: "wall" });
    const pictures = [look(sensor, agent)];
    const after = (change: () => void): void => {
      change();
      pictures.push(look(sensor, agent));
    };
    after(() => (wall.position.x = -1));
    after(() => wall.setEnabled(false));
    after(() => wall.setEnabled(true));
    after(() => Tags.AddTagsTo(wall, "gem"));
    after(() => world.box("other", { at: [0, 0, 0], tags: "wall" }));
    after(() => wall.dispose());
    after(() => (agent.position.x = 1));
    expect(pictures).toEqual([["..1"], ["1.."], ["..."], ["1.."], ["3.."], ["31."], [".1."], ["1.."]]);
  });

  test("sees what a parent's movement and switch bring about", async () => {
    world = await createTestWorld();
    const agent = world.node("agent");
    const sensor = small({ cells: [3, 1] });
    const cart = world.node("cart");
    world.box("load", { at: [1, 0, 0], tags: "wall" }).setParent(cart);
    const before = look(sensor, agent);
    cart.position.x = -1;
    const moved = look(sensor, agent);
    cart.setEnabled(false);
    expect([before, moved, look(sensor, agent)]).toEqual([["..1"], [".1."], ["..."]]);
  });

  test("sees in every frame what another agent's sensor has seen before it", async () => {
    world = await createTestWorld();
    const [one, other] = [world.node("one"), world.node("other", [0, 0, 1])];
    const [first, second] = [small(), small()];
    const wall = world.box("wall", { at: [1, 0, 0], tags: "wall" });
    expect([look(first, one), look(second, other)]).toEqual([
      [".....", "...1.", "....."],
      [".....", ".....", "...1."],
    ]);
    wall.position.x = -1;
    world.frames(1);
    expect([look(first, one), look(second, other)]).toEqual([
      [".....", ".1...", "....."],
      [".....", ".....", ".1..."],
    ]);
  });

  test("draws each filled cell as a square in its tag's colour", async () => {
    world = await createTestWorld();
    const agent = world.node("agent", [10, 2, 0]);
    world.box("gem", { at: [11, 0, 1], tags: "gem" });
    const sensor = small();
    look(sensor, agent);
    const ends: Vector[] = [];
    const colours: unknown[] = [];
    sensor.draw!(agent, {
      line(from, to, colour) {
        ends.push({ x: from.x, y: from.y, z: from.z }, { x: to.x, y: to.y, z: to.z });
        colours.push(colour);
      },
    });
    expect(colours).toEqual(Array.from({ length: 4 }, () => ({ r: 0.05, g: 0.6, b: 0.9 })));
    for (const { x, y, z } of ends) expect([Math.abs(x - 11), y, Math.abs(z - 1)]).toEqual([0.4, 2, 0.4].map(near));
  });

  test("names its picture after its tags, or as it is told", () => {
    expect(small().image).toEqual({ kind: "image", label: "grid wall/gem", height: 3, width: 5, channels: 2 });
    expect(small({ label: "map" }).image?.label).toBe("map");
    expect(small().labels).toEqual([]);
  });

  test("cannot be stacked, since that would lose its picture", () => {
    expect(messageOf(() => stacked(small(), 2))).toBe(
      `stacked: needed a sensor of numbers, came one of the picture "grid wall/gem". Give that to the agent as it is.`,
    );
  });

  test("refuses options that cannot work", () => {
    expect(messageOf(() => small({ cells: [4, 3] }))).toBe(
      `gridSensor: needed "cells" to be 2 odd numbers from 1 to 255, came [4,3]. Give width and height, e.g. [11, 11]; the agent is in the middle.`,
    );
    expect(messageOf(() => small({ cellSize: 0 }))).toBe(
      `gridSensor: needed "cellSize" to be a number above 0, came 0. Give a cell's side in scene units.`,
    );
    expect(messageOf(() => small({ sees: [] }))).toBe(
      `gridSensor: needed 1 to 16 tags in "sees", came 0. Each is a channel of the picture, e.g. ["wall", "goal"].`,
    );
    expect(messageOf(() => small({ sees: ["wall", "wall"] }))).toBe(
      `gridSensor: entry of "sees" 1 is called "wall" like an earlier one. Give each its own name.`,
    );
  });
});

const near = (value: number): unknown => expect.closeTo(value, 5);
