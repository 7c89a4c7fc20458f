import { compileKernel } from "../../../plugin/compute/webgpu/pipelines.ts";
import {
  createWebGpuPpoLearner,
  type WebGpuPpoLearnerOptions,
} from "../../../plugin/compute/webgpu/webgpu-ppo-learner.ts";
import type {
  LearnerState,
  PpoBatch,
  PpoLearner,
  PpoUpdateResult,
  PpoUpdateSettings,
} from "../../../plugin/core/learner.ts";
import type { NetworkSpec } from "../../../plugin/core/network-spec.ts";
import type { NormaliserState } from "../../../plugin/core/policy.ts";
import type { RoleSpec } from "../../../plugin/core/role-spec.ts";
import { countGpuCalls, type GpuCalls } from "./count-gpu-calls.ts";
import type { CartPoleFigures, CartPoleRequest } from "./webgpu-cartpole.worker.ts";

/** What a test asks of this page. Learners are known by numbers. */
export interface WebGpuPage {
  create(role: RoleSpec, network: NetworkSpec, options: CreateOptions): Promise<number>;
  update(learner: number, batch: PpoBatch, settings: PpoUpdateSettings): Promise<PpoUpdateResult>;
  setNormaliser(learner: number, normaliser: NormaliserState): void;
  readState(learner: number): Promise<LearnerState>;
  writeState(learner: number, state: LearnerState): void;
  dispose(learner: number): void;
  /** What has been counted since the page was opened, and errors that nobody caught. */
  counts(): GpuCalls & { uncaught: string[] };
  isDeviceAlive(learner: number): Promise<boolean>;
  /** Destroys the device before an update, or while it runs. @returns The error of the update. */
  updateWithoutDevice(
    learner: number,
    batch: PpoBatch,
    settings: PpoUpdateSettings,
    when: "before" | "during",
  ): Promise<string>;
  /** Starts a second update at once. @returns Its error. */
  updateTwice(learner: number, batch: PpoBatch, settings: PpoUpdateSettings): Promise<string>;
  /**
   * Updates while the page counts its other turns.
   *
   * @returns How many there were until it ended, and the error of writing a state meanwhile.
   */
  updateBesideOthers(
    learner: number,
    batch: PpoBatch,
    settings: PpoUpdateSettings,
    state: LearnerState,
  ): Promise<{ turns: number; complaint: string }>;
  /**
   * Updates while somebody else draws on the same device, a frame as soon as the one before is done.
   *
   * @returns How many frames were done before the update ended.
   */
  drawWhileUpdating(learner: number, batch: PpoBatch, settings: PpoUpdateSettings): Promise<number>;
  /** The message with which a kernel is refused. */
  compile(name: string, code: string): Promise<string>;
  teachCartPole(request: CartPoleRequest): Promise<CartPoleFigures>;
}

/** Whether the learner gets a device of the page's. */
export type CreateOptions = Omit<WebGpuPpoLearnerOptions, "device"> & { readonly foreignDevice?: boolean };

declare global {
  var webGpuPage: WebGpuPage;
}

const calls = countGpuCalls();
const uncaught: string[] = [];
const learners: { learner: PpoLearner; device: GPUDevice }[] = [];
const devices: GPUDevice[] = [];

// Every device of this page is noted as it is made, so that its errors can be listened to.
const request = GPUAdapter.prototype.requestDevice;
GPUAdapter.prototype.requestDevice = async function (this: GPUAdapter, ...args) {
  const device = await request.apply(this, args);
  device.addEventListener("uncapturederror", ({ error }) => uncaught.push(error.message));
  devices.push(device);
  return device;
};

/** What the page offers; other pages may offer it too. */
export const webGpuPage: WebGpuPage = {
  async create(role, network, { foreignDevice = false, ...options }) {
    const device = foreignDevice ? await makeDevice() : null;
    const learner = await createWebGpuPpoLearner(role, network, device ? { ...options, device } : options);
    return learners.push({ learner, device: device ?? devices[devices.length - 1] }) - 1;
  },
  update: async (index, batch, settings) => learners[index].learner.update(batch, settings),
  setNormaliser: (index, normaliser) => learners[index].learner.setNormaliser(normaliser),
  readState: async (index) => learners[index].learner.readState(),
  writeState: (index, state) => learners[index].learner.writeState(state),
  dispose: (index) => learners[index].learner.dispose(),
  counts: () => ({ ...calls, uncaught }),
  isDeviceAlive: async (index) =>
    Promise.race([
      learners[index].device.lost.then(() => false),
      new Promise<true>((resolve) => setTimeout(resolve, 50, true)),
    ]),
  async updateWithoutDevice(index, batch, settings, when) {
    const { learner, device } = learners[index];
    if (when === "before") device.destroy();
    if (when === "before") await device.lost;
    const updating = tell(learner.update(batch, settings));
    device.destroy();
    return updating;
  },
  async updateTwice(index, batch, settings) {
    const { learner } = learners[index];
    const first = learner.update(batch, settings);
    const second = await tell(learner.update(batch, settings));
    await first;
    return second;
  },
  async updateBesideOthers(index, batch, settings, state) {
    const { learner } = learners[index];
    let turns = 0;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      turns += 1;
      port2.postMessage(null);
    };
    port2.postMessage(null);
    const updating = learner.update(batch, settings);
    await new Promise((resolve) => setTimeout(resolve));
    const complaint = await tell(Promise.resolve().then(() => learner.writeState(state)));
    await updating;
    port1.close();
    return { turns, complaint };
  },
  async drawWhileUpdating(index, batch, settings) {
    const { learner, device } = learners[index];
    const format = "rgba8unorm";
    const target = device.createTexture({ size: [64, 64], format, usage: GPUTextureUsage.RENDER_ATTACHMENT });
    let frames = 0;
    let isOver = false;
    const draw = async (): Promise<void> => {
      while (!isOver) {
        const encoder = device.createCommandEncoder();
        const attachment = { view: target.createView(), loadOp: "clear", storeOp: "store" } as const;
        encoder.beginRenderPass({ colorAttachments: [attachment] }).end();
        device.queue.submit([encoder.finish()]);
        await device.queue.onSubmittedWorkDone();
        if (!isOver) frames += 1;
      }
    };
    const updating = Promise.resolve(learner.update(batch, settings)).finally(() => (isOver = true));
    const drawing = draw();
    await updating;
    await drawing;
    target.destroy();
    return frames;
  },
  async compile(name, code) {
    const device = await makeDevice();
    const layout = device.createBindGroupLayout({ entries: [] });
    const message = await tell(compileKernel(device, layout, name, code));
    device.destroy();
    return message;
  },
  teachCartPole(ask) {
    const worker = new Worker(new URL("./webgpu-cartpole.worker.ts", import.meta.url), { type: "module" });
    return new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<CartPoleFigures>) => {
        worker.terminate();
        resolve(data);
      };
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage(ask);
    });
  },
};

globalThis.webGpuPage = webGpuPage;

async function makeDevice(): Promise<GPUDevice> {
  const adapter = await navigator.gpu.requestAdapter();
  return adapter!.requestDevice();
}

/** The name and message of an error that was to be expected. */
async function tell(work: unknown): Promise<string> {
  try {
    await work;
    return "no error";
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}
