import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { Matrix, Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { createNetworkView, type NetworkView } from "../../compute/network-view.ts";
import { ConfigurationError } from "../../core/errors.ts";
import { observationLabels } from "../../core/observation-spec.ts";
import { CLONING } from "../../learn/behaviour-cloning.ts";
import { assertNumber } from "../check-option.ts";
import type { NeuralController } from "../neural-controller.ts";
import { createSensor } from "../registry.ts";
import type { Sensor } from "../sensor.ts";
import { PolicyMirror } from "./policy-mirror.ts";

/** Where to ask, and how finely. */
export interface ValueMapOptions {
  /** A rectangle on the ground in world coordinates: `[least x, least z, greatest x, greatest z]`. */
  readonly area: readonly [number, number, number, number];
  /** Places along x, 1 to 256. Default 24. */
  readonly columns?: number;
  /** Places along z, 1 to 256. Default 24. */
  readonly rows?: number;
}

/** Sensors of these kinds see another thing from another place. The others tell of the agent itself: motion, memory. */
const PLACED = new Set(["rayFan", "rayCone", "directionTo", "distanceTo", "gridSensor"]);

/** How one sensor's observations come about at a place. */
interface MapSensor {
  readonly sensor: Sensor;
  readonly from: number;
}

/**
 * What the critic expects of an agent all over the floor, as if it stood there, turned as it is now: for heat-maps.
 *
 * The node is moved only while it senses, and put back to the last bit; its physics body, its own sensors' memory and its
 * policy's stream of chance are left alone. Sensing goes by copies of the agent's built-in rays, grids, directions
 * and distances, whose targets are found by their id; what those remember counts as forgotten. All else (speed, last action, pictures,
 * sensors of your own) keeps what the agent last observed, see `held`.
 */
export class ValueMap {
  readonly controller: NeuralController;
  readonly columns: number;
  readonly rows: number;
  /** The critic's estimates, from the least z and the least x on; NaN where it was not asked yet, [rows, columns]. */
  readonly values: Float32Array;
  /** Observations that are the same all over the map, since they do not depend on the place. */
  readonly held: readonly string[];
  readonly #area: ValueMapOptions["area"];
  readonly #placed: readonly MapSensor[];
  readonly #copies: readonly Sensor[];
  readonly #mirror: PolicyMirror<NetworkView>;
  readonly #seen: { observations: Float32Array; images: Uint8Array };
  readonly #estimate = new Float32Array(1);
  readonly #place = new Vector3();
  readonly #toParent = new Matrix();
  #next = 0;
  #least = Infinity;
  #greatest = -Infinity;
  #disposed = false;

  /** Use `valueMap`. */
  constructor(controller: NeuralController, { area, columns = 24, rows = 24 }: ValueMapOptions) {
    const who = `Value map of "${controller.name}"`;
    const node = controller.attachedNode;
    if (!node) {
      throw new ConfigurationError(
        `${who}: needed a controller that drives a node, came one without. Call node.addBehavior(controller) first.`,
      );
    }
    const limits = { atLeast: 1, atMost: 256, whole: true };
    assertNumber(who, "columns", columns, limits, "Say how finely to ask.");
    assertNumber(who, "rows", rows, limits, "Say how finely to ask.");
    if (area.length !== 4 || !area.every(Number.isFinite) || area[0] >= area[2] || area[1] >= area[3]) {
      throw new ConfigurationError(
        `${who}: needed an area of least x, least z, greatest x, greatest z, came ${JSON.stringify(area)}. Give a rectangle on the ground.`,
      );
    }
    this.controller = controller;
    this.columns = columns;
    this.rows = rows;
    this.values = new Float32Array(rows * columns).fill(Number.NaN);
    this.#area = area;
    const placed: MapSensor[] = [];
    const copies: Sensor[] = [];
    const held: string[] = [];
    let from = 0;
    for (const sensor of controller.sensors) {
      if (sensor.kind !== undefined && PLACED.has(sensor.kind) && !sensor.image) {
        const copy = createSensor(sensor.kind, sensor.options ?? {}, node.getScene());
        copy.attach?.(node);
        copies.push(copy);
        placed.push({ sensor: copy, from });
      } else held.push(...sensor.labels);
      from += sensor.labels.length;
    }
    this.#placed = placed;
    this.#copies = copies;
    this.held = held;
    const observation = observationLabels(controller.role.observation).length;
    this.#seen = { observations: new Float32Array(observation), images: controller.images };
    this.#mirror = new PolicyMirror(controller, createNetworkView);
  }

  /** Whether the estimates mean anything: false without a policy, and for a cloned one, whose critic was taught nothing. */
  get hasCritic(): boolean {
    const { policy } = this.controller;
    return policy !== null && policy.birth.algorithm !== CLONING;
  }

  /** How much of the map is done, in [0, 1]. */
  get progress(): number {
    return this.#next / this.values.length;
  }

  /** The least and the greatest estimate so far; infinite before the first. */
  get least(): number {
    return this.#least;
  }

  get greatest(): number {
    return this.#greatest;
  }

  /** Why nothing can be estimated, or null. */
  get failure(): Error | null {
    return this.#mirror.failure;
  }

  /** Settles when the policy that the controller has now can be asked. */
  ready(): Promise<void> {
    return this.#mirror.ready();
  }

  /** Begins anew, e.g. when things have moved; old estimates stay until they are replaced. */
  restart(): void {
    this.#next = 0;
    this.#least = Infinity;
    this.#greatest = -Infinity;
  }

  /**
   * Goes on for a while: once a frame, between physics steps. Allocates nothing.
   *
   * @param milliseconds - At least one place is asked for, however short the time. Default 1.
   * @returns Whether the map is done.
   */
  advance(milliseconds = 1): boolean {
    const node = this.controller.attachedNode;
    const view = this.#mirror.get();
    if (this.#disposed || !node || !view) return false;
    if (this.#next >= this.values.length) return true;
    const { position } = node;
    const { x, y, z } = position;
    const height = node.getAbsolutePosition().y;
    this.#seen.observations.set(this.controller.observation);
    if (node.parent) node.parent.getWorldMatrix().invertToRef(this.#toParent);
    const end = performance.now() + milliseconds;
    try {
      do this.#ask(node, view, height);
      while (this.#next < this.values.length && performance.now() < end);
    } finally {
      position.set(x, y, z);
      node.computeWorldMatrix(true);
    }
    return this.#next >= this.values.length;
  }

  /** Frees the sensors' copies. May be called twice. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const copy of this.#copies) copy.dispose?.();
    this.#mirror.dispose();
  }

  /** Senses at the next place, and asks the critic. */
  #ask(node: TransformNode, view: NetworkView, height: number): void {
    const [x0, z0, x1, z1] = this.#area;
    const column = this.#next % this.columns;
    const row = Math.floor(this.#next / this.columns);
    const x = x0 + ((column + 0.5) / this.columns) * (x1 - x0);
    const z = z0 + ((row + 0.5) / this.rows) * (z1 - z0);
    this.#place.set(x, height, z);
    if (node.parent) Vector3.TransformCoordinatesToRef(this.#place, this.#toParent, this.#place);
    node.position.copyFrom(this.#place);
    node.computeWorldMatrix(true);
    const { observations } = this.#seen;
    for (const { sensor, from } of this.#placed) {
      sensor.reset?.(node);
      sensor.read(node, observations, from);
    }
    view.estimate(this.#seen, 1, this.#estimate);
    const value = this.#estimate[0];
    this.values[this.#next] = value;
    this.#least = Math.min(this.#least, value);
    this.#greatest = Math.max(this.#greatest, value);
    this.#next += 1;
  }
}

/**
 * Prepares a map of what an agent's critic expects: call `advance` once a frame until it is done.
 *
 * @throws ConfigurationError for an area or a number of places that cannot be, or a controller without a node.
 */
export function valueMap(controller: NeuralController, options: ValueMapOptions): ValueMap {
  return new ValueMap(controller, options);
}
