import {
  listBytes,
  ppo,
  removeBytes,
  resumeTeaching,
  teach,
  type Policy,
  type PolicyData,
  type TrainingRun,
} from "../../../plugin/index.ts";
import { yardPpo } from "../lesson/yard-ppo.ts";
import type { Teaching, TeachingSample, TeachingStart, TeachingState } from "./teaching.ts";

/** What teaching asks of the room. */
export interface TeachingActions {
  /** The mind that golems have now, to start from; null when it cannot be gone on with. */
  present(): PolicyData | null;
  /** A new policy has come in; the object is the same for the whole run. Null: the run was forgotten. */
  onPolicy(policy: Policy | null): void;
  keep(data: PolicyData): Promise<void>;
  /** Something worth a line on the screen. */
  say(text: string): void;
}

/** More than this many points make the curves no better. */
const MOST_SAMPLES = 1200;
const SAMPLE_SECONDS = 0.5;
/** Where a run's checkpoints are stored, so that it can go on after a reload. */
const CHECKPOINT_URL = "indexeddb://golem-run";
/** Yards in which golems learn side by side, in all workers together. */
const ARENAS = 32;

/** Teaches golems in workers while the game goes on. */
export class PageTeaching implements Teaching {
  onChange: () => void = () => {};
  readonly #actions: TeachingActions;
  readonly #seed: number;
  #state: TeachingState = "idle";
  #samples: TeachingSample[] = [];
  #elapsed = 0;
  #problem: string | null = null;
  #run: TrainingRun | null = null;
  #policy: Policy | null = null;
  #runs = 0;
  #lastSample = 0;
  #kept = true;
  #canResume = false;

  constructor(seed: number, actions: TeachingActions) {
    this.#seed = seed;
    this.#actions = actions;
    void this.#lookForCheckpoint();
  }

  get state(): TeachingState {
    return this.#state;
  }

  get samples(): readonly TeachingSample[] {
    return this.#samples;
  }

  get elapsedSeconds(): number {
    return this.#elapsed;
  }

  get problem(): string | null {
    return this.#problem;
  }

  get hasLearned(): boolean {
    return this.#policy !== null && !this.#kept;
  }

  get canContinue(): boolean {
    return this.#actions.present() !== null;
  }

  get canResume(): boolean {
    return this.#canResume;
  }

  /** Where it learns. */
  get device(): string {
    return this.#run?.device ?? "wasm";
  }

  async start(from: TeachingStart): Promise<void> {
    const present = from === "current" ? this.#actions.present() : null;
    await this.reset();
    const network = present?.network ?? yardPpo.network;
    // Seeds differ from run to run, so that starting anew can end better.
    const settings = ppo({ ...yardPpo, seed: this.#seed + this.#runs++, ...(network ? { network } : {}) });
    const workers = workerCount();
    const options = { workers, arenas: Math.ceil(ARENAS / workers), checkpointUrl: CHECKPOINT_URL };
    await this.#begin(() => teach(makeWorker, settings, { ...options, ...(present ? { from: present } : {}) }));
  }

  async continueLast(): Promise<void> {
    this.#canResume = false;
    await this.#begin(() => resumeTeaching(makeWorker, CHECKPOINT_URL, { checkpointUrl: CHECKPOINT_URL }));
  }

  pause(): void {
    if (this.#state !== "running") return;
    this.#run?.pause();
    this.#set("paused");
  }

  resume(): void {
    if (this.#state !== "paused") return;
    this.#run?.resume();
    this.#set("running");
  }

  async stop(): Promise<void> {
    await this.#run?.stop().catch(() => {});
  }

  async keep(): Promise<void> {
    if (!this.#policy) return;
    try {
      await this.#actions.keep(this.#policy.toData());
      this.#kept = true;
      this.#actions.say("Kept. It will be here after a reload.");
    } catch (problem) {
      this.#problem = messageOf(problem);
    }
    this.onChange();
  }

  async reset(): Promise<void> {
    const run = this.#run;
    this.#run = null;
    this.#canResume = false;
    this.#forgetCheckpoint();
    if (run && this.#state !== "failed" && this.#state !== "finished") {
      await run.stop().catch(() => {});
      this.#forgetCheckpoint(); // the run's end stored another
    }
    if (this.#run) return; // another one was begun meanwhile
    if (this.#policy) this.#actions.onPolicy(null);
    this.#policy?.dispose();
    this.#policy = null;
    this.#kept = true;
    this.#samples = [];
    this.#elapsed = 0;
    this.#problem = null;
    this.#set("idle");
  }

  dispose(): void {
    const run = this.#run;
    this.#run = null;
    void run?.stop();
  }

  async #begin(make: () => TrainingRun | Promise<TrainingRun>): Promise<void> {
    this.#state = "starting";
    this.onChange();
    try {
      this.#listen(await make());
    } catch (problem) {
      this.#fail(problem);
    }
    this.onChange();
  }

  /** A run that was under way when the page was closed can go on. */
  async #lookForCheckpoint(): Promise<void> {
    const found = await listBytes(CHECKPOINT_URL).catch((): string[] => []);
    this.#canResume = found.includes(CHECKPOINT_URL) && this.#run === null;
    this.onChange();
  }

  #forgetCheckpoint(): void {
    removeBytes(CHECKPOINT_URL).catch(() => {}); // nothing stored, or storage denied: nothing to forget
  }

  #listen(run: TrainingRun): void {
    this.#run = run;
    this.#lastSample = -1;
    run.onProgressObservable.add((progress) => {
      if (this.#run !== run) return;
      if (this.#state === "starting") this.#set("running");
      this.#elapsed = progress.elapsedSeconds;
      if (progress.elapsedSeconds - this.#lastSample < SAMPLE_SECONDS || Number.isNaN(progress.meanReturn)) return;
      this.#lastSample = progress.elapsedSeconds;
      const { decisions, decisionsPerSecond, meanReturn, meanLength, successRate } = progress;
      this.#samples.push({ decisions, decisionsPerSecond, meanReturn, meanLength, catchRate: successRate });
      if (this.#samples.length > MOST_SAMPLES) this.#samples = this.#samples.filter((_, index) => index % 2 === 1);
    });
    run.onPolicyObservable.add(({ golem }) => {
      if (this.#run !== run || !golem) return;
      this.#policy = golem;
      this.#kept = false;
      this.#actions.onPolicy(golem);
    });
    run.onNoticeObservable.add((notice) => this.#actions.say(notice));
    run.finished.then(
      () => {
        if (this.#run !== run) return;
        this.#forgetCheckpoint();
        this.#set("finished");
      },
      (problem: unknown) => {
        if (this.#run === run) this.#fail(problem);
      },
    );
  }

  #fail(problem: unknown): void {
    this.#problem = messageOf(problem);
    this.#set("failed");
  }

  #set(state: TeachingState): void {
    this.#state = state;
    this.onChange();
  }
}

function makeWorker(): Worker {
  return new Worker(new URL("../lesson/golem.worker.ts", import.meta.url), { type: "module", name: "golem lesson" });
}

/** Leaves one core to the game. */
function workerCount(): number {
  return Math.min(3, Math.max(1, (navigator.hardwareConcurrency || 2) - 1));
}

function messageOf(problem: unknown): string {
  return problem instanceof Error ? problem.message : String(problem);
}
