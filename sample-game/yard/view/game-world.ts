import "@babylonjs/core/Physics/joinedPhysicsEngineComponent.js";
import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { HavokPlugin } from "@babylonjs/core/Physics/v2/Plugins/havokPlugin.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { movePlane, NeuralController, placeBody, value, type Policy } from "../../../plugin/index.ts";
import { golemParts } from "../lesson/golem.ts";
import { headingOf, makeYardBodies, placeYard, type YardBodies } from "../lesson/yard-bodies.ts";
import { thiefSpeed, yardConfig } from "../rules/config.ts";
import { wrapAngle } from "../rules/geometry.ts";
import type { YardLayout } from "../rules/layout.ts";
import { SPRINT_FACTOR } from "./breath.ts";

/** Somebody in the yard, as rules and view see them. */
export interface Walker {
  x: number;
  z: number;
  yaw: number;
  /** Metres per second. */
  speed: number;
}

const STEPS_PER_SECOND = 60;
/** Golems that are not in the game wait here. */
const AWAY = 60;
const TURN_PER_SECOND = 11;

/** The yard's bodies under Havok, and the controllers that drive them: golems by a policy, the thief by a wish. */
export class GameWorld {
  readonly thief: Walker = { x: 0, z: 0, yaw: 0, speed: 0 };
  readonly golems: readonly Walker[];
  readonly controllers: readonly NeuralController[];
  /** Where the thief wants to run, in metres per second; set before each frame. */
  readonly thiefWish = { x: 0, z: 0 };
  readonly #bodies: YardBodies;
  readonly #velocity = new Vector3();
  #inGame = 0;

  /** @param havok - From `loadHavok`. */
  constructor(scene: Scene, havok: object) {
    scene.enablePhysics(Vector3.Zero(), new HavokPlugin(true, havok));
    scene.getPhysicsEngine()!.setSubTimeStep(1000 / STEPS_PER_SECOND);
    this.#bodies = makeYardBodies(new TransformNode("yard", scene), yardConfig.golemPlaces);
    this.golems = this.#bodies.golems.map(() => ({ x: AWAY, z: AWAY, yaw: 0, speed: 0 }));
    this.controllers = this.#bodies.golems.map((node, index) => {
      const parts = golemParts(this.#bodies.thief);
      const controller = new NeuralController(`golem ${index + 1}`, {
        ...parts,
        decisionsPerSecond: yardConfig.decisionsPerSecond,
        phase: "spread",
      });
      node.addBehavior(controller);
      return controller;
    });
    this.#steerThief();
  }

  /** How many golems are in the game. */
  get golemCount(): number {
    return this.#inGame;
  }

  /** Puts everybody where the layout wants them. */
  lay(layout: YardLayout, golems: number): void {
    this.#inGame = Math.min(golems, this.golems.length);
    placeYard(this.#bodies, layout);
    for (let index = this.#inGame; index < this.golems.length; index++) {
      placeBody(this.#bodies.golems[index], { x: AWAY + 4 * index, y: 1, z: AWAY });
    }
    for (const controller of this.controllers) controller.reset();
    this.thief.yaw = layout.thief.yaw;
    this.read(0);
  }

  /** @throws PolicyMismatchError for a policy of other sensors or actuators. */
  assertFits(policy: Policy): void {
    const [controller] = this.controllers;
    const { policy: present } = controller;
    controller.policy = policy;
    controller.policy = present;
  }

  /** Gives all golems a mind. @throws PolicyMismatchError for a policy of other sensors or actuators. */
  setMind(policy: Policy | null): void {
    for (const controller of this.controllers) controller.policy = policy;
  }

  /** Lets golems act, or stops them. */
  wake(awake: boolean): void {
    this.controllers.forEach((controller, index) => {
      controller.enabled = awake && index < this.#inGame;
    });
  }

  /** Takes over where physics has brought everybody. @param seconds - Since the last time. */
  read(seconds: number): void {
    const { thief, golems } = this.#bodies;
    this.#readPlace(thief, this.thief);
    // The body does not turn; the figure looks where it runs.
    if (this.thief.speed > 0.4) {
      const error = wrapAngle(Math.atan2(this.#velocity.x, this.#velocity.z) - this.thief.yaw);
      const most = TURN_PER_SECOND * seconds;
      this.thief.yaw += Math.min(most, Math.max(-most, error));
    }
    golems.forEach((node, index) => {
      const walker = this.golems[index];
      this.#readPlace(node, walker);
      walker.yaw = headingOf(node);
    });
  }

  #readPlace(node: TransformNode, walker: Walker): void {
    walker.x = node.position.x;
    walker.z = node.position.z;
    node.physicsBody!.getLinearVelocityToRef(this.#velocity);
    walker.speed = Math.hypot(this.#velocity.x, this.#velocity.z);
  }

  /** The player moves the thief as a policy would: through an actuator. */
  #steerThief(): void {
    const speed = thiefSpeed() * SPRINT_FACTOR;
    const controller = new NeuralController("thief", {
      sensors: [value("speed", () => this.thief.speed, { range: [0, speed] })],
      actuators: [movePlane({ speed, acceleration: 40 })],
      decisionsPerSecond: STEPS_PER_SECOND,
      heuristic: (actions) => {
        actions.set("move x", this.thiefWish.x / speed);
        actions.set("move z", this.thiefWish.z / speed);
      },
    });
    this.#bodies.thief.addBehavior(controller);
  }
}
