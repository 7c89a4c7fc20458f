import type { TextureGenerator } from "../texture-generator.ts";
import { automaton } from "./automaton.ts";
import { exampleGenerator } from "./example.ts";
import { imaginedGenerator } from "./imagined.ts";
import type { PaintNetworks } from "./paint-networks.ts";
import { photographGenerator } from "./photograph.ts";
import { procedural } from "./procedural.ts";

/** Every generator there is. @param networks - What they may use. Default none. */
export function textureGenerators({
  findEstimator = null,
  findImaginer = null,
}: PaintNetworks = {}): readonly TextureGenerator[] {
  return [
    procedural,
    exampleGenerator(findEstimator),
    photographGenerator(findEstimator),
    automaton,
    imaginedGenerator(findImaginer),
  ];
}
