import type { Policy } from "../core/policy.ts";
import { evaluate, type EvaluateOptions, type Evaluation } from "../learn/evaluate.ts";
import type { Havok } from "./headless-scene.ts";
import { lessonEnvironment } from "./lesson-environment.ts";
import type { Lesson, LessonSettings } from "./lesson.ts";

/** How to evaluate a policy in a lesson. */
export interface EvaluateLessonOptions extends Omit<EvaluateOptions, "episodesPerEnvironment"> {
  /** Needed by lessons with physics. */
  readonly havok?: Havok;
  /** What the lesson is set with. */
  readonly settings?: LessonSettings;
}

/**
 * Plays whole episodes of a lesson, faster than real time, and scores them.
 *
 * Every episode has a fresh world, so that the same seed gives the same score to the last bit. Takes milliseconds an episode,
 * and lets the page breathe in between.
 *
 * @throws ConfigurationError for a lesson with physics without Havok.
 */
export function evaluateLesson(
  policy: Policy,
  lesson: Lesson,
  options: EvaluateLessonOptions = {},
): Promise<Evaluation> {
  const { havok, settings = {} } = options;
  const makeEnvironment = (): ReturnType<typeof lessonEnvironment> =>
    lessonEnvironment(lesson, { arenas: 1, settings, havok });
  return evaluate(policy, makeEnvironment, { ...options, episodesPerEnvironment: 1 });
}
