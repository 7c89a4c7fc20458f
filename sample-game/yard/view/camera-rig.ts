import { FreeCamera } from "@babylonjs/core/Cameras/freeCamera.js";
import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { yardConfig } from "../rules/config.ts";
import type { HiddenShare } from "./hidden-share.ts";
import type { Spot } from "../rules/geometry.ts";

const PITCH = 0.98;
/** Metres of ground to be seen across a wide screen, and across a narrow one. */
const WIDE_VIEW = 24;
const NARROW_VIEW = 12.5;
/** Metres across where everything is to be seen. */
const OVERVIEW = 25;

/** Looks at the yard from the south and above, and follows the thief without ever turning. */
export class CameraRig {
  readonly camera: FreeCamera;
  readonly #target = new Vector3();
  readonly #shaken = new Vector3();
  readonly #focus = { x: 0, z: 0 };
  #distance = 20;
  #shake = 0;
  #hidden: HiddenShare = { side: 0, bottom: 0 };

  constructor(scene: Scene) {
    this.camera = new FreeCamera("camera", new Vector3(0, 18, -16), scene);
    this.camera.minZ = 1;
    this.camera.maxZ = 120;
    this.camera.fov = 0.62;
    scene.activeCamera = this.camera;
  }

  /** From the camera to what it looks at, in metres. */
  get distance(): number {
    return this.#distance;
  }

  /** Tells what panels hide, so that the thief stays in the middle of the rest. */
  setHidden(hidden: HiddenShare): void {
    this.#hidden = hidden;
  }

  /** Shakes the picture for a moment. */
  shake(strength: number): void {
    this.#shake = strength;
  }

  /**
   * @param crowd - Whom to keep in the picture too, from further away; null follows the thief alone.
   * @param seconds - Since the last frame; 0 jumps there at once.
   */
  update(crowd: readonly Spot[] | null, thief: Spot, seconds: number, aspect: number, clock: number): void {
    const free = aspect * (1 - Math.abs(this.#hidden.side));
    const wide = Math.min(1, Math.max(0, free - 0.5));
    const close = NARROW_VIEW + (WIDE_VIEW - NARROW_VIEW) * wide;
    const across = crowd ? OVERVIEW : close;
    const halfAngle = Math.tan(this.camera.fov / 2);
    const wanted = Math.min(36, across / 2 / (halfAngle * Math.max(0.42, free)));
    this.#distance += (wanted - this.#distance) * (seconds === 0 ? 1 : 1 - Math.exp(-seconds * 3));
    const distance = this.#distance;
    const focus = this.#middle(crowd, thief);
    // The yard's edges stop the camera: there is more to see inside.
    const roomX = Math.max(crowd ? 1 : 2.5, yardConfig.side / 2 + 3.5 - across / 2);
    const roomZ = crowd ? 1.5 : 4.5 + 1.5 * (1 - wide);
    const shown = distance * halfAngle * 2;
    const x = clamp(focus.x * 0.8, roomX) + (this.#hidden.side * shown * aspect) / 2;
    const z = clamp(focus.z * 0.8, roomZ) - 0.4 - (this.#hidden.bottom * shown) / 2 / Math.sin(PITCH);
    const ease = seconds === 0 ? 1 : 1 - Math.exp(-seconds * 4);
    this.#target.x += (x - this.#target.x) * ease;
    this.#target.z += (z - this.#target.z) * ease;
    this.#shake = Math.max(0, this.#shake - seconds * 1.6);
    const jolt = this.#shake * this.#shake * 0.35;
    this.#shaken.set(
      this.#target.x + jolt * Math.sin(clock * 61),
      0.4 + jolt * Math.sin(clock * 73),
      this.#target.z + jolt * Math.sin(clock * 53),
    );
    const goal = this.camera.position;
    goal.x = this.#shaken.x;
    goal.y = this.#shaken.y + Math.sin(PITCH) * distance;
    goal.z = this.#shaken.z - Math.cos(PITCH) * distance;
    this.camera.setTarget(this.#shaken);
  }

  /** Between the thief and those who are about. */
  #middle(crowd: readonly Spot[] | null, thief: Spot): Spot {
    let { x, z } = thief;
    if (crowd)
      for (const one of crowd) {
        x += one.x;
        z += one.z;
      }
    const count = 1 + (crowd?.length ?? 0);
    this.#focus.x = x / count;
    this.#focus.z = z / count;
    return this.#focus;
  }
}

function clamp(value: number, limit: number): number {
  return Math.min(limit, Math.max(-limit, value));
}
