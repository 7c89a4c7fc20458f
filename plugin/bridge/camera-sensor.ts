import type { RenderTargetTexture } from "@babylonjs/core/Materials/Textures/renderTargetTexture.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { ConfigurationError } from "../core/errors.ts";
import type { ImagePart } from "../core/observation-spec.ts";
import { assertNumber, assertOffset, type Offset } from "../scene/check-option.ts";
import type { DebugPen, Sensor } from "../scene/sensor.ts";
import { CameraAtlas } from "./camera/camera-atlas.ts";
import { CameraTile, type TileOptions } from "./camera/camera-tile.ts";
import { rendererOf } from "./engine-access.ts";

export interface CameraSensorOptions {
  /** In pixels, 4 to 256. Default 20. */
  readonly width?: number;
  /** In pixels, 4 to 256. Default the width. */
  readonly height?: number;
  /** 3 for red, green and blue; 1 for grey. Default 3. */
  readonly channels?: 1 | 3;
  /** How many pictures, one per decision, the newest first among the channels; 1 to 8. Default 1. */
  readonly stack?: number;
  /** From the lower edge of the picture to the upper, in radians, above 0 and below 3. Default π/3 (60°). */
  readonly fieldOfView?: number;
  /** Where the camera sits, in the node's axes (right, up, forward), in scene units. Default the node's origin. */
  readonly offset?: Offset;
  /** Where it looks, in the node's axes (right, up, forward). Default straight ahead. */
  readonly direction?: Offset;
  /** What is nearer than this is not seen, in scene units, above 0. Default 0.05. */
  readonly nearest?: number;
  /** What is further away than this is not seen, in scene units. Default 100. */
  readonly furthest?: number;
  /** Bits of the layers that it sees, as a Babylon camera's. Default 0x0fffffff. */
  readonly layerMask?: number;
  /** Nodes that it does not see, with all that is parented to them. Default the agent's own node. */
  readonly hides?: readonly TransformNode[];
  /** Name of the picture. Default `"camera"`. */
  readonly label?: string;
  /**
   * Reads each picture at once when it is asked for, so that it belongs to that moment and a lesson repeats bit for bit. For
   * teaching in a worker, by WebGL2: in a game the frame would wait. `"late"` does the same and gives the picture of the decision
   * before, as a game's cameras do, so that what is learned fits the game. Default false.
   */
  readonly exact?: boolean | "late";
}

/** A camera on an agent. */
export interface CameraSensor extends Sensor {
  readonly image: ImagePart;
  /**
   * The newest picture that arrived in ordinary memory, [height, width, channels × stack]; black before the first, and where a
   * GPU policy decides. Do not write to it.
   */
  readonly picture: Uint8Array;
  /** Whether a picture has arrived in ordinary memory since the episode began. */
  readonly hasPicture: boolean;
}

const WHO = "cameraSensor";
/** All layers that Babylon does not keep for itself. */
const ALL_LAYERS = 0x0fffffff;

/**
 * Lets an agent see: a picture from its own camera, drawn with the scene's meshes, materials and lights.
 *
 * Cameras of a scene draw into one texture, at the end of the frame in which the agent decided; pictures of all agents come back by
 * one asynchronous readback, and the next decision gets the newest that has arrived. So no frame ever waits, and a picture is as old
 * as the last decision; the first decision of an agent sees black. Where a GPU policy decides (`createGpuPolicy`) pictures never
 * leave the GPU. Colours are those of the screen without post-processing. Works on WebGPU and WebGL2.
 *
 * Not seen: the agent itself, unless `hides` says otherwise; invisible meshes, other layers, and meshes with
 * `mesh.reservedDataStore = { hiddenFromAgents: true }`.
 *
 * @throws ConfigurationError for options that cannot work; when it is attached, for an engine that draws nothing.
 */
export function cameraSensor(options: CameraSensorOptions = {}): CameraSensor {
  const { label = "camera" } = options;
  const { hides: _, ...plain } = options;
  const resolved = resolve(options);
  const { width, height, channels, stack, exact } = resolved;
  const image: ImagePart = { kind: "image", label, height, width, channels: channels * stack };
  const black = new Uint8Array(height * width * channels * stack);
  let tile: CameraTile | null = null;
  let atlas: CameraAtlas | null = null;
  return {
    kind: WHO,
    options: plain,
    labels: [],
    image,
    get picture() {
      return tile?.pictures.bytes ?? black;
    },
    get hasPicture() {
      return tile !== null && !tile.pictures.isEmpty;
    },
    attach(node: TransformNode): void {
      assertRenderer(node, exact, label);
      tile = new CameraTile(`camera of ${node.name}`, node, { ...resolved, hides: options.hides ?? [node] });
      atlas = CameraAtlas.of(node.getScene());
      atlas.add(tile);
    },
    prepare(): void {
      if (tile && !exact) tile.isWanted = true;
    },
    read(): void {},
    readImage(_node: TransformNode, out: Uint8Array, offset: number): void {
      if (!tile || !atlas) return;
      if (exact) {
        atlas.readExactly();
        const isLate = options.exact === "late" && !tile.pictures.isEmpty;
        if (isLate) out.set(tile.pictures.bytes, offset);
        atlas.pushExactly(tile);
        if (isLate) return;
      } else {
        atlas.poll();
        atlas.note(out, offset, tile);
      }
      out.set(tile.pictures.bytes, offset);
    },
    reset: () => tile?.forget(),
    draw: (node: TransformNode, pen: DebugPen) => tile?.eye.draw(node, pen),
    dispose(): void {
      if (tile) atlas?.remove(tile);
      tile = null;
      atlas = null;
    },
  };
}

/**
 * Resolves when the shaders of everything that the cameras of a scene may see are compiled. Before the first decision of agents with
 * exact cameras.
 *
 * @param limitSeconds - Gives up after so long. Default 30.
 * @throws ConfigurationError when it takes longer.
 */
export async function camerasReady(scene: Scene, limitSeconds = 30): Promise<void> {
  const until = performance.now() + 1000 * limitSeconds;
  while (!CameraAtlas.of(scene).isReady()) {
    if (performance.now() > until) {
      throw new ConfigurationError(
        `camerasReady: needed shaders to compile within ${limitSeconds} s, came none by then. Look for materials or textures that never load.`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 4));
  }
}

/** The texture in which all cameras of a scene's agents draw, e.g. to show it; null before the first picture. */
export function cameraTexture(scene: Scene): RenderTargetTexture | null {
  return CameraAtlas.of(scene).texture;
}

type Resolved = Omit<TileOptions, "hides">;

function resolve(options: CameraSensorOptions): Resolved {
  const { width = 20, channels = 3, stack = 1, fieldOfView = Math.PI / 3, offset = [0, 0, 0] } = options;
  const { height = width, direction = [0, 0, 1], nearest = 0.05, furthest = 100 } = options;
  const pixels = { atLeast: 4, atMost: 256, whole: true };
  assertNumber(WHO, "width", width, pixels, "Small pictures learn fastest: use e.g. 20.");
  assertNumber(WHO, "height", height, pixels, "Small pictures learn fastest: use e.g. 20.");
  if (channels !== 1 && channels !== 3) {
    throw new ConfigurationError(
      `${WHO}: needed 1 or 3 channels, came ${String(channels)}. Use 1 for grey, 3 for colour.`,
    );
  }
  assertNumber(WHO, "stack", stack, { atLeast: 1, atMost: 8, whole: true }, "Count the newest picture too.");
  assertNumber(WHO, "fieldOfView", fieldOfView, { above: 0, atMost: 3 }, "Give radians from bottom to top.");
  assertOffset(WHO, "offset", offset);
  assertOffset(WHO, "direction", direction);
  if (direction.every((part) => part === 0)) {
    throw new ConfigurationError(
      `${WHO}: needed "direction" to have a length above 0, came 0, 0, 0. Use e.g. [0, 0, 1].`,
    );
  }
  assertNumber(WHO, "nearest", nearest, { above: 0 }, "Give a distance in scene units.");
  assertNumber(WHO, "furthest", furthest, { above: nearest }, "Give a distance in scene units.");
  const { layerMask = ALL_LAYERS } = options;
  const exact = options.exact !== undefined && options.exact !== false;
  return {
    width,
    height,
    channels,
    stack,
    fieldOfView,
    offset,
    direction,
    nearest,
    furthest,
    layerMask,
    exact,
  };
}

function assertRenderer(node: TransformNode, exact: boolean, label: string): void {
  const renderer = rendererOf(node.getScene().getEngine());
  if (renderer.kind === "none") {
    throw new ConfigurationError(
      `${WHO}: needed an engine that draws, by WebGPU or WebGL2, came one that does not. Use gridSensor or rays where nothing is drawn, or teach with offscreenRenderer().`,
      { symptom: { rule: "camera-without-renderer", kind: "camera", about: label } },
    );
  }
  if (exact && renderer.kind === "webgpu") {
    throw new ConfigurationError(
      `${WHO}: needed WebGL2 for exact pictures, came WebGPU, which reads nothing at once. Teach with offscreenRenderer(), or leave "exact" out.`,
    );
  }
}
