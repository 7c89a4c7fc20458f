import { DeviceLostError } from "../../plugin/compute/webgpu/device-errors.ts";
import { createWasmPpoLearner } from "../../plugin/compute/wasm-ppo-learner.ts";
import { UnsupportedError } from "../../plugin/core/errors.ts";
import type { Device, PpoLearner } from "../../plugin/core/learner.ts";
import type { MakeLearner } from "../../plugin/learn/learner-factories.ts";

export const LOST = new DeviceLostError("learner: needed its GPU device, came the news that it is lost (destroyed).");
export const UNABLE = new UnsupportedError("learner: needed 4 storage buffers, came a device that has 2.");

/** What a pretended device does. */
export interface Pretence {
  /** Called before each update with its number, over all learners of this factory; whatever it throws is the update's error. */
  readonly before?: (update: number) => void;
  /** Called before a learner is made, with its number. */
  readonly making?: (learner: number) => void;
  /** Milliseconds that each minibatch takes. */
  readonly slow?: number;
  /** Multiplies every loss that is told. Default 1. */
  readonly exaggeration?: number;
}

/** A factory of real learners that say they compute elsewhere; and what became of them. */
export function pretend(
  device: Device,
  { before, making, slow = 0, exaggeration = 1 }: Pretence = {},
): { make: MakeLearner; made: PpoLearner[]; disposed: PpoLearner[] } {
  const made: PpoLearner[] = [];
  const disposed: PpoLearner[] = [];
  let updates = 0;
  const make: MakeLearner = async (role, network, options) => {
    making?.(made.length);
    const inner = await createWasmPpoLearner(role, network, options);
    const learner: PpoLearner = {
      device,
      role,
      network,
      async update(batch, settings) {
        before?.(updates++);
        const result = await inner.update(batch, settings);
        const end = performance.now() + slow * result.minibatches;
        while (performance.now() < end);
        return { ...result, policyLoss: result.policyLoss * exaggeration, valueLoss: result.valueLoss * exaggeration };
      },
      setNormaliser: (normaliser) => inner.setNormaliser(normaliser),
      readState: () => inner.readState(),
      writeState: (state) => inner.writeState(state),
      dispose() {
        disposed.push(learner);
        inner.dispose();
      },
    };
    made.push(learner);
    return learner;
  };
  return { make, made, disposed };
}

/** Throws at the updates (or learners) of these numbers. */
export function throwAt(error: Error, ...numbers: readonly number[]): (number: number) => void {
  return (number) => {
    if (numbers.includes(number)) throw error;
  };
}
