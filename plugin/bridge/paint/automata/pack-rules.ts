import { CELL_CHANNELS, SENSES, type Species } from "../../../paint/automata/species.ts";

/** Where the numbers of two species lie among those that shaders read, counted in fours. */
export interface PackedRules {
  /** [fours, 4]. */
  readonly values: Float32Array;
  readonly first: RulePlace;
  /** The same as `first` where there is no second species. */
  readonly second: RulePlace;
}

/** Where one species begins, in fours, and how wide it is. */
export interface RulePlace {
  readonly start: number;
  readonly hidden: number;
}

/** Fours of one hidden unit: what it weighs of each sense, how it changes each channel, and its bias with three that are not used. */
export const UNIT_FOURS = (SENSES * CELL_CHANNELS) / 4 + CELL_CHANNELS / 4 + 1;
/** Fours before the hidden units: the changes' biases, then for each of red, green and blue three weights and a bias. */
export const HEAD_FOURS = CELL_CHANNELS / 4 + 3;

/** Lays the rules out as shaders read them: first the changes' biases and the colours, then each hidden unit. */
export function packRules(species: Species, graft: Species | null): PackedRules {
  const all = graft ? [species, graft] : [species];
  const fours = all.map(({ hidden }) => HEAD_FOURS + hidden * UNIT_FOURS);
  const values = new Float32Array(4 * fours.reduce((sum, count) => sum + count));
  const places: RulePlace[] = [];
  let start = 0;
  all.forEach((kind, index) => {
    places.push({ start, hidden: kind.hidden });
    packRule(kind, values.subarray(4 * start));
    start += fours[index];
  });
  return { values, first: places[0], second: places[places.length - 1] };
}

function packRule(species: Species, out: Float32Array): void {
  const { hidden, hiddenWeights, hiddenBiases, changeWeights, changeBiases, colourWeights, colourBiases } = species;
  const inputs = SENSES * CELL_CHANNELS;
  out.set(changeBiases);
  for (let c = 0, at = CELL_CHANNELS; c < 3; c++, at += 4) {
    out.set(colourWeights.subarray(3 * c, 3 * c + 3), at);
    out[at + 3] = colourBiases[c];
  }
  for (let unit = 0, at = 4 * HEAD_FOURS; unit < hidden; unit++, at += 4 * UNIT_FOURS) {
    out.set(hiddenWeights.subarray(unit * inputs, (unit + 1) * inputs), at);
    for (let c = 0; c < CELL_CHANNELS; c++) out[at + inputs + c] = changeWeights[c * hidden + unit];
    out[at + inputs + CELL_CHANNELS] = hiddenBiases[unit];
  }
}
