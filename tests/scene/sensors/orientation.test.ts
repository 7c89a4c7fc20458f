import { Quaternion } from "@babylonjs/core/Maths/math.vector.js";
import { afterEach, expect, test } from "vitest";
import { orientation } from "../../../plugin/scene/sensors/orientation.ts";
import { createTestWorld, face, messageOf, read, type TestWorld } from "../test-world.ts";

let world: TestWorld | null = null;
afterEach(() => world?.dispose());

test("the heading is sine and cosine of the turn to the right from +Z", async () => {
  world = await createTestWorld();
  const agent = world.node("agent");
  face(agent, Math.PI / 6);
  expect(read(orientation(), agent)).toEqual({ "heading sine": 0.5, "heading cosine": 0.866 });
});

test("up and forward are axes in the world", async () => {
  world = await createTestWorld();
  const agent = world.node("agent");
  agent.scaling.setAll(3);
  // Nose down by 90°: forward points down and up points ahead.
  agent.rotationQuaternion = Quaternion.RotationYawPitchRoll(0, Math.PI / 2, 0);
  expect(read(orientation({ parts: ["up", "forward", "heading"] }), agent)).toEqual({
    "up x": 0,
    "up y": 0,
    "up z": 1,
    "forward x": 0,
    "forward y": -1,
    "forward z": 0,
    "heading sine": 0,
    "heading cosine": 0,
  });
});

test("no parts and unknown parts are refused", () => {
  expect(messageOf(() => orientation({ parts: [] }))).toBe(
    `orientation: needed at least 1 part, came none. Ask for "heading", "up" or "forward".`,
  );
  expect(messageOf(() => orientation({ parts: ["yaw" as "up"] }))).toBe(
    `orientation: needed "parts" to be "heading" or "up" or "forward", came "yaw". Choose one of them.`,
  );
});
