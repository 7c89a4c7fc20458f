import { FreeCamera } from "@babylonjs/core/Cameras/freeCamera.js";
import { Quaternion, Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { PhysicsMotionType } from "@babylonjs/core/Physics/v2/IPhysicsEnginePlugin.js";
import { PhysicsBody } from "@babylonjs/core/Physics/v2/physicsBody.js";
import { PhysicsShapeBox, PhysicsShapeCapsule, type PhysicsShape } from "@babylonjs/core/Physics/v2/physicsShape.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { initialParameters } from "../../../plugin/compute/initial-parameters.ts";
import { createPolicy } from "../../../plugin/compute/wasm-policy.ts";
import { DEFAULT_NETWORK } from "../../../plugin/core/network-spec.ts";
import { unboundedFlags } from "../../../plugin/core/observation-spec.ts";
import { createNormaliser, type Policy } from "../../../plugin/core/policy.ts";
import { loadHavok } from "../../../plugin/havok-node.ts";
import { drive } from "../../../plugin/scene/actuators/drive.ts";
import { turn } from "../../../plugin/scene/actuators/turn.ts";
import { createHeadlessScene, type Havok } from "../../../plugin/scene/headless-scene.ts";
import { NeuralController } from "../../../plugin/scene/neural-controller.ts";
import { angularVelocity } from "../../../plugin/scene/sensors/angular-velocity.ts";
import { directionTo } from "../../../plugin/scene/sensors/direction-to.ts";
import { rayFan } from "../../../plugin/scene/sensors/ray-fan.ts";
import { velocity } from "../../../plugin/scene/sensors/velocity.ts";
import type { Clock } from "../peers/interleave.ts";

/** So many agents in rows of 8, each this far from the next, with a wall between any two rows and columns. */
const AGENTS = 64;
const ROW = 8;
const SPACING = 4;
/** As the golems of the Yard have. */
const RAYS = 13;
const RANGE = 11;
const BLOCK = 120;

/** The plugin's own milliseconds in one frame of a crowd. */
export interface FrameTimes {
  readonly frames: number;
  readonly median: number;
  readonly p95: number;
  readonly p99: number;
  readonly mean: number;
}

/** What the plugin adds to the frames of a scene, on a simulated 60 Hz clock. */
export interface OwnWork {
  readonly agents: number;
  readonly raysPerAgent: number;
  readonly withoutRays: FrameTimes;
  readonly withRays: FrameTimes;
  /** p95 with rays less p95 without, for each ray of such a frame: all agents decide in the same frame. */
  readonly microsecondsPerRay: number;
}

/**
 * Times what the plugin does in a frame — sensing, deciding, acting — for 64 agents with physics bodies that share one
 * policy of 2 × 64 and all decide in the same frame, ten times a second: once without and once with rays, in turns.
 */
export async function measureOwnWork(frames: number, clock: Clock): Promise<OwnWork> {
  const havok = await loadHavok();
  const crowds = [await makeCrowd(havok, false), await makeCrowd(havok, true)];
  for (const crowd of crowds) crowd.run(4 * BLOCK, clock); // engines compile
  const times: number[][] = [[], []];
  while (times[0].length < frames) crowds.forEach((crowd, i) => times[i].push(...crowd.run(BLOCK, clock)));
  for (const crowd of crowds) crowd.dispose();
  const [withoutRays, withRays] = times.map(summarise);
  return {
    agents: AGENTS,
    raysPerAgent: RAYS,
    withoutRays,
    withRays,
    microsecondsPerRay: ((withRays.p95 - withoutRays.p95) * 1000) / (AGENTS * RAYS),
  };
}

interface Crowd {
  /** Renders so many frames. @returns The plugin's milliseconds in each. */
  run(frames: number, clock: Clock): number[];
  dispose(): void;
}

async function makeCrowd(havok: Havok, rays: boolean): Promise<Crowd> {
  const { scene, dispose } = createHeadlessScene({ havok, stepsPerSecond: 60, gravity: { x: 0, y: 0, z: 0 } });
  new FreeCamera("camera", new Vector3(0, 50, 0), scene);
  let clock: Clock = "wall";
  let start = 0;
  let spent = 0;
  // The controllers' own observer is added after this one and before the next: between the two, only the plugin works.
  scene.onBeforeAnimationsObservable.add(() => (start = now(clock)));
  const goal = new TransformNode("goal", scene);
  const controllers = Array.from({ length: AGENTS }, (_, index) => addAgent(scene, index, goal, rays));
  scene.onBeforeAnimationsObservable.add(() => (spent = now(clock) - start));
  addWalls(scene);
  const policy = await makePolicy(controllers[0]);
  for (const controller of controllers) controller.policy = policy;
  return {
    run(frames, by) {
      clock = by;
      return Array.from({ length: frames }, () => {
        scene.render();
        return spent;
      });
    },
    dispose() {
      dispose();
      policy.dispose();
    },
  };
}

function addAgent(scene: Scene, index: number, goal: TransformNode, rays: boolean): NeuralController {
  const node = new TransformNode(`agent ${index}`, scene);
  node.position.set((index % ROW) * SPACING, 1, Math.floor(index / ROW) * SPACING);
  node.rotationQuaternion = Quaternion.Identity();
  const shape = new PhysicsShapeCapsule(new Vector3(0, -0.5, 0), new Vector3(0, 0.5, 0), 0.5, scene);
  const body = addBody(node, shape, PhysicsMotionType.DYNAMIC);
  body.setMassProperties({ mass: 200, inertia: Vector3.Zero() });
  const controller = new NeuralController(node.name, {
    sensors: [
      ...(rays ? [rayFan({ rays: RAYS, angle: 4.2, range: RANGE, sees: ["thief"] })] : []),
      directionTo(goal, { maximum: 4 * RANGE, remember: 6 }),
      velocity({ maximum: 4.5, planar: true }),
      angularVelocity({ maximum: 3.5, yawOnly: true }),
    ],
    actuators: [drive({ speed: 4.5 }), turn({ radiansPerSecond: 3.5 })],
    decisionsPerSecond: 10,
    greedy: false,
  });
  node.addBehavior(controller);
  return controller;
}

function addWalls(scene: Scene): void {
  for (let x = 0; x < ROW - 1; x++) {
    for (let z = 0; z < ROW - 1; z++) {
      const wall = new TransformNode(`wall ${x} ${z}`, scene);
      wall.position.set((x + 0.5) * SPACING, 1, (z + 0.5) * SPACING);
      const size = new Vector3(x % 2 === 0 ? 2 : 0.4, 2, x % 2 === 0 ? 0.4 : 2);
      addBody(wall, new PhysicsShapeBox(Vector3.Zero(), Quaternion.Identity(), size, scene), PhysicsMotionType.STATIC);
    }
  }
}

function addBody(node: TransformNode, shape: PhysicsShape, motion: PhysicsMotionType): PhysicsBody {
  node.computeWorldMatrix(true);
  shape.material = { friction: 0, restitution: 0 };
  const body = new PhysicsBody(node, motion, false, node.getScene());
  body.shape = shape;
  return body;
}

function makePolicy({ role }: NeuralController): Promise<Policy> {
  return createPolicy({
    role,
    network: DEFAULT_NETWORK,
    normaliser: createNormaliser(unboundedFlags(role.observation)),
    parameters: initialParameters(role, DEFAULT_NETWORK, 1),
    birth: {},
  });
}

/** Milliseconds since some moment. */
function now(clock: Clock): number {
  if (clock === "wall") return performance.now();
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function summarise(times: readonly number[]): FrameTimes {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  return { frames: times.length, median: at(0.5), p95: at(0.95), p99: at(0.99), mean };
}
