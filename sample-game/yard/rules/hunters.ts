import { yardConfig } from "./config.ts";
import {
  distanceBetween,
  headingTo,
  lineOfSight,
  wrapAngle,
  type GroundShape,
  type MutableSpot,
  type Spot,
} from "./geometry.ts";
import type { Obstacle } from "./layout.ts";
import { PathField, type PathMap } from "./path-map.ts";

/** Where a golem stands and looks. */
export interface GolemPose extends Spot {
  readonly yaw: number;
}

/** What a golem does, in [-1, 1]: the two numbers that its policy decides. */
export interface GolemControls {
  drive: number;
  turn: number;
}

/** A golem's mind that is not a network: decides ten times a second from where the golem and the thief are. */
export interface Hunter {
  decide(golem: GolemPose, thief: Spot, controls: GolemControls): void;
}

/** Full lock is used down to this error of heading, in radians. */
const TURN_GAIN = 0.35;

/** Whether a golem senses the thief: near enough, and nothing in between. It needs not look there. */
export function canSee(golem: Spot, thief: Spot, obstacles: readonly GroundShape[]): boolean {
  return distanceBetween(golem, thief) <= yardConfig.golem.sight && lineOfSight(golem, thief, obstacles);
}

/** Turns towards a place and drives as far as the heading fits. */
export function steerTowards(golem: GolemPose, place: Spot, controls: GolemControls): void {
  const error = wrapAngle(headingTo(golem, place) - golem.yaw);
  controls.turn = Math.min(1, Math.max(-1, error / TURN_GAIN));
  controls.drive = Math.max(0, Math.cos(error));
}

/**
 * The baseline to beat: drives straight at the place where it last saw the thief, and knows nothing of ways around
 * things. It senses all around, in line of sight. Where nothing was seen yet, or nobody is there any more, it looks about.
 */
export class ScriptedHunter implements Hunter {
  readonly #obstacles: readonly Obstacle[];
  readonly #lastSeen: MutableSpot = { x: 0, z: 0 };
  #hasSeen = false;

  constructor(obstacles: readonly Obstacle[]) {
    this.#obstacles = obstacles;
  }

  decide(golem: GolemPose, thief: Spot, controls: GolemControls): void {
    if (canSee(golem, thief, this.#obstacles)) {
      this.#lastSeen.x = thief.x;
      this.#lastSeen.z = thief.z;
      this.#hasSeen = true;
    }
    if (this.#hasSeen && distanceBetween(golem, this.#lastSeen) > 0.5) {
      steerTowards(golem, this.#lastSeen, controls);
    } else {
      this.#hasSeen = false;
      controls.drive = 0.5;
      controls.turn = 0.3;
    }
  }
}

/**
 * The measure of what can be had: always knows where the thief is and takes the shortest way there. No golem of the
 * game senses that much.
 */
export class AllKnowingHunter implements Hunter {
  readonly #field: PathField;
  readonly #next: MutableSpot = { x: 0, z: 0 };

  constructor(map: PathMap) {
    this.#field = new PathField(map);
  }

  decide(golem: GolemPose, thief: Spot, controls: GolemControls): void {
    this.#field.aim(thief);
    this.#field.lengthFrom(golem, this.#next);
    steerTowards(golem, distanceBetween(golem, thief) < 1.5 ? thief : this.#next, controls);
  }
}
