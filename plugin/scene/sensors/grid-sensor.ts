import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { ConfigurationError } from "../../core/errors.ts";
import { assertNames, assertNumber } from "../check-option.ts";
import { TAG_COLOURS } from "../debug-colours.ts";
import { Pose } from "../pose.ts";
import type { DebugPen, Sensor } from "../sensor.ts";
import { isPartOf } from "../tags.ts";
import { TaggedThings } from "../tagged-things.ts";
import { fillFootprint, isFar, type GridFrame } from "./grid-footprint.ts";

export interface GridSensorOptions {
  /** How many cells there are from left to right and from far to near: odd numbers, 1 to 255. The agent is in the middle. */
  readonly cells: readonly [width: number, height: number];
  /** Side of a cell, in scene units, above 0. */
  readonly cellSize: number;
  /** Tags to tell apart, see `hasTag`: one channel each, 1 to 16 of them. */
  readonly sees: readonly string[];
  /**
   * Whether the picture's upper edge is what lies ahead of the agent. Default true. Else it is +Z of the world, and the
   * right edge +X, whichever way the agent looks.
   */
  readonly turnsWithAgent?: boolean;
  /** The picture's name, unique within the agent. Default `"grid wall/goal"`, made from the tags. */
  readonly label?: string;
}

/**
 * Sees the surroundings from above, as a picture with one channel for each tag.
 *
 * A byte is 255 where a thing with the channel's tag covers the cell's middle, else 0, [height, width, tags]; row 0 is
 * farthest ahead, column 0 farthest left. A thing covers what its bounding box does, seen from above, at any height,
 * visible or not; what is thinner than a cell counts as thick as one, so that nothing is lost between two middles. A node
 * without any mesh covers one cell. Thin instances count as the one box around them. Disabled things and the agent itself
 * are not seen; whatever moves, comes or goes, or changes its tags is seen at the next decision. Geometry that changes in
 * place is seen anew once its node moves.
 *
 * Needs no renderer, so that policies with pictures can be taught in workers and in Node. Runs at each decision: about
 * 0.1 µs for each thing in the scene, once a frame for all agents together, and 2 µs and 10 ns for each thing more for each
 * agent; makes no objects.
 *
 * @throws ConfigurationError for options that cannot work.
 */
export function gridSensor(options: GridSensorOptions): Sensor {
  assertOptions(options);
  const { cellSize, sees, turnsWithAgent = true, label = `grid ${sees.join("/")}` } = options;
  const [width, height] = options.cells;
  const channels = sees.length;
  const pose = new Pose();
  const frame: GridFrame = { width, height, channels, cellSize, x: 0, z: 0, forwardX: 0, forwardZ: 1 };
  /** The last picture, for the debug view. */
  const seen = new Uint8Array(width * height * channels);
  let things: TaggedThings | null = null;
  let stamp = -1;

  function aim(node: TransformNode): void {
    const { position, forward } = pose.read(node);
    frame.x = position.x;
    frame.z = position.z;
    const length = Math.sqrt(forward.x * forward.x + forward.z * forward.z);
    // Who looks straight up or down sees the grid as if looking north.
    const turns = turnsWithAgent && length > 1e-6;
    frame.forwardX = turns ? forward.x / length : 0;
    frame.forwardZ = turns ? forward.z / length : 1;
  }

  return {
    kind: "gridSensor",
    options: { ...options },
    labels: [],
    image: { kind: "image", label, height, width, channels },
    read(): void {
      // It gives no numbers, only a picture.
    },
    readImage(node: TransformNode, out: Uint8Array, offset: number): void {
      things ??= TaggedThings.of(node.getScene(), sees);
      stamp = things.refresh(stamp);
      aim(node);
      seen.fill(0);
      const { bits, nodes, footprints, count } = things;
      for (let i = 0; i < count; i++) {
        if (bits[i] === 0 || isFar(frame, footprints, i) || isPartOf(nodes[i]!, node)) continue;
        fillFootprint(frame, footprints, i, bits[i], seen);
      }
      out.set(seen, offset);
    },
    reset(): void {
      seen.fill(0);
    },
    draw(_node: TransformNode, pen: DebugPen): void {
      for (let i = 0; i < seen.length; i++) {
        if (seen[i] !== 0) outlineCell(frame, i, pose.position.y, pen);
      }
    },
    dispose(): void {
      things = null;
      stamp = -1;
    },
  };
}

const corners = [new Vector3(), new Vector3(), new Vector3(), new Vector3()] as const;

/** Draws a filled cell's outline in its tag's colour, each tag's a little smaller than the one before. */
function outlineCell(frame: GridFrame, index: number, y: number, pen: DebugPen): void {
  const { width, height, channels, cellSize, x, z, forwardX, forwardZ } = frame;
  const channel = index % channels;
  const cell = (index - channel) / channels;
  const right = ((cell % width) - (width - 1) / 2) * cellSize;
  const ahead = ((height - 1) / 2 - Math.floor(cell / width)) * cellSize;
  const half = cellSize * (0.46 - 0.06 * (channel % 5));
  corners.forEach((corner, at) => {
    const u = right + (at === 1 || at === 2 ? half : -half);
    const v = ahead + (at > 1 ? half : -half);
    corner.set(x + u * forwardZ + v * forwardX, y, z - u * forwardX + v * forwardZ);
  });
  const colour = TAG_COLOURS[channel % TAG_COLOURS.length];
  for (let at = 0; at < 4; at++) pen.line(corners[at], corners[(at + 1) % 4], colour);
}

function assertOptions({ cells, cellSize, sees }: GridSensorOptions): void {
  const fits = (count: unknown): boolean =>
    Number.isInteger(count) && (count as number) % 2 === 1 && (count as number) > 0 && (count as number) < 256;
  if (!Array.isArray(cells) || cells.length !== 2 || !cells.every(fits)) {
    throw new ConfigurationError(
      `gridSensor: needed "cells" to be 2 odd numbers from 1 to 255, came ${JSON.stringify(cells)}. Give width and height, e.g. [11, 11]; the agent is in the middle.`,
    );
  }
  assertNumber("gridSensor", "cellSize", cellSize, { above: 0 }, "Give a cell's side in scene units.");
  assertNames("gridSensor", "sees", sees);
  if (sees.length < 1 || sees.length > 16) {
    throw new ConfigurationError(
      `gridSensor: needed 1 to 16 tags in "sees", came ${sees.length}. Each is a channel of the picture, e.g. ["wall", "goal"].`,
    );
  }
}
