import type { Diagnosis } from "../diagnosis.ts";
import type { Evidence } from "../evidence.ts";
import { plainNumber } from "../plain-number.ts";

/** Pictures that are looked at before blank ones are doubted; in the maze the first one shows something. */
const ENOUGH_PICTURES = 32;

/** A camera whose pictures have one colour all over, as those of a world that nothing draws. */
export function blankPicture({ pictures }: Evidence): Diagnosis[] {
  return pictures
    .filter(({ blank, looks }) => blank && looks >= ENOUGH_PICTURES)
    .map(({ label, looks }) => ({
      rule: "camera-without-renderer",
      about: label,
      severity: "fault",
      words: `The picture "${label}" shows nothing: it has one colour all over.`,
      evidence: `So were all of ${plainNumber(looks)} pictures that were looked at.`,
      suggestion:
        "Teach where the world is drawn: give serveLesson a renderer, such as offscreenRenderer(). Or use rays or a grid sensor, which need none.",
    }));
}
