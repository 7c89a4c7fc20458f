import {
  createPolicy,
  loadPolicy,
  Random,
  savePolicy,
  StorageError,
  untaughtPolicy,
  type NetworkSpec,
  type Policy,
  type PolicyData,
  type RoleSpec,
} from "../../../plugin/index.ts";
import { yardPpo } from "../lesson/yard-ppo.ts";
import type { MindChoice, MindId } from "./mind-choice.ts";

const KEPT_URL = "indexeddb://golem";
/** Where the shipped minds lie, beside the page. */
const SHIPPED_URLS = { shipped: "models/yard/policy.bnp", half: "models/yard-half/policy.bnp" } as const;
const LABELS: Readonly<Record<MindId, readonly [label: string, title: string]>> = {
  fresh: ["Untaught", "Random weights"],
  half: ["Half taught", "Shipped with the game, from the middle of its training"],
  shipped: ["Taught", "Shipped with the game"],
  kept: ["Yours", "What you taught and kept, on this device"],
  live: ["Learning", "Each new policy of the run, as it comes"],
};

/** The minds that golems can be given, and the one that they have. */
export class Minds {
  readonly #role: RoleSpec;
  readonly #assertFits: (policy: Policy) => void;
  readonly #policies = new Map<MindId, Policy>();
  readonly #seed: number;
  #live: Policy | null = null;

  /**
   * @param role - Of the golems.
   * @param assertFits - Throws for a policy that golems cannot use.
   */
  constructor(role: RoleSpec, seed: number, assertFits: (policy: Policy) => void) {
    this.#assertFits = assertFits;
    this.#role = role;
    this.#seed = seed;
  }

  /** Loads what is shipped and what was kept. What is missing or does not fit is left out. @returns What went wrong. */
  async load(): Promise<readonly string[]> {
    const problems: string[] = [];
    const add = async (id: MindId, url: string): Promise<void> => {
      try {
        const policy = await loadPolicy(url);
        this.#assertFits(policy);
        this.#add(id, policy);
      } catch (problem) {
        if (id === "kept" && problem instanceof StorageError) return; // nothing was kept yet
        problems.push(problem instanceof Error ? problem.message : String(problem));
      }
    };
    await Promise.all([add("shipped", SHIPPED_URLS.shipped), add("half", SHIPPED_URLS.half), add("kept", KEPT_URL)]);
    this.#add("fresh", await createPolicy(randomMind(this.#role, yardPpo.network!, this.#seed)));
    return problems;
  }

  /** The best mind to begin with. */
  get first(): MindId {
    return (["shipped", "kept", "half"] as const).find((id) => this.#policies.has(id)) ?? "fresh";
  }

  /** A policy by name, or null when there is none. The library owns it. */
  policy(id: MindId): Policy | null {
    return id === "live" ? this.#live : (this.#policies.get(id) ?? null);
  }

  /** The policy of the present run, which belongs to that run; null when it is over. */
  setLive(policy: Policy | null): void {
    this.#live = policy;
  }

  /** Everything that can be chosen, as chips. */
  choices(): MindChoice[] {
    const ids: MindId[] = ["fresh", "half", "shipped", "kept"];
    if (this.#live) ids.push("live");
    return ids.map((id) => ({ id, label: LABELS[id][0], title: LABELS[id][1], available: this.policy(id) !== null }));
  }

  /** Name of a mind, as on its chip. */
  label(id: MindId): string {
    return LABELS[id][0];
  }

  /**
   * Stores a policy for later visits; from now on it is the kept one.
   *
   * @throws StorageError when the browser does not let us.
   */
  async keep(data: PolicyData): Promise<void> {
    const policy = await createPolicy(data);
    await savePolicy(policy, KEPT_URL);
    this.#add("kept", policy);
  }

  dispose(): void {
    for (const policy of this.#policies.values()) policy.dispose();
    this.#policies.clear();
  }

  #add(id: MindId, policy: Policy): void {
    const old = this.#policies.get(id);
    this.#policies.set(id, policy);
    old?.dispose();
  }
}

/** Spread of the weights of a mind that nobody has taught: chosen so that a golem wanders instead of standing still. */
const WANDERING = 0.16;

/** A mind that nobody has taught: weights drawn by chance. */
export function randomMind(role: RoleSpec, network: NetworkSpec, seed: number): PolicyData {
  const random = new Random(seed, 31);
  const untaught = untaughtPolicy(role, network, seed);
  return {
    ...untaught,
    parameters: untaught.parameters.map(() => WANDERING * random.normal()),
    birth: { lesson: "yard", notes: { mind: "random weights" } },
  };
}
