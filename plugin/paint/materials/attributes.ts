import { ConfigurationError } from "../../core/errors.ts";
import type { Rgb } from "../maps/srgb.ts";

/** What a designer can say about a material; every number is in [0, 1]. */
export interface Attributes {
  /** Size of the features: 0 halves it, 1 doubles it, 0.5 is the class's own. */
  readonly scale: number;
  /** The main colour (bricks, boards, grass …), linear. */
  readonly colour: Rgb;
  /** The colour of what lies between or beneath (mortar, veins, soil, weft …), linear. */
  readonly secondColour: Rgb;
  /** Chipped edges, scratches, rust, faded or flaking colour. */
  readonly wear: number;
  /** Share that moss has conquered, at most about two thirds. */
  readonly moss: number;
  /** From dry over damp to puddles. */
  readonly wetness: number;
  /** From none to a net of cracks. */
  readonly cracks: number;
  /** Soot and earth, in the hollows first. */
  readonly dirt: number;
}

/** The numbers of an attribute vector, in order. */
export const ATTRIBUTE_LABELS = [
  "scale",
  "colour red",
  "colour green",
  "colour blue",
  "second colour red",
  "second colour green",
  "second colour blue",
  "wear",
  "moss",
  "wetness",
  "cracks",
  "dirt",
] as const;

const AMOUNTS = ["scale", "wear", "moss", "wetness", "cracks", "dirt"] as const;
const COLOURS = ["colour", "secondColour"] as const;
const NAMES: readonly string[] = [...COLOURS, ...AMOUNTS];

/** Attributes as numbers for a network, [12], in the order of `ATTRIBUTE_LABELS`. Returns a new array. */
export function attributeVector(attributes: Attributes): Float32Array<ArrayBuffer> {
  const { scale, colour, secondColour, wear, moss, wetness, cracks, dirt } = attributes;
  return Float32Array.of(scale, ...colour, ...secondColour, wear, moss, wetness, cracks, dirt);
}

/**
 * The attributes of a class with some of them replaced.
 *
 * @param who - Who asks, for messages: `proceduralMaterial "brick"`.
 * @throws ConfigurationError when a name is unknown or a number is outside [0, 1].
 */
export function completeAttributes(who: string, defaults: Attributes, given: Partial<Attributes>): Attributes {
  for (const name of Object.keys(given)) {
    if (NAMES.includes(name)) continue;
    throw new ConfigurationError(
      `${who}: needed attributes named ${NAMES.join(", ")}, came "${name}". Correct the name or leave it out.`,
    );
  }
  const attributes = { ...defaults, ...withoutUndefined(given) };
  for (const name of AMOUNTS) assertShare(who, name, attributes[name]);
  for (const name of COLOURS) {
    const colour: readonly unknown[] = attributes[name];
    if (!Array.isArray(colour) || colour.length !== 3) {
      throw new ConfigurationError(
        `${who}: needed ${name} as three numbers, came ${JSON.stringify(colour)}. Give linear [red, green, blue], each in [0, 1].`,
      );
    }
    colour.forEach((value, index) => assertShare(who, `${name}[${index}]`, value));
  }
  return attributes;
}

function assertShare(who: string, name: string, value: unknown): void {
  if (typeof value === "number" && value >= 0 && value <= 1) return;
  throw new ConfigurationError(`${who}: needed ${name} in [0, 1], came ${String(value)}. Give a number in that range.`);
}

function withoutUndefined(given: Partial<Attributes>): Partial<Attributes> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** How many times as many features a scale puts on the tile: 2 at 0, 1 at 0.5, ½ at 1. */
export function densityOf(scale: number): number {
  return (2 - scale) / (1 + scale);
}
