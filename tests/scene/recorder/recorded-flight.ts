import { createPolicy } from "../../../plugin/compute/wasm-policy.ts";
import type { NetworkSpec } from "../../../plugin/core/network-spec.ts";
import type { Policy } from "../../../plugin/core/policy.ts";
import { Random } from "../../../plugin/core/random.ts";
import { choice } from "../../../plugin/scene/actuators/choice.ts";
import { drive } from "../../../plugin/scene/actuators/drive.ts";
import { turn } from "../../../plugin/scene/actuators/turn.ts";
import { NeuralController } from "../../../plugin/scene/neural-controller.ts";
import { FlightRecorder } from "../../../plugin/scene/recorder/flight-recorder.ts";
import { distanceTo } from "../../../plugin/scene/sensors/distance-to.ts";
import { value } from "../../../plugin/scene/sensors/value.ts";
import { velocity } from "../../../plugin/scene/sensors/velocity.ts";
import { randomPolicy } from "../../compute/plain-network.ts";
import type { TestWorld } from "../test-world.ts";

export const NETWORK: NetworkSpec = { hidden: [12, 9], activation: "tanh", sharedTrunk: false };

/** An agent that drives, turns and jumps by what it senses: a number of its own, its speed and how far it is from home. */
export function createFlyer(world: TestWorld, name: string, seed: number, greedy: boolean): NeuralController {
  const random = new Random(seed);
  const home = world.node(`${name}'s home`);
  const controller = new NeuralController(name, {
    sensors: [value("whim", () => random.between(-1, 1), { range: [-1, 1] }), velocity(), distanceTo(home)],
    actuators: [
      drive({ speed: 3 }),
      choice("jump", ["no", "yes", "twice"], () => {}, { allows: (one) => one !== "twice" || seed % 2 === 1 }),
      turn({ radiansPerSecond: 2 }),
    ],
    greedy,
  });
  const node = world.node(name, [seed, 0, 0]);
  node.addBehavior(controller);
  return controller;
}

export async function flyerPolicy(controller: NeuralController, seed: number): Promise<Policy> {
  const policy = await createPolicy(randomPolicy(controller.role, NETWORK, seed));
  policy.seed(seed);
  return policy;
}

/** Agents in a scene that have been recorded for a while. */
export interface RecordedFlight {
  readonly recorder: FlightRecorder;
  readonly controllers: readonly NeuralController[];
  /** How often a policy was taught anew or swapped meanwhile. */
  readonly changes: number;
}

/**
 * Flies six agents: three that draw their actions and two greedy ones share a policy, which is taught anew every 5 seconds;
 * the last one draws from a policy of its own, which is swapped half way.
 */
export async function recordFlight(world: TestWorld, seconds: number, seed = 0): Promise<RecordedFlight> {
  const controllers = Array.from({ length: 6 }, (_, i) =>
    createFlyer(world, `flyer ${i}`, seed + i, i === 3 || i === 4),
  );
  const [first, , , , , last] = controllers;
  const shared = await flyerPolicy(first, seed + 1);
  for (const controller of controllers)
    controller.policy = controller === last ? await flyerPolicy(last, seed + 2) : shared;
  const recorder = FlightRecorder.attach(world.scene, { seconds });
  let changes = 0;
  for (let second = 0; second < seconds; second++) {
    if (second > 0 && second % 5 === 0) {
      shared.assign(randomPolicy(first.role, NETWORK, seed + 10 + second));
      changes += 1;
    }
    if (second === Math.floor(seconds / 2)) {
      last.policy = await flyerPolicy(last, seed + 3);
      changes += 1;
    }
    world.frames(60);
  }
  return { recorder, controllers, changes };
}

/** How many recorded decisions there are, and how many of them come out otherwise, in any bit, when they are replayed. */
export async function countDifferences(recorder: FlightRecorder): Promise<{ decisions: number; different: number }> {
  let decisions = 0;
  let different = 0;
  for (const track of recorder.tracks) {
    for (let number = track.first; number < track.next; number++) {
      const recorded = track.read(number);
      const again = await track.replay(number);
      decisions += 1;
      const bits = ({ continuous, discrete }: typeof recorded | typeof again): string =>
        `${new Uint32Array(continuous.buffer).join()} ${discrete.join()}`;
      if (bits(recorded) !== bits(again)) different += 1;
    }
  }
  return { decisions, different };
}
