import { createWasmPpoLearner } from "../../../plugin/compute/wasm-ppo-learner.ts";
import { largestDifference } from "../../compute/oracle/agreement.ts";
import { disposeMinibatch, uploadMinibatch } from "../../compute/oracle/minibatch.ts";
import { PpoOracle } from "../../compute/oracle/ppo-oracle.ts";
import type { Contender } from "./interleave.ts";
import type { Jax } from "./jax-js.ts";
import { JaxPpo } from "./jax-js-ppo.ts";
import { placeAtStart, standingStill, type MinibatchWork } from "./minibatch-work.ts";

/** Our learner, tfjs on whatever backend is set, and jax-js, ready to step on the same minibatch. */
export interface MinibatchContenders {
  readonly all: readonly Contender[];
  /** Lets all take so many steps. @returns The largest difference of any parameter of a peer from ours. */
  proveEqual(steps: number): Promise<number>;
  /** From now on steps move nothing, see `standingStill`. */
  holdStill(): void;
  dispose(): void;
}

/**
 * Ours includes copying the minibatch into WASM memory and reading the statistics. The peers' minibatches lie in their
 * tensors already and they report nothing: that favours them.
 */
export async function makeContenders(jax: Jax, work: MinibatchWork): Promise<MinibatchContenders> {
  const { role, network, parameters, batch } = work;
  let { settings } = work;
  const minibatch = uploadMinibatch(role, batch, settings.order);
  const tfjs = new PpoOracle(role, network, parameters);
  // Old probabilities near the present ones, or every ratio would be clipped.
  tfjs.describe(minibatch).logProbabilities.forEach((now, row) => {
    batch.logProbabilities[row] = now + 0.3 * Math.sin(row);
  });
  disposeMinibatch(minibatch);
  const uploaded = uploadMinibatch(role, batch, settings.order);
  const jaxJs = new JaxPpo(jax, role, network, parameters, batch, settings);
  const ours = await createWasmPpoLearner(role, network);
  placeAtStart(ours, work);
  const all: Contender[] = [
    { name: "ours", run: () => ours.update(batch, settings) },
    { name: "tfjs-wasm", run: () => tfjs.step(uploaded, settings) },
    { name: "jax-js", run: () => jaxJs.step(settings.learningRate) },
  ];
  return {
    all,
    async proveEqual(steps) {
      for (const contender of all) {
        for (let i = 0; i < steps; i++) await contender.run();
      }
      const learned = (await ours.readState()).parameters;
      return Math.max(...[tfjs.network.read(), jaxJs.read()].map((other) => largestDifference(learned, other)));
    },
    holdStill() {
      settings = standingStill(settings);
    },
    dispose() {
      ours.dispose();
      tfjs.dispose();
      jaxJs.dispose();
      disposeMinibatch(uploaded);
    },
  };
}
