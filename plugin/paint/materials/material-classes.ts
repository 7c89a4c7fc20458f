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
