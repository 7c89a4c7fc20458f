import type {
  LearnerState,
  PpoBatch,
  PpoLearner,
  PpoUpdateResult,
  PpoUpdateSettings,
} from "../../../plugin/core/learner.ts";

/** What an update left behind. */
export interface Steps {
  readonly result: PpoUpdateResult;
  readonly state: LearnerState;
}

/** Lets a learner make one update from given parameters, without any memory of earlier ones. */
export async function takeSteps(
  learner: PpoLearner,
  parameters: Float32Array,
  batch: PpoBatch,
  settings: PpoUpdateSettings,
): Promise<Steps> {
  const zeros = (): Float32Array => new Float32Array(parameters.length);
  learner.writeState({ parameters, firstMoments: zeros(), secondMoments: zeros(), steps: 0 });
  const result = await learner.update(batch, settings);
  return { result, state: await learner.readState() };
}
