import type { PlanePlace } from "../../../plugin/paint.ts";

/** So near, one is there. */
const THERE = 1e-6;
/** Of two distances: from here on, one stands between both. */
const BETWEEN = 0.6;

/** What a place on the map is called: by the one or two nearest things. */
export function nameOfSpot(
  place: PlanePlace,
  landmarks: readonly { readonly name: string; readonly place: PlanePlace }[],
): string {
  const [first, second] = landmarks
    .map((landmark) => ({
      name: landmark.name.replace(/\.[a-z0-9]{2,5}$/i, ""),
      distance: Math.hypot(place[0] - landmark.place[0], place[1] - landmark.place[1]),
    }))
    .sort((a, b) => a.distance - b.distance);
  if (!first) return "Imagined";
  if (first.distance < THERE) return first.name;
  if (second && first.distance / second.distance > BETWEEN)
    return `Between ${lower(first.name)} and ${lower(second.name)}`;
  return `Near ${lower(first.name)}`;
}

function lower(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
