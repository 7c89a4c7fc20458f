import { createWasmPpoLearner } from "../compute/wasm-ppo-learner.ts";
import { UnsupportedError } from "../core/errors.ts";
import type { Device, PpoLearner } from "../core/learner.ts";
import type { NetworkSpec } from "../core/network-spec.ts";
import type { RoleSpec } from "../core/role-spec.ts";

/** What every learner starts with. */
export interface LearnerOptions {
  /** Fixes the initial parameters. */
  readonly seed: number;
  /** Relaxed SIMD, where that means something. */
  readonly fastMath: boolean;
  /** Most milliseconds of GPU time that a learner takes in one go; `Infinity` where nobody draws beside it. */
  readonly longestSubmitMilliseconds: number;
  /** The GPU was lost too often: whoever can compute elsewhere does. Default false. */
  readonly avoidsGpu?: boolean;
}

/**
 * Makes a learner.
 *
 * @throws UnsupportedError where it cannot be had, or for a role or a network that it cannot teach.
 */
export type MakeLearner = (role: RoleSpec, network: NetworkSpec, options: LearnerOptions) => Promise<PpoLearner>;

/** Learners by where they compute. Those that are left out are our own, if there is one. */
export type LearnerFactories = Readonly<Partial<Record<Device, MakeLearner>>>;

/** The learners that this layer can reach; the GPU's is loaded when it is asked for. */
const OWN: LearnerFactories = {
  wasm: createWasmPpoLearner,
  webgpu: async (role, network, options) => {
    const { createWebGpuPpoLearner } = await import("../compute/webgpu/webgpu-ppo-learner.ts");
    return createWebGpuPpoLearner(role, network, options);
  },
};

/** The factory of a device's learner; one that refuses where there is none. */
export function factoryFor(device: Device, factories: LearnerFactories): MakeLearner {
  return (
    factories[device] ??
    OWN[device] ??
    (() => {
      throw new UnsupportedError(
        `Device "${device}": needed a worker that brings its learner along, came one without. Serve the lesson with serveLesson or serveEnvironment.`,
      );
    })
  );
}
