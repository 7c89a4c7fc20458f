import { Observable } from "@babylonjs/core/Misc/observable.js";
import { ConfigurationError, StorageError } from "../../core/errors.ts";
import { assertSameRole } from "../../core/same-role.ts";
import type { DemonstrationFile } from "../../learn/demonstration-file.ts";
import { DECISIONS_PER_PART, DemonstrationStore, type StoredEpisode } from "../../learn/demonstration-store.ts";
import {
  assertCanBeShown,
  EpisodeWriter,
  sliceDemonstration,
  type Demonstrations,
} from "../../learn/demonstrations.ts";
import { assertNumber } from "../check-option.ts";
import type { Decision, NeuralController } from "../neural-controller.ts";

/** How to record what somebody shows. */
export interface RecordDemonstrationsOptions {
  /** Where it is stored as it is recorded, e.g. `"indexeddb://guard-shown"`; what lies there already is gone on with. Default nowhere. */
  readonly storage?: string;
  /** How often it is stored, in seconds of the agent's decisions, above 0: a closed tab loses no more. Default 0.5. */
  readonly saveSeconds?: number;
  /** Most decisions of all episodes together; then it stops recording. Default 200,000. */
  readonly mostDecisions?: number;
}

/** An episode that was recorded. */
export interface RecordedEpisode {
  /** Counted from 1; stays when others are removed. */
  readonly number: number;
  /** After trimming. */
  readonly decisions: number;
  readonly seconds: number;
  /** Where it begins and ends within all that was recorded of it, in seconds. */
  readonly from: number;
  readonly to: number;
  readonly recordedSeconds: number;
}

/**
 * Records how a player or a script plays an agent through its own actuators, to be learned with `cloneBehaviour`.
 *
 * Set the controller's `heuristic` to what reads the player's keys; its decisions are recorded, those of a policy are not. Call
 * `endEpisode` when a round is over.
 *
 * @throws ConfigurationError for options that cannot work or an agent that sees pictures, PolicyMismatchError when other
 * agents' episodes lie in the storage, StorageError and PolicyFileError when it cannot be read.
 */
export async function recordDemonstrations(
  controller: NeuralController,
  options: RecordDemonstrationsOptions = {},
): Promise<DemonstrationRecorder> {
  const { storage, saveSeconds = 0.5, mostDecisions = 200_000 } = options;
  const who = `Demonstrations of "${controller.name}"`;
  assertCanBeShown(controller.role, who);
  assertNumber(who, "saveSeconds", saveSeconds, { above: 0 }, "Say how much a closed tab may lose.");
  const limits = { atLeast: 1, whole: true };
  assertNumber(who, "mostDecisions", mostDecisions, limits, "Say how many decisions fit.");
  const store = storage === undefined ? null : new DemonstrationStore(storage);
  const stored = await store?.read();
  if (stored) {
    assertSameRole(stored.file.role, controller.role, who);
    if (stored.file.decisionsPerSecond !== controller.decisionsPerSecond) {
      throw new ConfigurationError(
        `${who}: needed ${controller.decisionsPerSecond} decisions a second as the agent has, came ${stored.file.decisionsPerSecond} in "${storage}". Record under another name.`,
      );
    }
  }
  const every = Math.max(1, Math.round(saveSeconds * controller.decisionsPerSecond));
  return new DemonstrationRecorder(controller, store, stored?.episodes ?? [], { every, mostDecisions });
}

/** A part of an episode that is to be stored. */
interface WaitingPart {
  readonly number: number;
  readonly part: number;
  readonly file: DemonstrationFile;
}

/** Records what somebody shows. Make one with `recordDemonstrations`. */
export class DemonstrationRecorder {
  readonly controller: NeuralController;
  /** Told whenever episodes were added, trimmed or removed. */
  readonly onChangeObservable = new Observable<DemonstrationRecorder>();
  /** Told when something could not be stored (it is kept in memory and tried again), or when it is full. */
  readonly onErrorObservable = new Observable<Error>();
  readonly #store: DemonstrationStore | null;
  readonly #limits: { readonly every: number; readonly mostDecisions: number };
  readonly #writer: EpisodeWriter;
  readonly #observer: { remove(): void };
  #episodes: readonly StoredEpisode[];
  /** Decisions of all ended episodes, trimmed or not. */
  #ended: number;
  #number: number;
  /** The first decision of the running episode that is not stored yet. */
  #unsaved = 0;
  #paused = false;
  #disposed = false;
  readonly #waiting = new Map<string, WaitingPart>();
  #saving: Promise<void> = Promise.resolve();
  #failure: Error | null = null;

  /** Use `recordDemonstrations`. */
  constructor(
    controller: NeuralController,
    store: DemonstrationStore | null,
    episodes: readonly StoredEpisode[],
    limits: { readonly every: number; readonly mostDecisions: number },
  ) {
    this.controller = controller;
    this.#store = store;
    this.#limits = limits;
    this.#episodes = episodes;
    this.#ended = episodes.reduce((sum, { whole }) => sum + whole.decisions, 0);
    this.#number = 1 + Math.max(0, ...episodes.map(({ number }) => number));
    this.#writer = new EpisodeWriter(controller.role);
    this.#observer = controller.onDecisionObservable.add((decision) => this.#record(decision));
  }

  /** What was recorded, without the running episode. */
  get episodes(): readonly RecordedEpisode[] {
    const rate = this.controller.decisionsPerSecond;
    return this.#episodes.map(({ number, whole, from, to }) => ({
      number,
      decisions: to - from,
      seconds: (to - from) / rate,
      from: from / rate,
      to: to / rate,
      recordedSeconds: whole.decisions / rate,
    }));
  }

  /** Seconds that the running episode has lasted. */
  get runningSeconds(): number {
    return this.#writer.decisions / this.controller.decisionsPerSecond;
  }

  /** While true, nothing is recorded; the running episode goes on afterwards. */
  get paused(): boolean {
    return this.#paused;
  }

  set paused(paused: boolean) {
    this.#paused = paused;
  }

  /** Ends the running episode and begins the next one. @returns Its number, or null when nothing was recorded of it. */
  endEpisode(): number | null {
    const number = this.#number;
    if (this.#writer.decisions === 0) return null;
    this.#save();
    const whole = this.#writer.read();
    this.#episodes = [...this.#episodes, { number, whole, from: 0, to: whole.decisions }];
    this.#ended += whole.decisions;
    this.#begin();
    this.onChangeObservable.notifyObservers(this);
    return number;
  }

  /** Throws the running episode away, and begins anew. */
  discardEpisode(): void {
    const number = this.#number;
    if (this.#writer.decisions === 0) return;
    this.#begin();
    this.#queue((store) => store.remove(number));
  }

  /** Removes the last episode, the running one not counted. @returns Whether there was one. */
  removeLast(): boolean {
    const last = this.#episodes.at(-1);
    if (!last) return false;
    this.#episodes = this.#episodes.slice(0, -1);
    this.#ended -= last.whole.decisions;
    this.#queue((store) => store.remove(last.number));
    this.onChangeObservable.notifyObservers(this);
    return true;
  }

  /**
   * Lets only a part of an episode count; what is cut off stays stored, so that it can be trimmed otherwise later.
   *
   * @param number - Of the episode.
   * @param from - Seconds from its recorded beginning, as `to`.
   * @throws ConfigurationError for an episode that is not there, or a part without a decision.
   */
  trim(number: number, from: number, to: number): void {
    const episode = this.#episodes.find((one) => one.number === number);
    const who = `Demonstrations of "${this.controller.name}"`;
    if (!episode) {
      throw new ConfigurationError(
        `${who}: needed the number of an episode that is there, came ${number}. There are ${this.#episodes.map((one) => one.number).join(", ") || "none"}.`,
      );
    }
    const rate = this.controller.decisionsPerSecond;
    const first = Math.max(0, Math.round(from * rate));
    const end = Math.min(episode.whole.decisions, Math.round(to * rate));
    if (!(first < end)) {
      throw new ConfigurationError(
        `${who}: needed a part of the ${episode.whole.decisions / rate} seconds of episode ${number}, came ${from} to ${to}. Leave at least one decision.`,
      );
    }
    this.#episodes = this.#episodes.map((one) => (one === episode ? { ...one, from: first, to: end } : one));
    this.#queue((store) => store.trim(number, first, end));
    this.onChangeObservable.notifyObservers(this);
  }

  /** Everything that counts, for `cloneBehaviour`; the running episode is not among it. */
  demonstrations(): Demonstrations {
    const { role, decisionsPerSecond } = this.controller;
    const episodes = this.#episodes.map(({ whole, from, to }) => sliceDemonstration(whole, role, from, to));
    return { role, decisionsPerSecond, episodes };
  }

  /** Settles when all that was recorded so far is stored. @throws StorageError when something could not be. */
  async saved(): Promise<void> {
    this.#save();
    await this.#saving;
    const failure = this.#failure;
    this.#failure = null;
    if (failure) throw failure;
  }

  /** Stops recording; what was recorded of the running episode stays stored as an episode. May be called twice. */
  dispose(): void {
    if (this.#disposed) return;
    this.endEpisode();
    this.#disposed = true;
    this.#observer.remove();
    this.onChangeObservable.clear();
  }

  #record({ batch, row, scripted }: Decision): void {
    if (this.#paused || !scripted) return;
    const { every, mostDecisions } = this.#limits;
    if (this.#ended + this.#writer.decisions >= mostDecisions) {
      this.#paused = true;
      this.#tell(
        new StorageError(
          `Demonstrations of "${this.controller.name}": needed room for one more decision, came ${mostDecisions} already. Recording is paused; remove episodes, or learn from these.`,
        ),
      );
      return;
    }
    this.#writer.add(batch, row);
    if (this.#writer.decisions - this.#unsaved >= every) this.#save();
  }

  /** Stores what is new of the running episode: the parts in which it lies. */
  #save(): void {
    const { decisions } = this.#writer;
    if (!this.#store || this.#unsaved >= decisions) return;
    const { role, decisionsPerSecond } = this.controller;
    const number = this.#number;
    const firstPart = Math.floor(this.#unsaved / DECISIONS_PER_PART);
    const lastPart = Math.floor((decisions - 1) / DECISIONS_PER_PART);
    for (let part = firstPart; part <= lastPart; part++) {
      const from = part * DECISIONS_PER_PART;
      const to = Math.min(decisions, from + DECISIONS_PER_PART);
      const file = { role, decisionsPerSecond, demonstration: this.#writer.read(from, to) };
      this.#write(`${number} ${part}`, { number, part, file });
    }
    this.#unsaved = decisions;
  }

  /** Writes a part when it is its turn, in its newest state: slow storage is written to less often, not later and later. */
  #write(key: string, newest: WaitingPart): void {
    const isWaiting = this.#waiting.has(key);
    this.#waiting.set(key, newest);
    if (isWaiting) return;
    this.#queue(async (store) => {
      const { number, part, file } = this.#waiting.get(key)!;
      this.#waiting.delete(key);
      await store.write(number, part, file).catch(() => store.write(number, part, file));
    });
  }

  #begin(): void {
    this.#number += 1;
    this.#unsaved = 0;
    this.#writer.clear();
  }

  /** One after the other, in order; what fails is told. */
  #queue(action: (store: DemonstrationStore) => Promise<void>): void {
    const store = this.#store;
    if (!store) return;
    this.#saving = this.#saving
      .then(() => action(store))
      .catch((error: unknown) => {
        this.#failure = error as Error;
        this.#tell(this.#failure);
      });
  }

  #tell(error: Error): void {
    this.onErrorObservable.notifyObservers(error);
  }
}
