import { drawMaterial, SIDE } from "../../../scripts/paint/imaginer/stack-shelf.ts";
import type { Imaginer } from "../../../plugin/paint/imaginer/imaginer.ts";
import { stackColours } from "../../../plugin/paint/imaginer/stack-picture.ts";
import type { DoneSeams } from "./summarise-seams.ts";
import { surfaceSeams } from "./surface-seams.ts";

/** Materials that nothing was learned from. */
const SEAM_STREAM = 0x5ea3;

/**
 * The seams of what an imaginer draws of each class with each seed: from the class's own code, and from that of a material that it has not
 * seen, another one for each seed.
 */
export async function imaginedSeams(
  imaginer: Imaginer,
  names: readonly string[],
  seeds: readonly number[],
): Promise<DoneSeams[]> {
  const done: DoneSeams[] = [];
  for (const name of names) {
    for (const seed of seeds) {
      const unseen = stackColours(drawMaterial(name, seed, SEAM_STREAM));
      for (const code of [imaginer.codeOf(name), await imaginer.encode(unseen)]) {
        const maps = await imaginer.imagine(code, { seed, size: SIDE });
        done.push({ job: { generator: "imagined", texture: name }, outcome: surfaceSeams(maps) });
      }
    }
  }
  return done;
}
