import { FreeCamera } from "@babylonjs/core/Cameras/freeCamera.js";
import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import type { Scene } from "@babylonjs/core/scene.js";

/** Steep enough to look into every path. */
const PITCH = 1.17;
/** Around the place, in metres. */
const MARGIN = 0.9;

/** The part of the picture that panels leave free, in CSS pixels from the upper left. */
export interface FreePart {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Looks at the whole of a walled place from the south and high above, as large as the free part of the picture allows. */
export class OverviewCamera {
  readonly camera: FreeCamera;
  readonly #target = new Vector3();
  #distance = 30;

  constructor(scene: Scene) {
    this.camera = new FreeCamera("camera", new Vector3(0, 30, -10), scene);
    this.camera.minZ = 1;
    this.camera.maxZ = 200;
    this.camera.fov = 0.5;
    scene.activeCamera = this.camera;
  }

  /** From the camera to what it looks at, in metres. */
  get distance(): number {
    return this.#distance;
  }

  /**
   * @param reach - From the middle of the place to its edge, in metres.
   * @param width - Of the picture, in CSS pixels.
   */
  fit(reach: number, free: FreePart, width: number, height: number): void {
    const half = Math.tan(this.camera.fov / 2);
    const radius = reach + MARGIN;
    const across = Math.max(0.2, (free.right - free.left) / width) * (width / height);
    const upright = Math.max(0.2, (free.bottom - free.top) / height);
    // The near edge is larger than the far one: its distance counts.
    const nearer = radius * Math.cos(PITCH);
    this.#distance = nearer + Math.max(radius / half / across, (radius * Math.sin(PITCH)) / half / upright);
    const shown = 2 * half * this.#distance;
    const right = ((free.left + free.right) / 2 / width - 0.5) * shown * (width / height);
    const down = ((free.top + free.bottom) / 2 / height - 0.5) * shown;
    this.#target.set(-right, 0, down / Math.sin(PITCH));
    this.camera.position.set(
      this.#target.x,
      this.#target.y + Math.sin(PITCH) * this.#distance,
      this.#target.z - Math.cos(PITCH) * this.#distance,
    );
    this.camera.setTarget(this.#target);
  }

  /** Where a point of the picture meets the ground; null for the sky. @param x - In CSS pixels, like `y`. */
  groundAt(x: number, y: number, canvas: HTMLElement): { x: number; z: number } | null {
    const across = x / canvas.clientWidth;
    const below = y / canvas.clientHeight;
    const half = Math.tan(this.camera.fov / 2);
    const right = (2 * across - 1) * half * (canvas.clientWidth / canvas.clientHeight);
    const up = (1 - 2 * below) * half;
    // The camera looks along (0, -sin, cos); its up is (0, cos, sin).
    const falls = -Math.sin(PITCH) + up * Math.cos(PITCH);
    const leads = Math.cos(PITCH) + up * Math.sin(PITCH);
    if (falls >= -1e-3) return null;
    const { position } = this.camera;
    const reach = -position.y / falls;
    return { x: position.x + right * reach, z: position.z + leads * reach };
  }
}
