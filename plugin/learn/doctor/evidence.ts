import type { EnvironmentTiming } from "../../core/environment.ts";
import type { PpoSettings } from "../ppo.ts";

/** What one observation was like in all decisions that were looked at. */
export interface SensorEvidence {
  readonly label: string;
  /** Whether its values have no known range. */
  readonly unbounded: boolean;
  readonly lowest: number;
  readonly highest: number;
  /** The label of an earlier observation that always had the same value, or null. */
  readonly sameAs: string | null;
}

/** What one picture was like wherever it was looked at. */
export interface PictureEvidence {
  readonly label: string;
  /** How many were looked at. */
  readonly looks: number;
  /** Whether any differed from the first. */
  readonly varied: boolean;
  /** Whether all pixels of all of them had one and the same value. */
  readonly blank: boolean;
}

/** What was paid for decisions. */
export interface RewardEvidence {
  readonly lowest: number;
  readonly highest: number;
  /** Mean of its size, whatever its sign. */
  readonly meanSize: number;
  /** Mean of the decisions after which the episode went on; NaN without any. */
  readonly meanOnTheWay: number;
  /** Mean of the last decisions of episodes that were terminated as a success, and how many there were; NaN without any. */
  readonly meanAtGoal: number;
  readonly goals: number;
  /** The same of those that were terminated and no success. */
  readonly meanAtFailure: number;
  readonly failures: number;
}

/** How episodes ended. Lengths are in decisions. */
export interface EpisodeEvidence {
  readonly ended: number;
  readonly terminated: number;
  readonly succeeded: number;
  /** Those that ended with their first decision. */
  readonly atOnce: number;
  readonly longest: number;
  /** Of those as long as the longest: how many were terminated, and how many truncated. */
  readonly terminatedAtLongest: number;
  readonly truncatedAtLongest: number;
  /** How long the longest episode that has not ended has lasted. */
  readonly longestGoingOn: number;
  readonly meanLength: number;
  /** Mean and standard deviation of the first returns, and the mean of the newest ones; NaN before. */
  readonly firstReturn: number;
  readonly firstSpread: number;
  readonly newestReturn: number;
}

/** What a continuous action was like of late. */
export interface ActionEvidence {
  readonly label: string;
  /** Mean of its size, unclipped; actuators take 1 at most. */
  readonly meanSize: number;
  /** Share of decisions beyond [-1, 1]. */
  readonly beyond: number;
}

/** What the updates said of late. */
export interface UpdateEvidence {
  readonly updates: number;
  readonly approximateKl: number;
  readonly clipFraction: number;
  /** In nats, over all actions. */
  readonly entropy: number;
  /** Root of twice the value loss: how far the critic's estimates are off, in units of reward. */
  readonly criticError: number;
  /** The same at the first update. */
  readonly firstCriticError: number;
  readonly learningRate: number;
}

/** Everything that the doctor's rules look at. Plain data. */
export interface Evidence {
  /** How many decisions were made. */
  readonly decisions: number;
  /** In how many of them the observations were looked at. */
  readonly looks: number;
  readonly sensors: readonly SensorEvidence[];
  readonly pictures: readonly PictureEvidence[];
  readonly rewards: RewardEvidence;
  readonly episodes: EpisodeEvidence;
  /** How many starts of episodes were compared with another start of the same agent, and whether any differed. */
  readonly starts: { readonly compared: number; readonly varied: boolean };
  /** In how many decisions the agent's sight was compared with its last one, and in how many nothing had changed. */
  readonly sights: { readonly compared: number; readonly same: number };
  readonly actions: readonly ActionEvidence[];
  /** Entropy of deciding by dice: of all choices alike, and of numbers with a standard deviation of 1. */
  readonly entropyOfDice: number;
  /** How many continuous actions and how many choices there are to make. */
  readonly continuous: number;
  readonly branches: number;
  /** Null before the first update, and before a run. */
  readonly updates: UpdateEvidence | null;
  /** Null where an environment does not tell. */
  readonly timing: EnvironmentTiming | null;
  /** Null before a run. */
  readonly settings: PpoSettings | null;
}
