import type { AttributeLabel, PieceLayout, PlanePlace } from "../../../plugin/paint.ts";

/** Ways to what is imagined: arithmetic with pictures, a path between two, a walk on a map, what was learned here from a picture. */
export type ImagineWay = "arithmetic" | "path" | "map" | "learned";

/** Places for pictures, in the order of the formula A − B + C. */
export const PLACES = ["a", "b", "c"] as const;

/** One of the places. */
export type PlaceName = (typeof PLACES)[number];

/** A picture on a place. */
export interface PlacedPicture {
  readonly hash: string;
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

/** Where one stands on the map. */
export interface MapSpot {
  /** Null where only its code is known. */
  readonly place: PlanePlace | null;
  /** Of the texture there. */
  readonly code: readonly number[];
  /** What lies near, for people. */
  readonly name: string;
}

/** A material that the imaginer has learned here from a picture. */
export interface Learned {
  readonly name: string;
  /** SHA-256 of the file of what it has learned, 64 hex digits. */
  readonly hash: string;
}

/** A class that what is imagined is moved towards. */
export interface Towards {
  /** One that the network knows. */
  readonly material: string;
  /** How far, from 0, not at all, to 1, the class itself. */
  readonly share: number;
}

/** Everything that is set for what is imagined. */
export interface Imagining {
  readonly way: ImagineWay;
  readonly places: Readonly<Record<PlaceName, PlacedPicture | null>>;
  /** How far the path has led from A to C, in [0, 1]. */
  readonly share: number;
  /** Null before somebody has stood on the map. */
  readonly spot: MapSpot | null;
  /** Null before one was chosen. */
  readonly learned: Learned | null;
  /** Null for no class. */
  readonly towards: Towards | null;
  /** By how much attributes are moved, each in [-1, 1]; those that are left out stay. */
  readonly change: Readonly<Partial<Record<AttributeLabel, number>>>;
  /** How pieces lie on the tile; null as the network plans it. */
  readonly pieces: PieceLayout | null;
}

/** What is set before anybody has set something. */
export const NO_IMAGINING: Imagining = {
  way: "arithmetic",
  places: { a: null, b: null, c: null },
  share: 0.5,
  spot: null,
  learned: null,
  towards: null,
  change: {},
  pieces: null,
};

/** What is imagined from: the pictures that are mixed, one that is taken away, one that is added. */
export interface Terms {
  readonly likes: readonly PlacedPicture[];
  readonly without: PlacedPicture | null;
  readonly plus: PlacedPicture | null;
}

/** What the places mean: A and C without B are a mix, and C stands for a missing A. */
export function termsOf({ way, places: { a, b, c } }: Imagining): Terms {
  if (way === "path") return { likes: a && c ? [a, c] : [], without: null, plus: null };
  if (way === "learned") return { likes: [], without: null, plus: null };
  if (a && c && !b) return { likes: [a, c], without: null, plus: null };
  const first = a ?? c;
  return { likes: first ? [first] : [], without: b, plus: a ? c : null };
}

/** Whether there is something to imagine from. */
export function isImaginable(imagining: Imagining): boolean {
  if (imagining.way === "map") return imagining.spot !== null;
  return learnedOf(imagining) !== null || termsOf(imagining).likes.length > 0;
}

/** What was learned that it is imagined by; null for other ways. */
export function learnedOf({ way, learned }: Imagining): Learned | null {
  return way === "learned" ? learned : null;
}

/** What it is called until somebody gives it a name. */
export function nameOfImagining(imagining: Imagining): string {
  const { way, spot, share, learned } = imagining;
  if (way === "map") return spot?.name || "Imagined";
  if (way === "learned") return learned?.name ?? "Imagined";
  const { likes, without, plus } = termsOf(imagining);
  const [first = "Imagined", second] = likes.map(bareName);
  if (way === "path") return second ? `${first} → ${second}, ${Math.round(100 * share)} %` : first;
  const minus = without ? ` − ${bareName(without)}` : "";
  return first + minus + (plus ? ` + ${bareName(plus)}` : second ? ` + ${second}` : "");
}

/** The same with another picture on a place. */
export function placed(imagining: Imagining, place: PlaceName, picture: PlacedPicture | null): Imagining {
  return { ...imagining, places: { ...imagining.places, [place]: picture } };
}

/** Where the next picture goes: the first empty place that this way has; the last place where there is none. */
export function nextPlace({ way, places }: Imagining): PlaceName {
  const open = PLACES.filter((place) => way !== "path" || place !== "b");
  return open.find((place) => places[place] === null) ?? "c";
}

/** Several pictures go to the chosen place and to those after it. */
export function placesFor(first: PlaceName, count: number, way: ImagineWay): PlaceName[] {
  const open = PLACES.filter((place) => way !== "path" || place !== "b");
  const begin = Math.max(0, Math.min(open.indexOf(first), open.length - count));
  return open.slice(begin, begin + count);
}

function bareName({ name }: PlacedPicture): string {
  return name.replace(/\.[a-z0-9]{2,5}$/i, "");
}
