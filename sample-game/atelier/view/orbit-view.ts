import { FreeCamera } from "@babylonjs/core/Cameras/freeCamera.js";
import { Ray } from "@babylonjs/core/Culling/ray.core.js";
import { Viewport } from "@babylonjs/core/Maths/math.viewport.js";
import { Matrix, Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import type { Scene } from "@babylonjs/core/scene.js";
import type { FreePart } from "../../scenery/overview-camera.ts";

/** How a view begins and how far it goes. Angles in radians, lengths in metres. */
export interface Stand {
  readonly target: readonly [number, number, number];
  readonly distance: number;
  /** About the upright axis; 0 looks along +z. */
  readonly yaw: number;
  /** Downwards. */
  readonly pitch: number;
  /** What fits into the free part of the picture, [across, upright], in metres at the target. */
  readonly fits: readonly [number, number];
  /** How far yaw, pitch and distance may leave the beginning: ±, lowest and highest, factors. */
  readonly yawLimit: number;
  readonly pitchLimits: readonly [number, number];
  readonly zoomLimits: readonly [number, number];
}

const NEAR = 0.1;
const FAR = 120;

/**
 * A camera that turns about a point in the middle of the part that panels leave free. It has an eye of its own for each
 * half of a divided picture, so that both halves show one and the same view.
 */
export class OrbitView {
  /** Draws the whole picture, or the part right of the division. */
  readonly camera: FreeCamera;
  /** Draws the part left of the division. */
  readonly leftCamera: FreeCamera;
  readonly #scene: Scene;
  readonly #target = new Vector3();
  readonly #projection = new Matrix();
  #stand: Stand;
  #yaw = 0;
  #pitch = 0;
  #zoom = 1;
  #free: FreePart = { left: 0, top: 0, right: 1, bottom: 1 };
  #width = 1;
  #height = 1;
  #split: number | null = null;

  constructor(stand: Stand, scene: Scene) {
    this.#scene = scene;
    this.#stand = stand;
    this.camera = new FreeCamera("camera", Vector3.Zero(), scene);
    this.leftCamera = new FreeCamera("left camera", Vector3.Zero(), scene);
    for (const camera of [this.camera, this.leftCamera]) {
      camera.minZ = NEAR;
      camera.maxZ = FAR;
      camera.inputs.clear();
    }
    scene.activeCamera = this.camera;
    this.reset(stand);
  }

  /** Goes where a view begins. */
  reset(stand: Stand = this.#stand): void {
    this.#stand = stand;
    this.#yaw = stand.yaw;
    this.#pitch = stand.pitch;
    this.#zoom = 1;
    this.#place();
  }

  /** Turns by radians, within the view's limits. */
  turn(right: number, down: number): void {
    const { yaw, yawLimit, pitchLimits } = this.#stand;
    this.#yaw = Math.min(yaw + yawLimit, Math.max(yaw - yawLimit, this.#yaw + right));
    this.#pitch = Math.min(pitchLimits[1], Math.max(pitchLimits[0], this.#pitch + down));
    this.#place();
  }

  /** Comes nearer by a factor above 1, within the view's limits. */
  zoom(factor: number): void {
    const [least, most] = this.#stand.zoomLimits;
    this.#zoom = Math.min(most, Math.max(least, this.#zoom * factor));
    this.#place();
  }

  /** @param free - The part of the picture that panels leave free. @param width - Of the picture, in CSS pixels. */
  fit(free: FreePart, width: number, height: number): void {
    this.#free = free;
    this.#width = Math.max(1, width);
    this.#height = Math.max(1, height);
    this.#place();
  }

  /** Divides the picture at a share of its width; null shows one picture. */
  divide(at: number | null): void {
    this.#split = at;
    this.#scene.activeCameras = at === null ? null : [this.leftCamera, this.camera];
    this.#scene.activeCamera = this.camera;
    this.#place();
  }

  /** The part of the picture that panels leave free. */
  get free(): FreePart {
    return this.#free;
  }

  /** Metres at the target for a CSS pixel. */
  get metresPerPixel(): number {
    return this.#stand.distance / this.#zoom / this.#focus();
  }

  /** The ray through a point of the picture. @param x - In CSS pixels, like `y`. */
  rayAt(x: number, y: number): Ray {
    const focus = this.#focus();
    const [middleX, middleY] = this.#middle();
    const direction = new Vector3((x - middleX) / focus, (middleY - y) / focus, 1).normalize();
    const world = Matrix.RotationYawPitchRoll(this.#yaw, this.#pitch, 0);
    return new Ray(this.camera.position.clone(), Vector3.TransformNormal(direction, world), FAR);
  }

  /** Focal length in CSS pixels. */
  #focus(): number {
    const { fits, distance } = this.#stand;
    const across = (this.#free.right - this.#free.left) / fits[0];
    const upright = (this.#free.bottom - this.#free.top) / fits[1];
    return Math.max(1, Math.min(across, upright)) * distance;
  }

  #middle(): [number, number] {
    return [(this.#free.left + this.#free.right) / 2, (this.#free.top + this.#free.bottom) / 2];
  }

  #place(): void {
    const { target, distance } = this.#stand;
    const far = distance / this.#zoom;
    this.#target.set(...target);
    const back = new Vector3(0, 0, -far);
    const turned = Vector3.TransformNormal(back, Matrix.RotationYawPitchRoll(this.#yaw, this.#pitch, 0));
    for (const camera of [this.camera, this.leftCamera]) {
      camera.position.copyFrom(this.#target).addInPlace(turned);
      camera.rotation.set(this.#pitch, this.#yaw, 0);
    }
    const split = this.#split;
    this.#look(this.camera, split ?? 0, 1);
    if (split !== null) this.#look(this.leftCamera, 0, split);
  }

  /** Sets a camera's projection to a part of the picture, from the left, in shares of its width. */
  #look(camera: FreeCamera, from: number, to: number): void {
    const share = Math.max(1e-3, to - from);
    camera.viewport = new Viewport(from, 0, share, 1);
    const focus = this.#focus();
    const [middleX, middleY] = this.#middle();
    const offsetX = ((2 * middleX) / this.#width - 1 - (from + to - 1)) / share;
    const offsetY = 1 - (2 * middleY) / this.#height;
    const half = this.#scene.getEngine().isNDCHalfZRange;
    const depth = half ? FAR / (FAR - NEAR) : (FAR + NEAR) / (FAR - NEAR);
    const shift = half ? (-NEAR * FAR) / (FAR - NEAR) : (-2 * NEAR * FAR) / (FAR - NEAR);
    const [x, y] = [(2 * focus) / this.#width / share, (2 * focus) / this.#height];
    const projection = camera === this.camera ? this.#projection : new Matrix();
    Matrix.FromValuesToRef(x, 0, 0, 0, 0, y, 0, 0, offsetX, offsetY, depth, 1, 0, 0, shift, 0, projection);
    camera.freezeProjectionMatrix(projection.clone());
  }
}
