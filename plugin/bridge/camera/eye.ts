import { Camera } from "@babylonjs/core/Cameras/camera.js";
import { Viewport } from "@babylonjs/core/Maths/math.viewport.js";
import { Matrix, Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { Scene } from "@babylonjs/core/scene.js";
import type { Offset } from "../../scene/check-option.ts";
import { Pose } from "../../scene/pose.ts";
import type { DebugPen } from "../../scene/sensor.ts";
import { DEBUG_COLOURS } from "../../scene/debug-colours.ts";

/** Where an eye sits and what it takes in. */
export interface EyeOptions {
  readonly width: number;
  readonly height: number;
  /** From the lower edge of the picture to the upper, in radians. */
  readonly fieldOfView: number;
  /** In the node's axes: right, up, forward, in scene units. */
  readonly offset: Offset;
  /** In the node's axes; any length above 0. */
  readonly direction: Offset;
  readonly nearest: number;
  readonly furthest: number;
  readonly layerMask: number;
}

/** How far from the eye the debug view draws the edges of the picture, in scene units. */
const DRAWN_DISTANCE = 1.5;

/** An agent's camera. Not one of the scene's: nothing else ever looks through it. */
export class Eye extends Camera {
  readonly #options: EyeOptions;
  readonly #pose = new Pose();
  readonly #up = new Vector3();
  readonly #direction = new Vector3();
  readonly #target = new Vector3();
  readonly #view = Matrix.Identity();
  readonly #corners = [new Vector3(), new Vector3(), new Vector3(), new Vector3()];

  constructor(name: string, scene: Scene, options: EyeOptions) {
    super(name, Vector3.Zero(), scene, false);
    scene.removeCamera(this);
    this.doNotSerialize = true;
    this.#options = options;
    this.fov = options.fieldOfView;
    this.minZ = options.nearest;
    this.maxZ = options.furthest;
    this.layerMask = options.layerMask;
    this.freezeProjectionMatrix(this.#project());
  }

  /** Says which part of a texture it draws on, in pixels. */
  setPlace(x: number, y: number, atlas: { readonly width: number; readonly height: number }): void {
    const { width, height } = this.#options;
    this.viewport = new Viewport(x / atlas.width, y / atlas.height, width / atlas.width, height / atlas.height);
  }

  /** Takes the place that belongs to it on its node, as it is now. */
  aim(node: TransformNode): void {
    const { offset, direction } = this.#options;
    this.#pose.read(node);
    this.#pose.toWorld(offset[0], offset[1], offset[2], this.position);
    this.#pose.toWorldDirection(direction[0], direction[1], direction[2], this.#direction).normalize();
    const { up, forward } = this.#pose;
    // Whoever looks straight up or down has its forward at the picture's upper or lower edge.
    const isSteep = Math.abs(Vector3.Dot(up, this.#direction)) > 0.999;
    this.#up.copyFrom(isSteep ? forward : up);
    this.position.addToRef(this.#direction, this.#target);
    this.getViewMatrix(true);
  }

  override _getViewMatrix(): Matrix {
    // Babylon asks for it in the constructor already, when there are no fields yet.
    if (!(#view in this)) return Matrix.Identity();
    const lookAt = this.getScene().useRightHandedSystem ? Matrix.LookAtRHToRef : Matrix.LookAtLHToRef;
    lookAt(this.position, this.#target, this.#up, this.#view);
    return this.#view;
  }

  /** Draws the edges of what it sees. */
  draw(node: TransformNode, pen: DebugPen): void {
    this.aim(node);
    const { width, height, fieldOfView } = this.#options;
    const top = Math.tan(fieldOfView / 2) * DRAWN_DISTANCE;
    const side = (top * width) / height;
    const right = Vector3.Cross(this.#up, this.#direction).normalize();
    const up = Vector3.Cross(this.#direction, right);
    this.#corners.forEach((corner, index) => {
      const x = index === 0 || index === 3 ? -side : side;
      const y = index < 2 ? top : -top;
      corner.set(
        this.position.x + this.#direction.x * DRAWN_DISTANCE + right.x * x + up.x * y,
        this.position.y + this.#direction.y * DRAWN_DISTANCE + right.y * x + up.y * y,
        this.position.z + this.#direction.z * DRAWN_DISTANCE + right.z * x + up.z * y,
      );
    });
    this.#corners.forEach((corner, index) => {
      pen.line(this.position, corner, DEBUG_COLOURS.anything);
      pen.line(corner, this.#corners[(index + 1) % 4], DEBUG_COLOURS.anything);
    });
  }

  #project(): Matrix {
    const { width, height, fieldOfView, nearest, furthest } = this.#options;
    const scene = this.getScene();
    const engine = scene.getEngine();
    const reversed = engine.useReverseDepthBuffer;
    const project = scene.useRightHandedSystem ? Matrix.PerspectiveFovRHToRef : Matrix.PerspectiveFovLHToRef;
    const matrix = new Matrix();
    project(
      fieldOfView,
      width / height,
      reversed ? furthest : nearest,
      reversed ? nearest : furthest,
      matrix,
      true,
      engine.isNDCHalfZRange,
      0,
      reversed,
    );
    return matrix;
  }
}
