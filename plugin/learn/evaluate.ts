import { breathe } from "../core/breathe.ts";
import type { AgentGroup, Environment } from "../core/environment.ts";
import { ConfigurationError, EnvironmentError } from "../core/errors.ts";
import { quoteAll } from "../core/observation-spec.ts";
import type { Policy } from "../core/policy.ts";
import { Random } from "../core/random.ts";
import { firstRole } from "./first-role.ts";

/** How a policy did, over whole episodes. */
export interface Evaluation {
  readonly episodes: number;
  readonly meanReturn: number;
  /** Of the single episodes' returns. */
  readonly standardDeviation: number;
  /** In decisions. */
  readonly meanLength: number;
  /** Share of the episodes that ended in success, in [0, 1]. */
  readonly successRate: number;
  /** Of every episode. */
  readonly returns: readonly number[];
}

/** How to evaluate. */
export interface EvaluateOptions {
  /** Whole episodes to play. Default 100. */
  readonly episodes?: number;
  /** Fixes the episodes. Default 0. */
  readonly seed?: number;
  /** Take the likeliest action instead of drawing one. Default true. */
  readonly greedy?: boolean;
  /** Episodes of each agent before a fresh environment is made. Default all of them in one. */
  readonly episodesPerEnvironment?: number;
  /** Most steps that any agent may take to end an episode. Default 100,000; `Infinity` waits for ever. */
  readonly longestEpisode?: number;
  /** Which role the policy plays. Default the environment's only one. */
  readonly role?: string;
  /** Told after each episode, as a share in [0, 1]. */
  readonly onProgress?: (share: number) => void;
  /** Gives the evaluation up; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Milliseconds of playing after which the page gets its turn: less than a frame. */
const SLICE = 8;

/**
 * Plays whole episodes and scores them.
 *
 * Every agent of the environment plays the same number of episodes, so that short ones are not counted more often. The page
 * gets its turn every few milliseconds.
 *
 * @param policy - It is seeded anew. With `greedy: false`, give one that nobody else lets decide meanwhile.
 * @param makeEnvironment - Makes a fresh environment from a seed; it is disposed afterwards. Physics worlds repeat exactly
 * only when they are fresh.
 * @throws EnvironmentError when an agent does not end its episode.
 */
export async function evaluate(
  policy: Policy,
  makeEnvironment: (seed: number) => Environment | Promise<Environment>,
  options: EvaluateOptions = {},
): Promise<Evaluation> {
  const { episodes = 100, seed = 0, greedy = true, episodesPerEnvironment: perEnvironment = Infinity } = options;
  if (!Number.isInteger(episodes) || episodes < 1) {
    throw new ConfigurationError(`evaluate: needed at least 1 episode, came ${episodes}. Give a whole number above 0.`);
  }
  const { longestEpisode = 100_000 } = options;
  if (!(longestEpisode >= 1)) {
    throw new ConfigurationError(
      `evaluate: longestEpisode needs a number of at least 1, came ${longestEpisode}. Change it or leave it out.`,
    );
  }
  const random = new Random(seed, 7);
  const returns: number[] = [];
  let steps = 0;
  let successes = 0;
  let breath = performance.now();
  policy.seed(random.uint32());
  while (returns.length < episodes) {
    const environmentSeed = random.uint32();
    const environment = await makeEnvironment(environmentSeed);
    try {
      const group = chooseGroup(environment, options.role);
      const quota = Math.max(1, Math.min(perEnvironment, Math.floor((episodes - returns.length) / group.agents)));
      const played = new Int32Array(group.agents);
      const running = new Float64Array(group.agents);
      const lasting = new Int32Array(group.agents);
      environment.reset(random.uint32());
      let missing = Math.min(quota * group.agents, episodes - returns.length);
      while (missing > 0) {
        options.signal?.throwIfAborted();
        if (performance.now() - breath > SLICE) {
          await breathe();
          breath = performance.now();
        }
        policy.decide(group, { greedy });
        const active = group.active.slice();
        environment.step();
        for (let agent = 0; agent < group.agents; agent++) {
          if (played[agent] >= quota || missing === 0) continue;
          // An empty slot counts too: nobody may ever come.
          if (++lasting[agent] > longestEpisode) throw neverEnds(environment, agent, longestEpisode);
          if (active[agent] === 0) continue;
          running[agent] += group.rewards[agent];
          steps += 1;
          if (group.terminated[agent] === 0 && group.truncated[agent] === 0) continue;
          returns.push(running[agent]);
          successes += group.succeeded[agent];
          running[agent] = 0;
          lasting[agent] = 0;
          played[agent] += 1;
          missing -= 1;
          options.onProgress?.(returns.length / episodes);
        }
      }
    } finally {
      environment.dispose();
    }
  }
  const mean = returns.reduce((sum, value) => sum + value, 0) / episodes;
  const variance = returns.reduce((sum, value) => sum + (value - mean) ** 2, 0) / episodes;
  return {
    episodes,
    meanReturn: mean,
    standardDeviation: Math.sqrt(variance),
    meanLength: steps / episodes,
    successRate: successes / episodes,
    returns,
  };
}

function neverEnds({ name }: Environment, agent: number, limit: number): EnvironmentError {
  return new EnvironmentError(
    `evaluate: needed episodes that end, came agent ${agent} of "${name}" that went on for more than ${limit} steps. Terminate or truncate it, or raise longestEpisode.`,
  );
}

function chooseGroup(environment: Environment, role = firstRole(environment)): AgentGroup {
  if (Object.hasOwn(environment.groups, role)) return environment.groups[role];
  throw new ConfigurationError(
    `evaluate: needed a role of "${environment.name}", came "${role}". Use one of: ${quoteAll(Object.keys(environment.groups))}.`,
  );
}
