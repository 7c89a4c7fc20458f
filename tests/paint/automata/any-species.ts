import { Random } from "../../../plugin/core/random.ts";
import { CELL_CHANNELS, SENSES, speciesOf, type Species } from "../../../plugin/paint/automata/species.ts";

/** A species that nobody has taught: lively, but its numbers stay within bounds for hundreds of steps. */
export function anySpecies(name = "any", seed = 1, hidden = 16): Species {
  const random = new Random(seed);
  const draw = (shape: number[], deviation: number) => ({
    shape,
    values: Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => deviation * random.normal()),
  });
  const change = draw([CELL_CHANNELS, hidden], 0.02);
  return speciesOf(name, {
    "hidden weights": draw([hidden, SENSES * CELL_CHANNELS], 0.3),
    "hidden biases": draw([hidden], 0.5),
    "change weights": change,
    "change biases": draw([CELL_CHANNELS], 0.01),
    "colour weights": draw([3, 3], 0.3),
    "colour biases": { shape: [3], values: Float32Array.of(0.5, 0.4, 0.3) },
  });
}
