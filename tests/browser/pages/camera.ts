import "@babylonjs/core/Rendering/objectRenderer.js";
import { CreateBox } from "@babylonjs/core/Meshes/Builders/boxBuilder.js";
import type { Scene } from "@babylonjs/core/scene.js";
import {
  cameraSensor,
  camerasReady,
  type CameraSensor,
  type CameraSensorOptions,
} from "../../../plugin/bridge/camera-sensor.ts";
import { createGpuPolicy, type GpuPolicy } from "../../../plugin/bridge/gpu-policy.ts";
import { createPolicy } from "../../../plugin/compute/wasm-policy.ts";
import { layOutNetwork, type NetworkSpec } from "../../../plugin/core/network-spec.ts";
import { createNormaliser, type Policy } from "../../../plugin/core/policy.ts";
import { unboundedFlags } from "../../../plugin/core/observation-spec.ts";
import { Random } from "../../../plugin/core/random.ts";
import { NeuralController } from "../../../plugin/scene/neural-controller.ts";
import type { Sensor } from "../../../plugin/scene/sensor.ts";
import { buildScene, drawFrames, idle, startEngine, type Wish } from "./camera-scene.ts";
import { countReads, type ReadCounts } from "./count-reads.ts";

/** An agent of the page: where it stands and how it sees. */
export interface AgentRequest {
  /** In radians to the right of +Z. Default 0. */
  readonly turned?: number;
  readonly position?: readonly [number, number, number];
  readonly camera?: Omit<CameraSensorOptions, "hides">;
  /** Default false. */
  readonly seesItself?: boolean;
  /** Numbers that it senses besides. Default none. */
  readonly numbers?: readonly number[];
  /** A second camera, and a picture that no camera makes, before the first one. Default false. */
  readonly seesMore?: boolean;
}

/** What the agents last did, and how long it has been going on. */
export interface Decided {
  /** As the policy gave them, not clipped: numbers, then choices, [agents][values]. */
  readonly actions: number[][];
  /** The first agent's, decision by decision since `decideBy`. */
  readonly history: number[][];
  readonly decisions: number;
  readonly rounds: GpuPolicy["rounds"] | null;
  readonly isReady: boolean;
}

/** What a test asks of this page. */
export interface CameraPage {
  /** Makes a scene with agents that decide at every frame. @returns The error's message, or none. */
  start(wish: Wish, agents: readonly AgentRequest[]): Promise<string | null>;
  frames(count: number): Promise<void>;
  ready(): Promise<void>;
  /** Turns an agent, in radians to the right of +Z. */
  turn(agent: number, radians: number): void;
  reset(agent: number): void;
  hideFromAgents(agent: number): void;
  pictures(): number[][];
  /** Reads an exact camera outside of any frame. */
  readNow(agent: number): number[];
  /** Lets a policy of random parameters decide for all agents. @returns The error's message, or none. */
  decideBy(kind: "gpu" | "wasm", network: NetworkSpec, greedy?: boolean): Promise<string | null>;
  decided(): Decided;
  counts(): ReadCounts;
  /** Loses the context by the browser's own means, and waits until it is restored. */
  loseContext(): Promise<void>;
  /** Destroys the GPU device in the middle of frames that go on until some time after its restoration. */
  destroyWhilePlaying(): Promise<void>;
  errors(): string[];
  dispose(): { textures: number; objectRenderers: number };
}

declare global {
  var cameraPage: CameraPage;
}

const counts = countReads();
const errors: string[] = [];
let policy: Policy | null = null;
let decisions = 0;
let actions: number[][] = [];
let history: number[][] = [];
let scene: Scene;
let controllers: NeuralController[] = [];
let sensors: CameraSensor[] = [];
let nodes: ReturnType<typeof CreateBox>[] = [];

globalThis.cameraPage = {
  async start(wish, agents) {
    const canvas = document.querySelector("canvas")!;
    const fresh = canvas.cloneNode() as HTMLCanvasElement;
    canvas.replaceWith(fresh);
    scene = buildScene(await startEngine(wish, fresh));
    controllers = [];
    sensors = [];
    nodes = [];
    try {
      for (const [
        index,
        { turned = 0, position = [0, 0, 0], camera = {}, seesItself = false, numbers = [], seesMore = false },
      ] of agents.entries()) {
        const node = CreateBox(`agent ${index}`, { size: 1 }, scene);
        node.position.set(position[0], position[1], position[2]);
        node.rotation.y = turned;
        const sensor = cameraSensor(seesItself ? { ...camera, hides: [] } : camera);
        const controller = new NeuralController(`agent ${index}`, {
          sensors: [
            ...(seesMore ? [chequers(index), cameraSensor({ label: "back", direction: [0, 0, -1], channels: 1 })] : []),
            ...(numbers.length > 0 ? [plain(numbers)] : []),
            sensor,
          ],
          actuators: [idle()],
          decisionsPerSecond: 1000,
          heuristic: () => {},
        });
        controller.onErrorObservable.add(({ message }) => errors.push(message));
        node.addBehavior(controller);
        controllers.push(controller);
        sensors.push(sensor);
        nodes.push(node);
      }
      await scene.whenReadyAsync();
      return null;
    } catch (error) {
      return (error as Error).message;
    }
  },
  frames: async (count) => drawFrames(scene, count),
  ready: async () => camerasReady(scene),
  turn: (agent, radians) => void (nodes[agent].rotation.y = radians),
  reset: (agent) => controllers[agent].reset(),
  hideFromAgents: (agent) => void (nodes[agent].reservedDataStore = { hiddenFromAgents: true }),
  pictures: () => sensors.map(({ picture }) => [...picture]),
  readNow(agent) {
    const out = new Uint8Array(sensors[agent].picture.length);
    scene.incrementRenderId();
    sensors[agent].readImage!(nodes[agent], out, 0);
    return [...out];
  },
  async decideBy(kind, network, greedy = true) {
    const { role } = controllers[0];
    const parameters = new Float32Array(layOutNetwork(role, network).size);
    const random = new Random(7);
    for (let i = 0; i < parameters.length; i++) parameters[i] = 0.15 * random.normal();
    const normaliser = createNormaliser(unboundedFlags(role.observation));
    const data = { role, network, normaliser, parameters, birth: {} };
    try {
      const chosen = kind === "gpu" ? await createGpuPolicy(data, { scene }) : await createPolicy(data);
      policy?.dispose();
      policy = chosen;
      history = [];
      listen(chosen);
      for (const controller of controllers) {
        controller.heuristic = null;
        controller.greedy = greedy;
        controller.policy = chosen;
      }
      return null;
    } catch (error) {
      return (error as Error).message;
    }
  },
  decided: () => ({
    actions,
    history,
    decisions,
    rounds: policy && "rounds" in policy ? { ...(policy as GpuPolicy).rounds } : null,
    isReady: policy && "isReady" in policy ? (policy as GpuPolicy).isReady : true,
  }),
  counts: () => ({ ...counts }),
  async loseContext() {
    const engine = scene.getEngine();
    const restored = new Promise((resolve) => engine.onContextRestoredObservable.addOnce(resolve));
    if (engine.isWebGPU) (engine as unknown as { _device: GPUDevice })._device.destroy();
    else {
      const extension = (engine as unknown as { _gl: WebGL2RenderingContext })._gl.getExtension("WEBGL_lose_context")!;
      extension.loseContext();
      await new Promise((resolve) => setTimeout(resolve, 100));
      extension.restoreContext();
    }
    await restored;
  },
  async destroyWhilePlaying() {
    let isRestored = false;
    scene.getEngine().onContextRestoredObservable.addOnce(() => void (isRestored = true));
    await drawFrames(scene, 3);
    (scene.getEngine() as unknown as { _device: GPUDevice })._device.destroy();
    while (!isRestored) await drawFrames(scene, 1);
    await drawFrames(scene, 20);
  },
  errors: () => errors,
  dispose() {
    for (const node of nodes) node.dispose();
    const left = { textures: scene.textures.length, objectRenderers: scene.objectRenderers.length };
    scene.getEngine().dispose();
    return left;
  },
};

/** Notes what a policy decides. */
function listen(chosen: Policy): void {
  const decide = chosen.decide.bind(chosen);
  chosen.decide = (batch, options) => {
    decide(batch, options);
    decisions += 1;
    const { continuous, discrete } = batch.actions;
    actions = Array.from({ length: batch.agents }, (_, agent) => [continuous[agent], discrete[agent]]);
    history.push(actions[0]);
  };
}

function plain(numbers: readonly number[]): Sensor {
  return {
    labels: numbers.map((_, index) => `number ${index}`),
    unbounded: ["number 0"],
    read: (_node, out, offset) => out.set(numbers, offset),
  };
}

/** A picture of 12 × 12 that no camera makes. */
function chequers(agent: number): Sensor {
  return {
    labels: [],
    image: { kind: "image", label: "chequers", width: 12, height: 12, channels: 2 },
    read() {},
    readImage(_node, out, offset) {
      for (let i = 0; i < 288; i++) out[offset + i] = (i * (agent + 3) * 37) % 256;
    },
  };
}
