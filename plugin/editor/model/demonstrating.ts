import {
  cloneInWorker,
  ConfigurationError,
  Observable,
  recordDemonstrations,
  type CloningProgress,
  type DemonstrationRecorder,
} from "../../index.ts";
import type { Agent } from "./agents.ts";
import { KeyPlayer } from "./key-player.ts";
import { LessonPlayback } from "./lesson-playback.ts";
import { USUAL_NETWORK } from "./network-sizes.ts";
import { messageOf, type Studio } from "./studio.ts";

/** Records how a person plays an agent, stores it as it is recorded, and lets the agent learn it by heart. */
export class Demonstrating {
  readonly onChangeObservable = new Observable<void>();
  readonly agent: Agent;
  readonly #studio: Studio;
  #recorder: DemonstrationRecorder | null = null;
  #player: KeyPlayer | null = null;
  #playback: LessonPlayback | null = null;
  #cloning: AbortController | null = null;
  #progress: CloningProgress | null = null;
  #refusal: Error | null = null;
  #disposed = false;

  /** @param agent - A live one. */
  constructor(studio: Studio, agent: Agent) {
    this.#studio = studio;
    this.agent = agent;
    void this.#open().catch((error: unknown) => {
      this.#refusal = error instanceof Error ? error : new Error(messageOf(error));
      this.onChangeObservable.notifyObservers();
    });
  }

  /** What was recorded; null until the storage has been read, or where it cannot be. */
  get recorder(): DemonstrationRecorder | null {
    return this.#recorder;
  }

  /** Why nothing can be shown to this agent, e.g. that it sees pictures; null where something can. */
  get refusal(): Error | null {
    return this.#refusal;
  }

  /** The keys, while a person plays. */
  get player(): KeyPlayer | null {
    return this.#player;
  }

  /** How learning by heart is doing; null while nobody learns. */
  get progress(): CloningProgress | null {
    return this.#cloning ? this.#progress : null;
  }

  get isCloning(): boolean {
    return this.#cloning !== null;
  }

  /** Begins to record; where there is a lesson, its episodes follow one another. */
  play(): void {
    const { agent } = this;
    const { controller } = agent;
    if (!controller || !this.#recorder) return;
    this.#player = new KeyPlayer(controller);
    this.#recorder.paused = false;
    const { lessons, scene } = this.#studio;
    const plan = lessons.all.find(({ node, controller: name }) => node === agent.node.id && name === agent.name);
    const isSound = plan && lessons.problemsOf(plan).every(({ severity }) => severity !== "fault");
    if (isSound) {
      this.#playback = new LessonPlayback({ scene, plan, controller, resets: true });
      this.#playback.onEpisodeObservable.add(() => this.endEpisode());
    }
    this.onChangeObservable.notifyObservers();
  }

  /** Ends the running episode; the next one begins. */
  endEpisode(): void {
    this.#recorder?.endEpisode();
    this.onChangeObservable.notifyObservers();
  }

  /** Ends playing; the running episode counts. */
  stop(): void {
    this.#player?.dispose();
    this.#player = null;
    this.#playback?.dispose();
    this.#playback = null;
    if (this.#recorder) {
      this.#recorder.endEpisode();
      this.#recorder.paused = true;
    }
    this.onChangeObservable.notifyObservers();
  }

  /** Whether the page gave the panel a worker, in which to learn by heart. */
  get canClone(): boolean {
    return this.#studio.options.makeWorker !== undefined;
  }

  /**
   * Lets the agent learn by heart what was shown, in a worker. Its policy is another one then; it can be taught on.
   *
   * @throws ConfigurationError without a worker; else as `cloneInWorker`.
   */
  async clone(): Promise<void> {
    const { agent } = this;
    const { controller } = agent;
    if (!controller || !this.#recorder || this.#cloning) return;
    const { makeWorker } = this.#studio.options;
    if (!makeWorker) {
      throw new ConfigurationError(
        "Studio: needed a worker to learn in, came none. Open it with openStudio(scene, { makeWorker }).",
      );
    }
    const cloning = (this.#cloning = new AbortController());
    this.onChangeObservable.notifyObservers();
    try {
      const policy = await cloneInWorker(makeWorker, this.#recorder.demonstrations(), {
        network: agent.description?.network ?? USUAL_NETWORK,
        signal: cloning.signal,
        onProgress: (progress) => {
          this.#progress = progress;
          this.onChangeObservable.notifyObservers();
        },
      });
      controller.policy = policy;
      this.#studio.say(`“${agent.name}” does now what you showed. Teach it on from there, or keep it.`, "good");
    } finally {
      this.#cloning = null;
      this.#progress = null;
      this.onChangeObservable.notifyObservers();
    }
  }

  /** Gives learning by heart up. */
  cancel(): void {
    this.#cloning?.abort();
  }

  /** Lets go of the agent; what was recorded stays stored. May be called twice. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.cancel();
    this.stop();
    this.#recorder?.dispose();
  }

  async #open(): Promise<void> {
    const { controller, node, name } = this.agent;
    if (!controller) return;
    const { storageName = "studio" } = this.#studio.options;
    const storage = `indexeddb://${storageName}-shown/${encodeURIComponent(node.id)}/${encodeURIComponent(name)}`;
    const recorder = await recordDemonstrations(controller, { storage });
    recorder.paused = true;
    if (this.#disposed) return recorder.dispose();
    recorder.onChangeObservable.add(() => this.onChangeObservable.notifyObservers());
    recorder.onErrorObservable.add((error) => this.#studio.say(error.message, "bad"));
    this.#recorder = recorder;
    this.onChangeObservable.notifyObservers();
  }
}
