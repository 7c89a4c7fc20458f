import { afterEach, describe, expect, test } from "vitest";
import { choice } from "../../../plugin/scene/actuators/choice.ts";
import { setter } from "../../../plugin/scene/actuators/setter.ts";
import { createTestWorld, messageOf, type TestWorld } from "../test-world.ts";

let world: TestWorld | null = null;
afterEach(() => world?.dispose());

describe("choice", () => {
  test("tells the taken alternative once a decision", async () => {
    world = await createTestWorld();
    const agent = world.node("agent");
    const taken: string[] = [];
    const door = choice("door", ["leave", "open"], (name, node) => taken.push(`${node.name} ${name}`));
    door.decided?.(agent, Float32Array.of(9, 1), 1);
    door.act(agent, Float32Array.of(9, 1), 1, 0.1);
    door.act(agent, Float32Array.of(9, 1), 1, 0.1);
    expect(taken).toEqual(["agent open"]);
  });

  test("masks what is not allowed, from its place on", async () => {
    world = await createTestWorld();
    const agent = world.node("agent");
    const door = choice("door", ["leave", "open", "close"], () => {}, { allows: (name) => name !== "open" });
    const mask = new Uint8Array(5).fill(1);
    door.mask?.(agent, mask, 1);
    expect([...mask]).toEqual([1, 1, 0, 1, 1]);
  });

  test("leaves the first alternative where none is allowed", async () => {
    world = await createTestWorld();
    const door = choice("door", ["leave", "open"], () => {}, { allows: () => false });
    const mask = new Uint8Array(2).fill(1);
    door.mask?.(world.node("agent"), mask, 0);
    expect([...mask]).toEqual([1, 0]);
  });

  test("refuses a single alternative", () => {
    expect(messageOf(() => choice("door", ["open"], () => {}))).toBe(
      `choice "door": needed at least 2 alternatives, came 1. Name them all, "none" included.`,
    );
  });
});

describe("setter", () => {
  test("scales [-1, 1] to its ends", async () => {
    world = await createTestWorld();
    const agent = world.node("agent");
    const got: number[] = [];
    const glow = setter("glow", (value) => got.push(value), { low: 2, high: 6 });
    for (const action of [-1, 0.5, 1]) glow.act(agent, Float32Array.of(action), 0, 0.1);
    expect(got).toEqual([2, 5, 6]);
  });

  test("refuses ends that are upside down", () => {
    expect(messageOf(() => setter("glow", () => {}, { low: 1, high: 0 }))).toBe(
      `setter "glow": needed "low" below "high", came 1 and 0. Give the lowest and the highest value.`,
    );
  });
});
