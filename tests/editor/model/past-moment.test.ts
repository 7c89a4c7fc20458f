import { afterEach, describe, expect, it } from "vitest";
import { describeAction } from "../../../plugin/editor/model/describe-action.ts";
import { decideAgain } from "../../../plugin/editor/model/past-moment.ts";
import { FlightRecorder, type DecisionTrack } from "../../../plugin/index.ts";
import { createFlyer, flyerPolicy } from "../../scene/recorder/recorded-flight.ts";
import { createTestWorld, type TestWorld } from "../../scene/test-world.ts";

let world: TestWorld;
afterEach(() => world?.dispose());

/** An agent that draws its actions, flown for half a second. */
async function fly(): Promise<DecisionTrack> {
  world = await createTestWorld();
  const controller = createFlyer(world, "flyer", 1, false);
  controller.policy = await flyerPolicy(controller, 1);
  const recorder = FlightRecorder.attach(controller);
  world.frames(30);
  return recorder.trackOf(controller);
}

describe("A decision of the past", () => {
  it("is told to be the same when its policy gives it again to the last bit", async () => {
    const track = await fly();
    const { verdict, replayed, recorded } = await decideAgain(track, 3);
    expect(verdict).toBe("same");
    expect(replayed!.continuous).toEqual(recorded.continuous);
    expect(replayed!.value).not.toBe(0);
  });

  it("is told not to be the same when its policy gives another", async () => {
    const track = await fly();
    track.read(2).version!.data.parameters[0] += 0.5;
    const again = [await decideAgain(track, 2), await decideAgain(track, 3), await decideAgain(track, 4)];
    expect(again.map(({ verdict }) => verdict)).toContain("other");
  });

  it("is not made again where a script decided", async () => {
    world = await createTestWorld();
    const controller = createFlyer(world, "flyer", 1, false);
    controller.heuristic = (actions) => {
      actions.set("drive", 0.25);
      actions.choose("jump", "no");
    };
    const recorder = FlightRecorder.attach(controller);
    world.frames(30);
    const { verdict, replayed } = await decideAgain(recorder.trackOf(controller), 1);
    expect([verdict, replayed]).toEqual(["scripted", null]);
  });

  it("says in words what the agent did", async () => {
    const track = await fly();
    const { role } = track.controller;
    const did = { continuous: Float32Array.of(0.25, -1), discrete: Int32Array.of(1) };
    expect(describeAction(role, did)).toBe("drive 0.25, turn -1, jump: yes");
  });
});
