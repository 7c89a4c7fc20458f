import { approach } from "./rewards/approach.ts";
import { avoidContact } from "./rewards/avoid-contact.ts";
import { collect } from "./rewards/collect.ts";
import { effort } from "./rewards/effort.ts";
import { face } from "./rewards/face.ts";
import { holdSpeed } from "./rewards/hold-speed.ts";
import { keepDistance } from "./rewards/keep-distance.ts";
import { moveForward } from "./rewards/move-forward.ts";
import { reach } from "./rewards/reach.ts";
import { stayUpright } from "./rewards/stay-upright.ts";
import { survive } from "./rewards/survive.ts";
import { time } from "./rewards/time.ts";
import type { RewardForm, RewardKind } from "./plan-part.ts";

const ALL: readonly RewardKind[] = [
  approach,
  reach,
  keepDistance,
  face,
  stayUpright,
  moveForward,
  holdSpeed,
  avoidContact,
  collect,
  survive,
  effort,
  time,
];

/** Reward terms by their kind. */
export const REWARDS: ReadonlyMap<string, RewardKind> = new Map(ALL.map((part) => [part.form.kind, part]));

/** The palette of reward terms. */
export const REWARD_FORMS: readonly RewardForm[] = ALL.map(({ form }) => form);
