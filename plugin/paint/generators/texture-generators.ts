import type { TextureGenerator } from "../texture-generator.ts";
import { automaton } from "./automaton.ts";
import { exampleGenerator } from "./example.ts";
import { photographGenerator } from "./photograph.ts";
import { procedural } from "./procedural.ts";
import type { FindEstimator } from "./surface-estimator.ts";

/**
 * Every generator there is.
 *
 * @param findEstimator - Gives the network for maps from pictures; null where there is none.
 */
export function textureGenerators(findEstimator: FindEstimator | null): readonly TextureGenerator[] {
  return [procedural, exampleGenerator(findEstimator), photographGenerator(findEstimator), automaton];
}
