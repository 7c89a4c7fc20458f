import type { AgentGroup } from "./environment.ts";
import { Random } from "./random.ts";

/** One action that is held fixed while all others are random. */
export interface ForcedAction {
  readonly kind: "continuous" | "discrete";
  /** Which number, or which branch. */
  readonly index: number;
  /** The number, or the alternative; where a mask forbids it, a legal one is taken. */
  readonly value: number;
}

/** How likely a new action is drawn at a step; else the old one is held, since trembling in place meets little. */
const REDRAW = 0.25;

/** Plays a group of agents at random, but legally; for trying environments out. */
export class RandomPlayer {
  readonly #group: AgentGroup;
  readonly #random: Random;
  readonly #forced: ForcedAction | null;
  #first = true;

  constructor(group: AgentGroup, seed: number, forced: ForcedAction | null = null) {
    this.#group = group;
    this.#random = new Random(seed);
    this.#forced = forced;
  }

  /** Fills the group's actions. */
  act(): void {
    const { agents, role, actions, masks } = this.#group;
    const numbers = role.action.continuous.length;
    const branches = role.action.discrete;
    const forced = this.#forced;
    let maskAt = 0;
    for (let agent = 0; agent < agents; agent++) {
      const redraw = this.#random.uniform() < REDRAW || this.#first;
      for (let i = 0; i < numbers; i++) {
        const drawn = this.#random.between(-1, 1);
        const at = agent * numbers + i;
        if (forced?.kind === "continuous" && forced.index === i) actions.continuous[at] = forced.value;
        else if (redraw) actions.continuous[at] = drawn;
      }
      for (let b = 0; b < branches.length; b++) {
        const count = branches[b].choices.length;
        const drawn = this.#random.integer(count);
        const at = agent * branches.length + b;
        const wanted =
          forced?.kind === "discrete" && forced.index === b ? forced.value : redraw ? drawn : actions.discrete[at];
        actions.discrete[at] = nextLegal(masks, maskAt, count, wanted);
        maskAt += count;
      }
    }
    this.#first = false;
  }
}

/** The wanted alternative, or the next one that the mask allows; the wanted one when it allows none. */
function nextLegal(masks: Uint8Array, maskAt: number, count: number, wanted: number): number {
  for (let step = 0; step < count; step++) {
    const choice = (wanted + step) % count;
    if (masks[maskAt + choice] === 1) return choice;
  }
  return wanted;
}
