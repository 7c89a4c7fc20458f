import type { AbstractEngine } from "@babylonjs/core/Engines/abstractEngine.js";
import { StorageBuffer } from "@babylonjs/core/Buffers/storageBuffer.js";
import { ComputeShader } from "@babylonjs/core/Compute/computeShader.js";
import "@babylonjs/core/Engines/WebGPU/Extensions/engine.computeShader.js";
import type { Scene } from "@babylonjs/core/scene.js";
import type { WebGPUEngine } from "@babylonjs/core/Engines/webgpuEngine.js";
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-webgpu";
import { shareDevice, type SharedDevice } from "../../../plugin/bridge/shared-device.ts";
import { createWebGpuPpoLearner } from "../../../plugin/compute/webgpu/webgpu-ppo-learner.ts";
import { AGREEMENT_SETTINGS } from "../../compute/oracle/agreement.ts";
import { randomBatch, syntheticRole } from "../../compute/oracle/random-batch.ts";
import { buildScene, drawFrames, startEngine, type Wish } from "./camera-scene.ts";

/** What a test asks of this page. */
export interface SharedDevicePage {
  /** Starts an engine and shares its device. @returns The error's message, or none. */
  share(wish: Wish): Promise<string | null>;
  /** Shares the present engine's device once more. @returns The error's message. */
  shareAgain(): Promise<string>;
  /** Whether TensorFlow.js computes on the engine's device. */
  isSame(): boolean;
  /** The product of a matrix with itself, by TensorFlow.js. */
  square(matrix: number[][]): Promise<number[]>;
  /** What Babylon's compute shader wrote, as TensorFlow.js reads it without a copy: i × factor. */
  babylonToTensor(count: number, factor: number): Promise<number[]>;
  /** Makes a variable and keeps it. */
  keep(values: number[]): Promise<void>;
  /** The variable's values, through the GPU: times 2. */
  doubled(): Promise<number[]>;
  lose(): Promise<{ lost: number; restored: number }>;
  frames(count: number): Promise<void>;
  /** Updates a PPO learner on the scene's device while the scene is drawn. */
  learnBeside(): Promise<{ moved: number; frames: number }>;
  dispose(): void;
  /** Waits until TensorFlow.js has a WebGPU device of its own. */
  ready(): Promise<void>;
  tensors(): number;
}

declare global {
  var sharedDevicePage: SharedDevicePage;
}

let engine: AbstractEngine;
let scene: Scene;
let shared: SharedDevice | null = null;
let variable: tf.Variable | null = null;
const told = { lost: 0, restored: 0 };

const deviceOf = (): GPUDevice => (engine as unknown as { _device: GPUDevice })._device;
const tell = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "no error",
    (error: unknown) => (error as Error).message,
  );

globalThis.sharedDevicePage = {
  async share(wish) {
    engine = await startEngine(wish, document.querySelector("canvas")!);
    scene = buildScene(engine);
    try {
      shared = await shareDevice(engine);
      shared.onLostObservable.add(() => void (told.lost += 1));
      shared.onRestoredObservable.add(() => void (told.restored += 1));
      return null;
    } catch (error) {
      return (error as Error).message;
    }
  },
  shareAgain: async () => tell(shareDevice(engine)),
  isSame: () => (tf.backend() as unknown as { device: GPUDevice }).device === deviceOf(),
  async square(matrix) {
    const product = tf.tidy(() => {
      const m = tf.tensor2d(matrix);
      return tf.matMul(m, m);
    });
    const values = await product.data();
    product.dispose();
    return [...values];
  },
  async babylonToTensor(count, factor) {
    const gpu = engine as WebGPUEngine;
    const buffer = new StorageBuffer(gpu, 4 * count);
    const computeSource = `
      @group(0) @binding(0) var<storage, read_write> out: array<f32>;
      @compute @workgroup_size(1) fn main(@builtin(global_invocation_id) id: vec3u) {
        out[id.x] = f32(id.x) * ${factor.toFixed(1)};
      }`;
    const shader = new ComputeShader(
      "fill",
      gpu,
      { computeSource },
      { bindingsMapping: { out: { group: 0, binding: 0 } } },
    );
    shader.setStorageBuffer("out", buffer);
    while (!shader.isReady()) await new Promise((resolve) => setTimeout(resolve, 5));
    shader.dispatch(count);
    shared!.flushScene();
    const raw = buffer.getBuffer().underlyingResource as GPUBuffer;
    const tensor = tf.tensor({ buffer: raw, zeroCopy: true }, [count]);
    const twice = tf.mul(tensor, 2);
    const values = [...(await twice.data())];
    tf.dispose([tensor, twice]);
    buffer.dispose();
    return values;
  },
  async keep(values) {
    const value = tf.tensor1d(values);
    if (variable) variable.assign(value);
    else variable = tf.variable(value);
    value.dispose();
    await shared!.keep([variable]);
  },
  async doubled() {
    const twice = tf.tidy(() => tf.mul(variable!, 2));
    const values = await twice.data();
    twice.dispose();
    return [...values];
  },
  async lose() {
    const { restored } = told;
    deviceOf().destroy();
    while (told.restored === restored) await drawFrames(scene, 1);
    await shared!.ready;
    return { ...told };
  },
  frames: async (count) => drawFrames(scene, count),
  async learnBeside() {
    const role = syntheticRole(6, 2, [3]);
    const network = { hidden: [16, 16], activation: "tanh", sharedTrunk: false } as const;
    const learner = await createWebGpuPpoLearner(role, network, { device: shared!.device });
    const before = (await learner.readState()).parameters;
    let frames = 0;
    let isLearning = true;
    const drawing = (async () => {
      while (isLearning) {
        await drawFrames(scene, 1);
        frames += 1;
      }
    })();
    const order = Uint32Array.from({ length: 128 }, (_, i) => i % 64);
    for (let i = 0; i < 5; i++) {
      await learner.update(randomBatch(role, 64, 5), { ...AGREEMENT_SETTINGS, minibatchSize: 32, epochs: 2, order });
    }
    isLearning = false;
    await drawing;
    const after = (await learner.readState()).parameters;
    learner.dispose();
    await drawFrames(scene, 3);
    return { moved: Math.max(...after.map((value, i) => Math.abs(value - before[i]))), frames };
  },
  dispose() {
    variable?.dispose();
    variable = null;
    shared?.dispose();
    shared?.dispose();
  },
  async ready() {
    await tf.setBackend("webgpu");
    await tf.ready();
  },
  tensors: () => tf.memory().numTensors,
};
