import { ConfigurationError } from "../../core/errors.ts";
import type { Random } from "../../core/random.ts";
import type { Rgb } from "../maps/srgb.ts";
import type { Attributes } from "./attributes.ts";
import { MATERIAL_CLASSES } from "./material-classes.ts";
import { mixRgb } from "./surface.ts";

/** How often weather is left out altogether, chosen so that about half of all samples have at most one kind of it. */
const CLEAN = 0.55;

/**
 * Attributes as they are found in the world: colours near one of the class's palettes, some weather or none. For teaching
 * networks, and for a dice button.
 *
 * @param name - One of `MATERIAL_NAMES`.
 * @param random - Takes 17 to 21 numbers from it.
 * @throws ConfigurationError when there is no such class.
 */
export function randomAttributes(name: string, random: Random): Attributes {
  const material = MATERIAL_CLASSES.find((candidate) => candidate.name === name);
  if (!material) {
    const names = MATERIAL_CLASSES.map((candidate) => candidate.name).join(", ");
    throw new ConfigurationError(`randomAttributes: needed one of ${names}, came "${name}". Choose a name of these.`);
  }
  const [colour, secondColour] = random.pick(material.palettes);
  const [otherColour, otherSecondColour] = random.pick(material.palettes);
  const towards = random.uniform() * 0.3;
  const amount = (): number => (random.uniform() < CLEAN ? 0 : random.between(0.1, 0.9));
  return {
    scale: random.between(0.15, 0.85),
    colour: jitter(mixRgb(colour, otherColour, towards), random),
    secondColour: jitter(mixRgb(secondColour, otherSecondColour, towards), random),
    wear: random.uniform(),
    moss: amount(),
    wetness: amount(),
    cracks: amount(),
    dirt: amount(),
  };
}

/** The same colour a little lighter or darker, warmer or cooler. */
function jitter(colour: Rgb, random: Random): Rgb {
  const light = random.between(0.75, 1.25);
  const warm = random.between(-0.08, 0.08);
  return [
    Math.min(1, colour[0] * light * (1 + warm)),
    Math.min(1, colour[1] * light),
    Math.min(1, colour[2] * light * (1 - warm)),
  ];
}
