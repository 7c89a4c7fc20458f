import { createWasmPpoLearner } from "../../../plugin/compute/wasm-ppo-learner.ts";
import type { PpoUpdateResult } from "../../../plugin/core/learner.ts";
import { largestDifference } from "../../compute/oracle/agreement.ts";
import { disposeMinibatch, uploadMinibatch } from "../../compute/oracle/minibatch.ts";
import { PpoOracle, type OracleStatistics } from "../../compute/oracle/ppo-oracle.ts";
import type { Contender } from "./interleave.ts";
import type { Jax } from "./jax-js.ts";
import { JaxPpo } from "./jax-js-ppo.ts";
import { placeAtStart, standingStill, type MinibatchWork } from "./minibatch-work.ts";

/** Our learner, tfjs on whatever backend is set, and jax-js, ready to step on the same minibatch. */
export interface MinibatchContenders {
  /**
   * `"ours"`, `"tfjs-wasm"` and `"jax-js"` do the same work: from a rollout's arrays to new weights and six statistics.
   * `"… favoured"` have the minibatch in their tensors already and tell nothing.
   */
  readonly all: readonly Contender[];
  /**
   * Lets all take so many steps.
   *
   * @returns The largest difference of any parameter of a peer from ours.
   * @throws Error when a peer tells something else than ours.
   */
  proveEqual(steps: number): Promise<number>;
  /** From now on steps move nothing, see `standingStill`. */
  holdStill(): void;
  dispose(): void;
}

/** @param fastMath - Whether our learner uses relaxed SIMD. jax-js does so wherever it can. */
export async function makeContenders(jax: Jax, work: MinibatchWork, fastMath = false): Promise<MinibatchContenders> {
  const { role, network, parameters, batch } = work;
  let { settings } = work;
  const tfjs = new PpoOracle(role, network, parameters);
  bringRatiosNearOne(tfjs, work);
  const jaxJs = new JaxPpo(jax, work);
  const ours = await createWasmPpoLearner(role, network, { fastMath });
  placeAtStart(ours, work);
  const uploaded = uploadMinibatch(role, batch, settings.order);
  const jaxUploaded = jaxJs.upload();

  const stepOurs = (): number[] => statistics(ours.update(batch, settings) as PpoUpdateResult);
  const stepTfjs = (): number[] => {
    const minibatch = uploadMinibatch(role, batch, settings.order);
    const told = statistics(tfjs.stepAndTell(minibatch, settings));
    disposeMinibatch(minibatch);
    return told;
  };
  const stepJax = async (): Promise<number[]> => {
    return Array.from((await jaxJs.step(jaxJs.upload(), settings.learningRate)).dataSync());
  };
  const stepJaxFavoured = async (): Promise<void> => {
    const kept = Object.entries(jaxUploaded).map(([name, array]) => [name, array.ref]);
    (await jaxJs.step(Object.fromEntries(kept) as typeof jaxUploaded, settings.learningRate)).dispose();
  };
  return {
    all: [
      { name: "ours", run: stepOurs },
      { name: "tfjs-wasm", run: stepTfjs },
      { name: "jax-js", run: stepJax },
      { name: "tfjs-wasm, favoured", run: () => tfjs.step(uploaded, settings) },
      { name: "jax-js, favoured", run: stepJaxFavoured },
    ],
    async proveEqual(steps) {
      for (let step = 0; step < steps; step++) {
        const told = stepOurs();
        assertAlike("tfjs-wasm", stepTfjs(), told);
        assertAlike("jax-js", await stepJax(), told);
      }
      const learned = (await ours.readState()).parameters;
      const peers = [tfjs.network.read(), await jaxJs.read()];
      return Math.max(...peers.map((peer) => largestDifference(learned, peer)));
    },
    holdStill() {
      settings = standingStill(settings);
    },
    dispose() {
      ours.dispose();
      tfjs.dispose();
      jaxJs.dispose();
      disposeMinibatch(uploaded);
      for (const array of Object.values(jaxUploaded)) array.dispose();
    },
  };
}

/** Makes the old probabilities resemble the present ones, or every ratio would be clipped. */
export function bringRatiosNearOne(oracle: PpoOracle, { role, batch, settings }: MinibatchWork): void {
  const minibatch = uploadMinibatch(role, batch, settings.order);
  oracle.describe(minibatch).logProbabilities.forEach((now, row) => {
    batch.logProbabilities[row] = now + 0.3 * Math.sin(row);
  });
  disposeMinibatch(minibatch);
}

/** Peers sum in other orders, which shows in the fifth digit of a norm. @throws Error when a peer tells something else. */
export function assertAlike(peer: string, told: readonly number[], expected: readonly number[]): void {
  expected.forEach((value, i) => {
    if (Math.abs(told[i] - value) <= 1e-4 * (1 + Math.abs(value))) return;
    throw new Error(
      `${peer}: needed the statistics ${String(expected)}, came ${String(told)}. They do not do the same.`,
    );
  });
}

/** As a list. */
export function statistics(told: OracleStatistics): number[] {
  const { policyLoss, valueLoss, entropy, approximateKl, clipFraction, gradientNorm } = told;
  return [policyLoss, valueLoss, entropy, approximateKl, clipFraction, gradientNorm];
}
