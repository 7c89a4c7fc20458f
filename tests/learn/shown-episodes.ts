import type { NetworkSpec } from "../../plugin/core/network-spec.ts";
import { vectorObservation } from "../../plugin/core/observation-spec.ts";
import { Random } from "../../plugin/core/random.ts";
import type { RoleSpec } from "../../plugin/core/role-spec.ts";
import { EpisodeWriter, type Demonstrations } from "../../plugin/learn/demonstrations.ts";

export const ROLE: RoleSpec = {
  observation: vectorObservation(["ahead", "beside", "height"], ["height"]),
  action: { continuous: ["drive", "turn"], discrete: [{ label: "jump", choices: ["no", "yes"] }] },
};
export const NETWORK: NetworkSpec = { hidden: [16], activation: "tanh", sharedTrunk: false };

/** Somebody who drives by what is ahead, turns by what is beside, and jumps above 100. */
export function show(episodes: number, decisions: number, seed = 1): Demonstrations {
  const random = new Random(seed);
  const writer = new EpisodeWriter(ROLE);
  return {
    role: ROLE,
    decisionsPerSecond: 10,
    episodes: Array.from({ length: episodes }, () => {
      writer.clear();
      for (let i = 0; i < decisions; i++) {
        const [ahead, beside] = [random.between(-1, 1), random.between(-1, 1)];
        const height = 100 + 20 * random.normal();
        writer.add(
          {
            agents: 1,
            observations: Float32Array.of(ahead, beside, height),
            masks: Uint8Array.of(1, 1),
            actions: {
              continuous: Float32Array.of(0.5 * ahead, 3 * beside),
              discrete: Int32Array.of(height > 100 ? 1 : 0),
            },
          },
          0,
        );
      }
      return writer.read();
    }),
  };
}
