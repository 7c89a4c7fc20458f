import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { afterEach, describe, expect, it } from "vitest";
import { drive } from "../../../plugin/scene/actuators/drive.ts";
import { NeuralController } from "../../../plugin/scene/neural-controller.ts";
import { FlightRecorder } from "../../../plugin/scene/recorder/flight-recorder.ts";
import { value } from "../../../plugin/scene/sensors/value.ts";
import { createEcho } from "../echo-controller.ts";
import { createTestWorld, messageOf, type TestWorld } from "../test-world.ts";
import { countDifferences, createFlyer, flyerPolicy, recordFlight } from "./recorded-flight.ts";

let world: TestWorld;
afterEach(() => world?.dispose());

/** Everything that says where the nodes of a world are, to the last bit. */
function poses({ scene }: TestWorld): string {
  return [...scene.meshes, ...scene.transformNodes]
    .map(({ name, position: p, rotation: r, rotationQuaternion: q }) =>
      JSON.stringify([name, p.x, p.y, p.z, r.x, r.y, r.z, q && [q.x, q.y, q.z, q.w]]),
    )
    .join("\n");
}

describe("Replayed decisions", () => {
  it("are bit-equal for 30 seconds of greedy and drawing agents in batches, through policies that change", async () => {
    world = await createTestWorld();
    const { recorder, changes } = await recordFlight(world, 30);
    expect(changes).toBe(6);
    // 10 decisions a second of 6 agents for 30 seconds.
    expect(await countDifferences(recorder)).toEqual({ decisions: 1800, different: 0 });
  });

  it("notice an agent that would have decided otherwise", async () => {
    world = await createTestWorld();
    const controller = createFlyer(world, "flyer", 1, false);
    controller.policy = await flyerPolicy(controller, 1);
    const recorder = FlightRecorder.attach(controller);
    world.frames(30);
    const track = recorder.trackOf(controller);
    const { version } = track.read(2);
    version!.data.parameters[0] += 0.5;
    expect((await countDifferences(recorder)).different).toBeGreaterThan(0);
  });

  it("tell what the policy thought: means, deviations, probabilities and its estimate", async () => {
    world = await createTestWorld();
    const controller = createFlyer(world, "flyer", 2, true);
    controller.policy = await flyerPolicy(controller, 1);
    const recorder = FlightRecorder.attach(controller);
    world.frames(10);
    const track = recorder.trackOf(controller);
    const again = await track.replay(1);
    expect(again.means).toEqual(track.read(1).continuous);
    expect(again.deviations.length).toBe(2);
    // Jumping twice is masked.
    expect(again.probabilities[0] + again.probabilities[1]).toBeCloseTo(1, 6);
    expect(again.probabilities[2]).toBe(0);
    expect(again.value).not.toBe(0);
  });

  it("leave the live policy's stream of chance alone", async () => {
    const fly = async (replays: boolean): Promise<string> => {
      world = await createTestWorld();
      const controller = createFlyer(world, "flyer", 1, false);
      controller.policy = await flyerPolicy(controller, 1);
      const recorder = FlightRecorder.attach(controller);
      world.frames(30);
      if (replays) await recorder.trackOf(controller).replay(3);
      world.frames(30);
      const flown = poses(world);
      world.dispose();
      return flown;
    };
    expect(await fly(true)).toBe(await fly(false));
  });
});

describe("A flight recorder", () => {
  it("keeps the last seconds only", async () => {
    world = await createTestWorld();
    const { controller } = createEcho("guard");
    world.node("guard").addBehavior(controller);
    const recorder = FlightRecorder.attach(controller, { seconds: 2 });
    world.frames(300);
    const track = recorder.trackOf(controller);
    expect([track.first, track.next]).toEqual([28, 50]);
    expect(track.timeOf(track.first)).toBeCloseTo(2.8, 6);
    expect(recorder.now).toBeCloseTo(5, 6);
    expect(recorder.begin).toBeGreaterThan(2.9);
    expect(recorder.begin).toBeLessThanOrEqual(3);
  });

  it("finds the decision that was in force at a time", async () => {
    world = await createTestWorld();
    const { controller } = createEcho("guard");
    world.node("guard").addBehavior(controller);
    const track = FlightRecorder.attach(controller, { seconds: 2 }).trackOf(controller);
    expect(track.decisionAt(0)).toBe(-1);
    world.frames(300);
    expect(track.decisionAt(4.25)).toBe(42);
    expect(track.decisionAt(99)).toBe(49);
    expect(track.decisionAt(1)).toBe(-1);
  });

  it("records what scripts decide, and says that they cannot be replayed", async () => {
    world = await createTestWorld();
    const { controller } = createEcho("guard", { heuristic: (actions) => actions.set("y", -0.5), senses: () => 0.25 });
    world.node("guard").addBehavior(controller);
    const track = FlightRecorder.attach(controller).trackOf(controller);
    world.frames(10);
    const { continuous, observation, scripted, version } = track.read(1);
    expect([continuous[0], observation[0], scripted, version]).toEqual([-0.5, 0.25, true, null]);
    await expect(track.replay(1)).rejects.toThrow(
      'FlightRecorder: needed a decision of a policy to replay, came one of a heuristic, number 1 of "guard". Read what it did with read().',
    );
  });

  it("says which policies cannot decide again", async () => {
    world = await createTestWorld();
    const { controller } = createEcho("guard");
    world.node("guard").addBehavior(controller);
    const track = FlightRecorder.attach(controller).trackOf(controller);
    world.frames(10);
    await expect(track.replay(0)).rejects.toThrow(
      'FlightRecorder: needed a decision of a policy to replay, came one of a policy that cannot decide again bit for bit, number 0 of "guard". Use a policy of createPolicy or loadPolicy, and change it only between frames.',
    );
  });

  it("says which decisions are there", async () => {
    world = await createTestWorld();
    const { controller } = createEcho("guard");
    world.node("guard").addBehavior(controller);
    const track = FlightRecorder.attach(controller).trackOf(controller);
    expect(messageOf(() => track.read(0))).toBe(
      'FlightRecorder: needed a decision of "guard" that is still there, came 0. Of its decisions none is there yet.',
    );
    world.frames(10);
    expect(messageOf(() => track.read(7))).toBe(
      'FlightRecorder: needed a decision of "guard" that is still there, came 7. Of its decisions those from 0 to 1 are there.',
    );
  });

  it("refuses a controller without a node", () => {
    expect(messageOf(() => FlightRecorder.attach(createEcho("guard").controller))).toBe(
      'FlightRecorder: needed a controller that drives a node, came "guard" without one. Call node.addBehavior(controller) first.',
    );
  });

  it("refuses seconds out of range", async () => {
    world = await createTestWorld();
    expect(messageOf(() => FlightRecorder.attach(world.scene, { seconds: 601 }))).toBe(
      'FlightRecorder: needed "seconds" to be a number above 0 and of at most 600, came 601. Say how far back one can look.',
    );
  });

  it("lets go of agents whose nodes are disposed of", async () => {
    world = await createTestWorld();
    const { controller } = createEcho("guard");
    const node = world.node("guard");
    node.addBehavior(controller);
    const recorder = FlightRecorder.attach(world.scene);
    world.frames(3);
    node.dispose();
    world.frames(3);
    expect(recorder.tracks).toEqual([]);
    recorder.dispose();
    recorder.dispose();
  });
});

describe("Scrubbing", () => {
  it("shows nodes as they stood, between two samples in proportion", async () => {
    world = await createTestWorld();
    const ball = world.node("ball");
    world.scene.onBeforeAnimationsObservable.add(() => {
      if (!recorder.isShowing) ball.position.x += 0.01;
    });
    const { controller } = createEcho("guard");
    world.node("guard").addBehavior(controller);
    const recorder = FlightRecorder.attach(controller, { nodes: [ball] });
    world.frames(120);
    recorder.showPose(1);
    // At 1 second, 61 frames had moved it.
    expect(ball.position.x).toBeCloseTo(0.61, 5);
    recorder.showPose(1 + 1 / 60);
    expect(ball.position.x).toBeCloseTo(0.62, 5);
    recorder.showPose(99);
    expect(ball.position.x).toBeCloseTo(1.2, 1);
    recorder.release();
    expect(ball.position.x).toBeCloseTo(1.2, 10);
  });

  it("goes on exactly where it was, physics included", async () => {
    const play = async (scrubs: boolean): Promise<string> => {
      world = await createTestWorld({ physics: true, gravity: 9.8 });
      world.box("floor", { at: [0, -1, 0], size: [40, 1, 40] });
      const box = world.box("box", { at: [0, 3, 0], mass: 1 });
      box.physicsBody!.setAngularVelocity(new Vector3(1, 2, 3));
      const walker = createFlyer(world, "walker", 1, false);
      walker.attachedNode!.rotation.y = 0.3;
      walker.policy = await flyerPolicy(walker, 4);
      const controller = new NeuralController("pushed", {
        sensors: [value("x", () => 1, { range: [-1, 1] })],
        actuators: [drive({ speed: 2 })],
        heuristic: (actions) => actions.set("drive", 1),
      });
      box.addBehavior(controller);
      const recorder = FlightRecorder.attach(world.scene);
      world.frames(40);
      if (scrubs) {
        const before = poses(world);
        for (const at of [0.1, 0.5, 0.2]) {
          recorder.showPose(at);
          world.frames(3);
          expect(poses(world)).not.toBe(before);
        }
        recorder.release();
        expect(poses(world)).toBe(before);
      }
      world.frames(60);
      const end = poses(world);
      world.dispose();
      return end;
    };
    expect(await play(true)).toBe(await play(false));
  });

  it("gives back the flags that it found", async () => {
    world = await createTestWorld();
    const { controller } = createEcho("guard");
    world.node("guard").addBehavior(controller);
    world.scene.physicsEnabled = false;
    const recorder = FlightRecorder.attach(controller);
    world.frames(3);
    recorder.showPose(0);
    recorder.dispose();
    expect([world.scene.physicsEnabled, world.scene.animationsEnabled]).toEqual([false, true]);
  });

  it("needs something recorded", async () => {
    world = await createTestWorld();
    const { controller } = createEcho("guard");
    world.node("guard").addBehavior(controller);
    const recorder = FlightRecorder.attach(controller);
    expect(messageOf(() => recorder.showPose(0))).toBe(
      "FlightRecorder: needed a time from 0 to 0 of its record, came 0. Record some frames first.",
    );
  });
});
