import type { Policy } from "../../plugin/core/policy.ts";
import type { PpoOptions } from "../../plugin/learn/ppo.ts";
import type { TeachOptions } from "../../plugin/learn/teach.ts";

/** How a shipped model is made, and how it is judged. */
export interface Recipe {
  /** On the command line, and the model's folder. */
  readonly name: string;
  /** One sentence about what the policy does. */
  readonly describe: string;
  /** The worker's module; for one that runs in a browser, the page that starts it. */
  readonly worker: URL;
  /** Whether it needs a browser, since its agents see by cameras and Node draws nothing. Such a recipe has one worker. Default false. */
  readonly runsInBrowser?: boolean;
  readonly workers: number;
  readonly environment: Pick<TeachOptions, "arenas" | "settings">;
  /** Without a seed: the command line gives it. */
  readonly options: Omit<PpoOptions, "seed">;
  /** Figures for the model's card, e.g. `{ "catch rate, 200 unseen games": "93%" }`. */
  score(policy: Policy, onProgress: (share: number) => void): Promise<Readonly<Record<string, string>>>;
}
