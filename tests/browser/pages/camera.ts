import "@babylonjs/core/Rendering/objectRenderer.js";
import { CreateBox } from "@babylonjs/core/Meshes/Builders/boxBuilder.js";
import type { Scene } from "@babylonjs/core/scene.js";
import {
  cameraSensor,
  camerasReady,
  type CameraSensor,
  type CameraSensorOptions,
} from "../../../plugin/bridge/camera-sensor.ts";
import { NeuralController } from "../../../plugin/scene/neural-controller.ts";
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
  counts(): ReadCounts;
  /** Loses the context by the browser's own means, and waits until it is restored. */
  loseContext(): Promise<void>;
  errors(): string[];
  dispose(): { textures: number; objectRenderers: number };
}

declare global {
  var cameraPage: CameraPage;
}

const counts = countReads();
const errors: string[] = [];
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
      for (const [index, { turned = 0, position = [0, 0, 0], camera = {}, seesItself = false }] of agents.entries()) {
        const node = CreateBox(`agent ${index}`, { size: 1 }, scene);
        node.position.set(position[0], position[1], position[2]);
        node.rotation.y = turned;
        const sensor = cameraSensor(seesItself ? { ...camera, hides: [] } : camera);
        const controller = new NeuralController(`agent ${index}`, {
          sensors: [sensor],
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
  errors: () => errors,
  dispose() {
    for (const node of nodes) node.dispose();
    const left = { textures: scene.textures.length, objectRenderers: scene.objectRenderers.length };
    scene.getEngine().dispose();
    return left;
  },
};
