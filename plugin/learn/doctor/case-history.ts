import type { Environment } from "../../core/environment.ts";
import type { RoleSpec } from "../../core/role-spec.ts";
import type { PpoSettings, PpoStatistics } from "../ppo.ts";
import type { Rollout } from "../rollout.ts";
import { ActionRecord } from "./action-record.ts";
import { EpisodeRecord } from "./episode-record.ts";
import type { Evidence } from "./evidence.ts";
import { PictureRecord } from "./picture-record.ts";
import { RewardRecord } from "./reward-record.ts";
import { SensorRecord } from "./sensor-record.ts";
import { SightRecord } from "./sight-record.ts";
import { UpdateRecord } from "./update-record.ts";

/** Entropy of a normal distribution with a standard deviation of 1, in nats: ½ ln 2πe. */
const ENTROPY_OF_NORMAL = 0.5 * Math.log(2 * Math.PI * Math.E);

/** What a history is about. */
export interface CaseOptions {
  /** As the environment tells. */
  readonly timing?: Environment["timing"] | undefined;
  /** Of the run; null when agents act without learning. */
  readonly settings?: PpoSettings | null;
}

/**
 * Everything that the doctor notes while agents act and learn.
 *
 * It reads rollouts that there are anyway and changes nothing. Its cost per rollout is bounded, and a note allocates nothing per
 * decision.
 */
export class CaseHistory {
  readonly #role: RoleSpec;
  readonly #options: CaseOptions;
  readonly #sensors: SensorRecord;
  readonly #pictures: PictureRecord;
  readonly #actions: ActionRecord;
  readonly #rewards = new RewardRecord();
  readonly #episodes = new EpisodeRecord();
  readonly #sights = new SightRecord();
  readonly #updates = new UpdateRecord();
  #decisions = 0;

  constructor(role: RoleSpec, options: CaseOptions = {}) {
    this.#role = role;
    this.#options = options;
    this.#sensors = new SensorRecord(role);
    this.#pictures = new PictureRecord(role);
    this.#actions = new ActionRecord(role);
  }

  /**
   * Notes what agents lived through.
   *
   * @param rollouts - One of each worker, in the same order every time.
   * @param statistics - Of the update that learned from them; null where nothing was learned.
   */
  note(rollouts: readonly Rollout[], statistics: PpoStatistics | null = null): void {
    for (let worker = 0; worker < rollouts.length; worker++) {
      const rollout = rollouts[worker];
      this.#decisions += countActive(rollout);
      this.#sensors.note(rollout);
      this.#pictures.note(rollout);
      this.#rewards.note(rollout);
      this.#episodes.note(worker, rollout);
      this.#sights.note(worker, rollout);
      this.#actions.note(rollout);
    }
    if (statistics) this.#updates.note(statistics);
  }

  /** All of it in figures. */
  evidence(): Evidence {
    const { continuous, discrete } = this.#role.action;
    const { timing = null, settings = null } = this.#options;
    const choices = discrete.reduce((sum, branch) => sum + Math.log(branch.choices.length), 0);
    return {
      decisions: this.#decisions,
      looks: this.#sensors.looks,
      sensors: this.#sensors.evidence(),
      pictures: this.#pictures.evidence(),
      rewards: this.#rewards.evidence(),
      episodes: this.#episodes.evidence(),
      ...this.#sights.evidence(),
      actions: this.#actions.evidence(),
      entropyOfDice: choices + continuous.length * ENTROPY_OF_NORMAL,
      continuous: continuous.length,
      branches: discrete.length,
      updates: this.#updates.evidence(),
      timing,
      settings,
    };
  }
}

function countActive({ active }: Rollout): number {
  let count = 0;
  for (let row = 0; row < active.length; row++) count += active[row];
  return count;
}
