import { brick } from "./brick.ts";
import { cobble } from "./cobble.ts";
import { fabricWeave } from "./fabric-weave.ts";
import { grass } from "./grass.ts";
import { marble } from "./marble.ts";
import { metalPlate } from "./metal-plate.ts";
import { plank } from "./plank.ts";
import { plaster } from "./plaster.ts";
import { roofTile } from "./roof-tile.ts";
import { roughStone } from "./rough-stone.ts";
import { sand } from "./sand.ts";
import { soil } from "./soil.ts";
import { woodGrain } from "./wood-grain.ts";
import type { MaterialClass } from "./material-class.ts";

/** Every class of material, in alphabetical order. */
export const MATERIAL_CLASSES: readonly MaterialClass[] = [
  brick,
  cobble,
  fabricWeave,
  grass,
  marble,
  metalPlate,
  plank,
  plaster,
  roofTile,
  roughStone,
  sand,
  soil,
  woodGrain,
];

/** The names of all classes. */
export const MATERIAL_NAMES: readonly string[] = MATERIAL_CLASSES.map(({ name }) => name);

/**
 * Classes that no shipped model has seen, so that it can be measured on something new: one regular, one irregular, both with
 * heights that brightness does not tell, and both with relatives (brick, cobble) among the classes that are shown.
 */
export const HELD_OUT_CLASSES: readonly string[] = ["roofTile", "roughStone"];
