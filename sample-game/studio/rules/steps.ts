/** How far somebody has come. */
export interface Standing {
  /** Something has a controller. */
  readonly hasController: boolean;
  /** It senses more than what controllers have from the beginning, its own speed. */
  readonly hasSenses: boolean;
  readonly hasLesson: boolean;
  /** It has learned something. */
  readonly hasPolicy: boolean;
  /** What it has learned is kept with the scene. */
  readonly isKept: boolean;
}

/** One of the things to do, in order. */
export interface Step {
  readonly title: string;
  /** What to do, by the names that buttons have. */
  readonly words: string;
  readonly isDone: (standing: Standing) => boolean;
}

/** The way from an empty scene to an agent that has learned something. */
export const STEPS: readonly Step[] = [
  {
    title: "Attach",
    words: "Choose the box in the scene. Then press “Add neural controller” in the tab Scene.",
    isDone: ({ hasController }) => hasController,
  },
  {
    title: "Sense",
    words: "Press “Add sensor”, take “Direction to”, and choose the ball.",
    isDone: ({ hasSenses }) => hasSenses,
  },
  {
    title: "Lesson",
    words: "Open the tab Lesson. Press “Reach something”, and choose the ball.",
    isDone: ({ hasLesson }) => hasLesson,
  },
  {
    title: "Teach",
    words: "Open the tab Teach, and press “Teach”. Watch the box practise: a minute or two will do.",
    isDone: ({ hasPolicy }) => hasPolicy,
  },
  {
    title: "Keep",
    words: "When it finds the ball nearly always, press “Keep”.",
    isDone: ({ isKept }) => isKept,
  },
];

/** What is said once all of them are done. */
export const DONE =
  "It has learned that for good. Save the scene for your game, look into its mind under Understand, or teach something harder.";

/** Index of the first step that is not done, `STEPS.length` when all are. What is kept was taught, whatever plays now. */
export function nextStep(standing: Standing): number {
  if (standing.isKept) return STEPS.length;
  const index = STEPS.findIndex(({ isDone }) => !isDone(standing));
  return index < 0 ? STEPS.length : index;
}
