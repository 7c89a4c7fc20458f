import { SymptomaticError, type Symptom } from "../../core/symptom.ts";
import type { Diagnosis } from "./diagnosis.ts";

/**
 * What the doctor makes of an error that ended a run, or kept it from beginning.
 *
 * @returns Null where the error says it all.
 */
export function diagnoseFailure(error: unknown): Diagnosis | null {
  if (!(error instanceof SymptomaticError) || !error.symptom) return null;
  const { rule, about } = error.symptom;
  const subject = about === undefined ? {} : { about };
  return { rule, ...subject, severity: "fault", evidence: error.message, ...explain(error.symptom) };
}

function explain({ kind, about }: Symptom): Pick<Diagnosis, "words" | "suggestion"> {
  switch (kind) {
    case "observation":
      return {
        words: `The sensor "${about}" gave something that is not a number.`,
        suggestion:
          "Look for a division by 0, the root of a negative number, or a value that was never set, in that sensor or in what it looks at.",
      };
    case "reward":
      return {
        words: "A reward was not a number.",
        suggestion: "Look for a division by 0, such as a distance of 0, or for a value that was never set.",
      };
    case "learning":
      return {
        words: `Learning has broken down: the ${about} is no longer a number.`,
        suggestion: "Lower the learning rate, and look for rewards or sensors with enormous values.",
      };
    case "camera":
      return {
        words: `Nothing draws what the camera "${about}" would see.`,
        suggestion:
          "Teach where the world is drawn: give serveLesson a renderer, such as offscreenRenderer(). Or use rays or a grid sensor, which need none.",
      };
  }
}
