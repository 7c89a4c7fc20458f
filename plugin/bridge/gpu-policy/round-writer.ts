import { imageSize, pictureSize } from "../../core/observation-spec.ts";
import type { DecisionBatch, NormaliserState } from "../../core/policy.ts";
import { Random } from "../../core/random.ts";
import type { CameraAtlas } from "../camera/camera-atlas.ts";
import type { CameraTile } from "../camera/camera-tile.ts";
import type { AgentPlace, AgentPlaces } from "./agent-places.ts";
import { GREEDY } from "./forward-kernels.ts";
import { PICTURE_WORDS, type ForwardPlan } from "./forward-plan.ts";

/** Agents that decide together, from the call to the arrival of their actions. */
export interface Round {
  /** For each row of the batch its agent, or null where there is no camera known. */
  readonly agents: (AgentPlace | null)[];
  /** For each row on the GPU its agent and the episode it was in. */
  readonly places: AgentPlace[];
  readonly episodes: number[];
  /** For each row on the GPU and each picture the camera, or null. */
  readonly tiles: (CameraTile | null)[];
  /** Pictures that come from ordinary memory, as numbers from 0 to 1. */
  readonly loose: { readonly place: AgentPlace; readonly part: number; readonly pixels: Float32Array }[];
  /** What the kernels get, [rows, rowWords]. */
  words: Uint32Array;
  /** The same as numbers. */
  floats: Float32Array;
}

/** How a round decides. */
export interface RoundOptions {
  readonly greedy: boolean;
  readonly normaliser: NormaliserState;
}

/** Turns batches into what the kernels of a GPU policy read. Rounds are used again, so that nothing allocates after a while. */
export class RoundWriter {
  readonly #plan: ForwardPlan;
  readonly #pixels: number;
  readonly #free: Round[] = [];
  #random = new Random(0);

  constructor(plan: ForwardPlan) {
    this.#plan = plan;
    this.#pixels = imageSize(plan.role.observation);
  }

  seed(seed: number): void {
    this.#random = new Random(seed);
  }

  /** Takes a batch down and claims its pictures for the GPU. */
  write(batch: DecisionBatch, atlas: CameraAtlas, places: AgentPlaces, options: RoundOptions): Round {
    const { encoders } = this.#plan.layout;
    const round = this.#take(batch.agents);
    for (let agent = 0; agent < batch.agents; agent++) {
      const first = round.tiles.length;
      let known: CameraTile | null = null;
      for (const { pixels } of encoders) {
        const tile = atlas.claim(batch.images!, agent * this.#pixels + pixels);
        round.tiles.push(tile);
        known ??= tile;
      }
      const place = known ? places.of(known) : null;
      round.agents.push(place);
      if (!place) {
        round.tiles.length = first;
        continue;
      }
      const row = round.places.push(place) - 1;
      round.episodes.push(place.episode);
      this.#writeRow(round, row, batch, agent, options);
    }
    return round;
  }

  /** Adds where the pictures are, at the end of the frame: until then they may still move within their texture. */
  finish({ places, tiles, words }: Round): void {
    const { rowWords, rowPictures, layout } = this.#plan;
    const parts = layout.encoders.length;
    places.forEach((place, row) => {
      words[row * rowWords] = place.index;
      for (let part = 0; part < parts; part++) {
        const tile = tiles[row * parts + part];
        const at = row * rowWords + rowPictures + PICTURE_WORDS * part;
        words[at] = tile?.x ?? 0;
        words[at + 1] = tile?.y ?? 0;
        words[at + 2] = place.isFirst ? 1 : 0;
        words[at + 3] = tile?.options.channels ?? 0;
      }
    });
  }

  /** Gives a round back, to be used again. */
  release(round: Round): void {
    this.#free.push(round);
  }

  #writeRow(
    round: Round,
    row: number,
    batch: DecisionBatch,
    agent: number,
    { greedy, normaliser }: RoundOptions,
  ): void {
    const { rowWords, rowObservation, rowMasks, rowNoise, observation, choices, continuous, values, layout } =
      this.#plan;
    const { words, floats } = round;
    const base = row * rowWords;
    const { mean, variance, scaled, clip } = normaliser;
    for (let i = 0; i < observation; i++) {
      let value = batch.observations[agent * observation + i];
      if (scaled[i] === 1) {
        value = Math.min(clip, Math.max(-clip, (value - mean[i]) / Math.sqrt(variance[i] + 1e-8)));
      }
      floats[base + rowObservation + i] = value;
    }
    for (let i = 0; i < choices; i++) words[base + rowMasks + i] = batch.masks[agent * choices + i];
    for (let i = 0; i < values; i++) {
      const drawn = i < continuous ? (greedy ? 0 : this.#random.normal()) : greedy ? GREEDY : this.#random.uniform();
      floats[base + rowNoise + i] = drawn;
    }
    layout.encoders.forEach(({ part, pixels }, index) => {
      if (round.tiles[row * layout.encoders.length + index]) return;
      const from = agent * this.#pixels + pixels;
      const bytes = batch.images!.subarray(from, from + pictureSize(part));
      const place = round.places[row];
      round.loose.push({ place, part: index, pixels: Float32Array.from(bytes, (byte) => byte / 255) });
    });
  }

  #take(agents: number): Round {
    const size = agents * this.#plan.rowWords;
    const round = this.#free.pop() ?? {
      agents: [],
      places: [],
      episodes: [],
      tiles: [],
      loose: [],
      words: new Uint32Array(0),
      floats: new Float32Array(0),
    };
    for (const list of [round.agents, round.places, round.episodes, round.tiles, round.loose]) list.length = 0;
    if (round.words.length < size) {
      round.words = new Uint32Array(size);
      round.floats = new Float32Array(round.words.buffer);
    }
    return round;
  }
}
