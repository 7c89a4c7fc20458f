// Serves the walk to a run, and takes the GPU away from it when the run's settings say so.
import type { Environment } from "../../../plugin/core/environment.ts";
import type { EnvironmentRequest } from "../../../plugin/learn/messages.ts";
import { walk } from "../../../plugin/learn/tasks/walk.ts";
import { serveEnvironment } from "../../../plugin/worker.ts";

/** When the newest device is destroyed. */
export interface DeviceLosses {
  /** Just before these steps of the environment: between two updates. */
  readonly steps?: readonly number[];
  /** Right after these submits: in the middle of an update. */
  readonly submits?: readonly number[];
  /** Whether no adapter can be had after the first loss. */
  readonly forGood?: boolean;
}

const devices: GPUDevice[] = [];
let losses: DeviceLosses = {};
let submits = 0;

const requestDevice = GPUAdapter.prototype.requestDevice;
GPUAdapter.prototype.requestDevice = async function (this: GPUAdapter, ...args) {
  const device = await requestDevice.apply(this, args);
  devices.push(device);
  return device;
};

const submit = GPUQueue.prototype.submit;
GPUQueue.prototype.submit = function (this: GPUQueue, ...args) {
  submit.apply(this, args);
  if (losses.submits?.includes(submits++)) destroy();
};

function destroy(): void {
  devices.at(-1)!.destroy();
  if (losses.forGood) GPU.prototype.requestAdapter = async () => null;
}

const make = ({ arenas = 8, settings = {} }: EnvironmentRequest): Environment => {
  losses = settings;
  const environment = walk({ agents: arenas });
  let steps = 0;
  return {
    ...environment,
    step: () => {
      if (losses.steps?.includes(steps++)) destroy();
      environment.step();
    },
  };
};

serveEnvironment(make, { tfjs: { backend: "webgpu" } });
