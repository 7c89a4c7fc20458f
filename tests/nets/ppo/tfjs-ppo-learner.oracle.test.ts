import { beforeAll, describe, expect, it } from "vitest";
import { createTfjsPpoLearner } from "../../../plugin/nets/ppo/tfjs-ppo-learner.ts";
import { LOSS_CASES, NETWORK_CASES } from "../../compute/oracle/agreement-cases.ts";
import { measureAgreement } from "../../compute/oracle/agreement.ts";
import { loadTfjs } from "../../compute/oracle/tfjs.ts";

beforeAll(async () => {
  await loadTfjs("cpu");
});

describe.each(["cpu", "wasm"] as const)(
  "The tfjs learner on %s agrees with tfjs-cpu after 20 Adam steps",
  (backend) => {
    it.each([...LOSS_CASES, ...NETWORK_CASES])("$name", async (one) => {
      const agreement = await measureAgreement(one, async (role, network) => {
        const learner = await createTfjsPpoLearner(role, network, { backend });
        await loadTfjs("cpu"); // The oracle's; the learner finds its own by itself.
        return learner;
      });
      expect(agreement.steps).toBe(20);
      expect(agreement.moved).toBeGreaterThan(5e-3);
      expect(agreement.parameters).toBeLessThan(1e-5);
      expect(agreement.moments).toBeLessThan(1e-5);
      expect(agreement.statistics).toBeLessThan(1e-5);
    });
  },
);
