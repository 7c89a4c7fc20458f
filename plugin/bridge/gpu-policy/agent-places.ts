import type { DecisionBatch } from "../../core/policy.ts";
import type { CameraTile } from "../camera/camera-tile.ts";
import type { ForwardPlan } from "./forward-plan.ts";
import type { Round } from "./round-writer.ts";

/** What a GPU policy keeps for an agent from decision to decision. */
export interface AgentPlace {
  /** Where its pictures lie on the GPU. */
  readonly index: number;
  /** The newest actions that arrived, [values]. */
  readonly actions: Float32Array;
  /** Whether there are any. */
  hasActions: boolean;
  /** The episode of its camera that all this belongs to. */
  episode: number;
  /** Whether its next picture is the first one of its episode. */
  isFirst: boolean;
}

/** The agents that a GPU policy knows, each by its first camera: rows of a batch change from frame to frame. */
export class AgentPlaces {
  readonly #plan: ForwardPlan;
  readonly #places = new Map<CameraTile, AgentPlace>();
  readonly #free: number[] = [];
  #count = 0;

  constructor(plan: ForwardPlan) {
    this.#plan = plan;
  }

  /** How many places there are, those of agents that left included. */
  get count(): number {
    return this.#count;
  }

  /** The place of the agent with that camera. In a new episode it knows nothing of the old one. */
  of(tile: CameraTile): AgentPlace {
    const place = this.#places.get(tile) ?? this.#take(tile);
    if (place.episode !== tile.episode) {
      place.episode = tile.episode;
      place.hasActions = false;
      place.isFirst = true;
    }
    return place;
  }

  /** Writes an agent's newest actions into a row of a batch; those of somebody who knows nothing yet where there are none. */
  act(place: AgentPlace | null, { actions, masks }: DecisionBatch, row: number): void {
    const { continuous, branches, choices } = this.#plan;
    const known = place?.hasActions ? place.actions : null;
    for (let i = 0; i < continuous; i++) actions.continuous[row * continuous + i] = known ? known[i] : 0;
    let mask = row * choices;
    branches.forEach((count, branch) => {
      let taken = known ? known[continuous + branch] : 0;
      // It was decided one decision ago; what was allowed then may not be now.
      if (masks[mask + taken] === 0) {
        for (taken = 0; taken < count - 1 && masks[mask + taken] === 0; taken++);
      }
      actions.discrete[row * branches.length + branch] = taken;
      mask += count;
    });
  }

  /** Keeps what was decided for the agents of a round, [rows, values]. */
  keep({ places, episodes }: Round, values: Float32Array): void {
    const { values: width } = this.#plan;
    places.forEach((place, row) => {
      if (place.episode !== episodes[row]) return;
      for (let i = 0; i < width; i++) place.actions[i] = values[row * width + i];
      place.hasActions = true;
    });
  }

  /** The pictures on the GPU are gone: the next ones count as first. */
  forgetPictures(): void {
    for (const place of this.#places.values()) place.isFirst = true;
  }

  #take(tile: CameraTile): AgentPlace {
    for (const [other, { index }] of this.#places) {
      if (!other.isDisposed) continue;
      this.#places.delete(other);
      this.#free.push(index);
    }
    const place: AgentPlace = {
      index: this.#free.pop() ?? this.#count++,
      actions: new Float32Array(this.#plan.values),
      hasActions: false,
      episode: tile.episode,
      isFirst: true,
    };
    this.#places.set(tile, place);
    return place;
  }
}
