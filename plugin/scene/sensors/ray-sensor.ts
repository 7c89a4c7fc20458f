import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { assertNames, assertNumber, assertOffset, type Offset } from "../check-option.ts";
import { DEBUG_COLOURS, TAG_COLOURS } from "../debug-colours.ts";
import { Pose } from "../pose.ts";
import type { DebugPen, Sensor } from "../sensor.ts";
import { Sight } from "../sight.ts";
import { hasTag } from "../tags.ts";

/** What all sensors made of rays are told. */
export interface RayOptions {
  /** How many rays, 1 to 256. */
  readonly rays: number;
  /** How far they reach, in scene units, above 0. */
  readonly range: number;
  /** Tags to tell apart, see `hasTag`. Default none: rays tell only how far away something is. */
  readonly sees?: readonly string[];
  /** Where the rays begin, in the node's axes (right, up, forward). Default the node's origin. */
  readonly origin?: Offset;
  /** With physics: bits of the collision groups that rays hit. Default all. */
  readonly collideWith?: number;
}

/** Rays in fixed directions of a node's own axes. */
export interface RaySensorParts {
  readonly kind: string;
  readonly options: RayOptions;
  /** One name per ray, e.g. `"-30°"`. */
  readonly names: readonly string[];
  /** Right, up and forward of each ray, of length 1, [rays, 3]. */
  readonly directions: Float32Array;
}

/** @throws ConfigurationError for options that cannot work. */
export function assertRayOptions(options: RayOptions, kind: string): void {
  const { rays, range, sees = [], origin = [0, 0, 0], collideWith } = options;
  assertNumber(kind, "rays", rays, { atLeast: 1, atMost: 256, whole: true }, "Say how many rays there are.");
  assertNumber(kind, "range", range, { above: 0 }, "Give a distance in scene units.");
  assertNames(kind, "sees", sees);
  assertOffset(kind, "origin", origin);
  if (collideWith !== undefined) {
    assertNumber(kind, "collideWith", collideWith, { whole: true }, "Give the bits of collision groups.");
  }
}

/** Makes the sensor behind `rayFan` and `rayCone`. */
export function createRaySensor({ kind, options, names, directions }: RaySensorParts): Sensor {
  const { range, sees = [], origin = [0, 0, 0], collideWith } = options;
  const width = sees.length + 2;
  const pose = new Pose();
  const sight = new Sight(collideWith);
  const from = new Vector3();
  const to = new Vector3();
  const ends = names.map(() => new Vector3());
  /** For the debug view: -2 nothing, -1 something without a tag, else the first tag's number. */
  const found = new Int16Array(names.length).fill(-2);

  function castRay(ray: number, out: Float32Array, at: number): void {
    const d = 3 * ray;
    pose.toWorldDirection(directions[d] * range, directions[d + 1] * range, directions[d + 2] * range, to);
    to.addInPlace(from);
    const hit = sight.cast(from, to);
    let first = hit ? -1 : -2;
    for (let tag = sees.length - 1; tag >= 0; tag--) {
      const has = sight.node !== null && hasTag(sight.node, sees[tag]);
      out[at + tag] = has ? 1 : 0;
      if (has) first = tag;
    }
    out[at + sees.length] = hit ? 1 : 0;
    out[at + sees.length + 1] = hit ? Math.min(1, sight.distance / range) : 1;
    ends[ray].copyFrom(sight.point);
    found[ray] = first;
  }

  return {
    kind,
    options: { ...options },
    labels: names.flatMap((name) => [...sees, "hit", "distance"].map((what) => `ray ${name} ${what}`)),
    read(node: TransformNode, out: Float32Array, offset: number): void {
      pose.read(node).toWorld(origin[0], origin[1], origin[2], from);
      sight.begin(node, from, range);
      for (let ray = 0; ray < names.length; ray++) castRay(ray, out, offset + ray * width);
    },
    reset(): void {
      found.fill(-2);
      for (const end of ends) end.copyFrom(from);
    },
    draw(_node: TransformNode, pen: DebugPen): void {
      for (let ray = 0; ray < ends.length; ray++) pen.line(from, ends[ray], colourOf(found[ray]));
    },
  };
}

function colourOf(found: number): (typeof TAG_COLOURS)[number] {
  if (found === -2) return DEBUG_COLOURS.nothing;
  return found === -1 ? DEBUG_COLOURS.anything : TAG_COLOURS[found % TAG_COLOURS.length];
}

/** Whole degrees for each row of angles in radians, with as many decimals as it takes to tell all rows apart. */
export function nameAngles(rows: readonly (readonly number[])[]): string[] {
  for (let decimals = 0; decimals < 4; decimals++) {
    const names = rows.map((row) => row.map((angle) => `${degrees(angle, decimals)}°`).join("/"));
    if (new Set(names).size === names.length) return names;
  }
  return rows.map((_, index) => `number ${index}`);
}

/** Without a minus before zero, which `toFixed` would keep. */
function degrees(angle: number, decimals: number): string {
  const rounded = Number(((angle * 180) / Math.PI).toFixed(decimals));
  return String(rounded === 0 ? 0 : rounded);
}
