import { ConfigurationError } from "../../core/errors.ts";
import { principalComponents } from "../metrics/principal-components.ts";
import { assertAlike, mixCodes, type TextureCode } from "./texture-code.ts";

/** A place on a plane: across and up, both in [-1, 1]. */
export type PlanePlace = readonly [across: number, up: number];

/** A flat map of codes, to be walked on: similar codes lie near each other, and between them lie their mixes. */
export interface CodePlane {
  /** Where the codes lie that it was made of, guests last, in their order. */
  readonly places: readonly PlanePlace[];
  /** Where another code belongs, if only roughly: a plane has fewer directions than a code. */
  placeOf(code: TextureCode): PlanePlace;
  /** The code at a place: where one of the given codes lies, that very one; elsewhere a mix, the nearer the more. A new array. */
  codeAt(place: PlanePlace): TextureCode;
}

/** So far apart that small pictures of them do not hide each other. Chosen by looking at a dozen classes. */
const LEAST_DISTANCE = 0.42;
const ROUNDS = 60;
/** With the inverse fourth power of the distance, what is near outweighs the many that are far (Shepard 1968). */
const NEARNESS_POWER = 4;

/**
 * Lays codes out on a plane by their two principal components, each as a root within [-1, 1] so that a few far ones do not crowd the
 * others, and pushes apart what lies on top of each other.
 * The same codes give the same plane.
 *
 * @param codes - Of one imaginer, e.g. of its classes; at least 3. They alone say how the plane lies.
 * @param guests - Further codes with places of their own, e.g. of pictures; none of the others moves for them.
 * @throws ConfigurationError for fewer codes, or codes of different lengths.
 */
export function codePlane(codes: readonly TextureCode[], guests: readonly TextureCode[] = []): CodePlane {
  if (codes.length < 3) {
    throw new ConfigurationError(
      `codePlane: needed at least 3 codes, came ${codes.length}. Give those of all classes.`,
    );
  }
  const all = [...codes, ...guests];
  assertAlike("codePlane", all);
  const length = codes[0].length;
  const { mean, components } = principalComponents(Float32Array.from(codes.flatMap((code) => [...code])), length, 2);
  const axes = [0, 1].map((axis) => pointed(components.subarray(axis * length, (axis + 1) * length)));
  const along = (code: TextureCode, axis: Float32Array): number =>
    axis.reduce((sum, part, i) => sum + part * (code[i] - mean[i]), 0);
  const reaches = axes.map((axis) => Math.max(...codes.map((code) => Math.abs(along(code, axis)))) || 1);
  const placeOf = (code: TextureCode): PlanePlace => {
    const [across, up] = axes.map((axis, i) => root(held(along(code, axis) / reaches[i])));
    return [across, up];
  };
  const settled = spread(codes.map(placeOf), 0);
  const places = spread([...settled, ...guests.map(placeOf)], settled.length);
  return {
    places,
    placeOf,
    codeAt([across, up]) {
      const distances = places.map(([x, y]) => Math.hypot(across - x, up - y));
      const there = distances.findIndex((distance) => distance < 1e-6);
      if (there >= 0) return all[there].slice();
      return mixCodes(
        all,
        distances.map((distance) => distance ** -NEARNESS_POWER),
      );
    },
  };
}

/** Of a direction and its opposite, the one whose largest part is positive: a decomposition may give either. */
function pointed(axis: Float32Array): Float32Array {
  const largest = axis.reduce((most, part) => (Math.abs(part) > Math.abs(most) ? part : most), 0);
  return largest < 0 ? axis.map((part) => -part) : axis;
}

/** Pushes places apart, within [-1, 1]. @param still - How many of the first stay where they are. */
function spread(places: readonly PlanePlace[], still: number): PlanePlace[] {
  const moved = places.map(([x, y]): [number, number] => [x, y]);
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = Math.max(1, still); i < moved.length; i++) {
      for (let j = 0; j < i; j++) push(moved[i], moved[j], j < still, i);
    }
  }
  return moved;
}

/** @param isStill - Whether the other one stays. @param turn - Says which way to go where both lie in one place. */
function push(one: [number, number], other: [number, number], isStill: boolean, turn: number): void {
  const [x, y] = [one[0] - other[0], one[1] - other[1]];
  const distance = Math.hypot(x, y);
  const lack = LEAST_DISTANCE - distance;
  if (lack <= 0) return;
  const [right, up] = distance > 1e-6 ? [x / distance, y / distance] : [Math.cos(turn), Math.sin(turn)];
  const step = isStill ? lack : lack / 2;
  one[0] = held(one[0] + right * step);
  one[1] = held(one[1] + up * step);
  if (isStill) return;
  other[0] = held(other[0] - right * step);
  other[1] = held(other[1] - up * step);
}

function root(value: number): number {
  return Math.sign(value) * Math.sqrt(Math.abs(value));
}

function held(value: number): number {
  return Math.min(1, Math.max(-1, value));
}
