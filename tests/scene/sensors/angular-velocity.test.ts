import { Quaternion, Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { afterEach, expect, test } from "vitest";
import { angularVelocity } from "../../../plugin/scene/sensors/angular-velocity.ts";
import { createTestWorld, face, read, type TestWorld } from "../test-world.ts";

let world: TestWorld | null = null;
afterEach(() => world?.dispose());

test("a body that turns right has positive yaw, in shares of the maximum", async () => {
  world = await createTestWorld({ physics: true });
  const agent = world.box("agent", { mass: 1 });
  agent.physicsBody?.setAngularVelocity(new Vector3(0, 2, 0));
  expect(read(angularVelocity({ maximum: 4 }), agent)).toEqual({
    "turning yaw": 0.5,
    "turning pitch": 0,
    "turning roll": 0,
  });
  world.frames(6); // 0.1 s: to the right by 0.2
  expect(agent.forward.x).toBeCloseTo(Math.sin(0.2), 2);
});

test.each([
  ["yaw", [0.3, 0, 0]],
  ["pitch", [0, 0.3, 0]],
  ["roll", [0, 0, 0.3]],
])("without physics, %s is measured from frame to frame", async (name, [yaw, pitch, roll]) => {
  world = await createTestWorld();
  const agent = world.node("agent");
  face(agent, 0);
  const sensor = angularVelocity();
  sensor.tick?.(agent, 0.1);
  agent.rotationQuaternion = Quaternion.RotationYawPitchRoll(yaw, pitch, roll);
  sensor.tick?.(agent, 0.1);
  const expected = { "turning yaw": 0, "turning pitch": 0, "turning roll": 0, [`turning ${name}`]: 3 };
  expect(read(sensor, agent)).toEqual(expected);
});

test("half a turn within a frame is still measured", async () => {
  world = await createTestWorld();
  const agent = world.node("agent");
  face(agent, 0);
  const sensor = angularVelocity({ yawOnly: true });
  sensor.tick?.(agent, 0.5);
  face(agent, 3);
  sensor.tick?.(agent, 0.5);
  expect(read(sensor, agent)).toEqual({ "turning yaw": 6 });
});
