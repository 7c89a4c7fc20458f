import type { Diagnosis } from "./diagnosis.ts";
import type { Evidence } from "./evidence.ts";
import { blankPicture } from "./rules/blank-picture.ts";
import { constantSensor } from "./rules/constant-sensor.ts";
import { deadSensor } from "./rules/dead-sensor.ts";
import { decisionRate } from "./rules/decision-rate.ts";
import { endlessEpisodes } from "./rules/endless-episodes.ts";
import { entropyCollapse } from "./rules/entropy-collapse.ts";
import { explodingValueLoss } from "./rules/exploding-value-loss.ts";
import { fixedReset } from "./rules/fixed-reset.ts";
import { identicalSensors } from "./rules/identical-sensors.ts";
import { instantEpisodes } from "./rules/instant-episodes.ts";
import { learningRateTooHigh } from "./rules/learning-rate-too-high.ts";
import { limitAsFailure } from "./rules/limit-as-failure.ts";
import { noReward } from "./rules/no-reward.ts";
import { oneSidedReward } from "./rules/one-sided-reward.ts";
import { rewardScale } from "./rules/reward-scale.ts";
import { saturatedActions } from "./rules/saturated-actions.ts";
import { sensorOutOfRange } from "./rules/sensor-out-of-range.ts";

/** In the order in which a person should mend things: what is sensed, what is paid, how it ends, how it learns. */
const RULES: readonly ((evidence: Evidence) => Diagnosis[])[] = [
  blankPicture,
  deadSensor,
  constantSensor,
  sensorOutOfRange,
  identicalSensors,
  noReward,
  oneSidedReward,
  rewardScale,
  instantEpisodes,
  endlessEpisodes,
  limitAsFailure,
  fixedReset,
  decisionRate,
  saturatedActions,
  entropyCollapse,
  explodingValueLoss,
  learningRateTooHigh,
];

/** Everything that the doctor's rules find, faults first. */
export function diagnose(evidence: Evidence): Diagnosis[] {
  const found = RULES.flatMap((rule) => rule(evidence));
  return [
    ...found.filter(({ severity }) => severity === "fault"),
    ...found.filter(({ severity }) => severity === "doubt"),
  ];
}
