import {
  ConfigurationError,
  embedPolicy,
  MOST_EMBEDDED_BYTES,
  Observable,
  ppo,
  savePolicy,
  teachPlan,
  type ControllerDescription,
  type Diagnosis,
  type LessonPlan,
  type Policy,
  type TrainingRun,
} from "../../index.ts";
import type { Agent } from "./agents.ts";
import { HYPERPARAMETERS, PRESETS, presetValues, toPpoOptions, type Hyperparameters } from "./hyperparameters.ts";
import { LessonPlayback } from "./lesson-playback.ts";
import { USUAL_NETWORK } from "./network-sizes.ts";
import { RunLog } from "./run-log.ts";
import type { Studio } from "./studio.ts";

/** What a run has said besides its numbers. */
export interface RunNote {
  readonly words: string;
  readonly isBad: boolean;
}

/** Teaches lessons of the panel: one run at a time, whose policies the visible agent tries out as they come. */
export class Teaching {
  /** A run began, told something, or ended. */
  readonly onChangeObservable = new Observable<void>();
  /** Every run since the panel was opened, and their curves. */
  readonly runs: RunLog[] = [];
  /** How the next run learns. */
  values: Hyperparameters = presetValues(PRESETS[1]);
  /** Whether the visible agent practises the lesson while it is taught. */
  practises = true;
  readonly #studio: Studio;
  #run: TrainingRun | null = null;
  #log: RunLog | null = null;
  #plan: LessonPlan | null = null;
  #notes: RunNote[] = [];
  #playback: LessonPlayback | null = null;
  /** What the agent had before, to be given back when the run is not kept. */
  #before: Policy | null = null;
  #newest: Policy | null = null;

  constructor(studio: Studio) {
    this.#studio = studio;
  }

  /** The last run, going on or ended; null before the first. */
  get run(): TrainingRun | null {
    return this.#run;
  }

  /** The lesson of that run. */
  get plan(): LessonPlan | null {
    return this.#plan;
  }

  get log(): RunLog | null {
    return this.#log;
  }

  get notes(): readonly RunNote[] {
    return this.#notes;
  }

  get isGoingOn(): boolean {
    return this.#run !== null && (this.#run.phase === "running" || this.#run.phase === "paused");
  }

  /** Whether there is something that could be kept. */
  get canKeep(): boolean {
    return this.#newest !== null;
  }

  /** What keeps the agents from learning, faults first. */
  get diagnoses(): readonly Diagnosis[] {
    return this.#run?.diagnoses ?? [];
  }

  get playback(): LessonPlayback | null {
    return this.#playback;
  }

  /** Seconds until the run is over, as far as can be told; NaN when nothing can. */
  get secondsLeft(): number {
    const last = this.#log?.last;
    if (!last || last.decisionsPerSecond <= 0) return NaN;
    return (last.totalDecisions - last.decisions) / last.decisionsPerSecond;
  }

  set(change: Hyperparameters): void {
    this.values = { ...this.values, ...change };
    this.onChangeObservable.notifyObservers();
  }

  /**
   * Begins a run.
   *
   * @param goesOn - Whether it starts from the policy that the agent has. Default false: from nothing.
   * @throws ConfigurationError for a lesson with faults, or a number that PPO does not take.
   */
  start(plan: LessonPlan, goesOn = false): void {
    const { scene, lessons, options } = this.#studio;
    const agent = lessons.agentOf(plan);
    const { makeWorker } = options;
    if (!makeWorker) {
      throw new ConfigurationError(
        "Studio: needed a worker to teach in, came none. Open it with openStudio(scene, { makeWorker }).",
      );
    }
    if (!agent?.description || !agent.controller) {
      throw new ConfigurationError(
        `Studio: needed the controller "${plan.controller}" of the lesson "${plan.name}", came none. Add it to its node.`,
      );
    }
    this.#end();
    const from = goesOn ? agent.controller.policy : null;
    const network = from?.network ?? agent.description.network ?? USUAL_NETWORK;
    const settings = ppo({ ...toPpoOptions(this.values), network });
    const run = teachPlan(makeWorker, scene, plan, settings, {
      controller: agent.description,
      ...(from && { from }),
    });
    this.#run = run;
    this.#plan = plan;
    this.#notes = [];
    this.#newest = null;
    this.#before = agent.controller.policy;
    this.#log = new RunLog(`run ${this.runs.length + 1}`, this.runs.length);
    this.runs.push(this.#log);
    this.#listen(run, this.#log);
    this.showPractice();
  }

  pause(): void {
    this.#run?.pause();
    this.onChangeObservable.notifyObservers();
  }

  resume(): void {
    this.#run?.resume();
    this.onChangeObservable.notifyObservers();
  }

  /** Ends the run; what it learned until then can still be kept. */
  stop(): void {
    void this.#run?.stop().catch(() => {});
    this.onChangeObservable.notifyObservers();
  }

  /** Gives the agent back what it had before the run. */
  discard(): void {
    const controller = this.#plan && this.#studio.lessons.agentOf(this.#plan)?.controller;
    if (controller && controller.policy === this.#newest) controller.policy = this.#before;
    this.#newest = null;
    this.onChangeObservable.notifyObservers();
  }

  /** Begins or ends the visible agent's practice, as `practises` says. */
  showPractice(): void {
    this.#playback?.dispose();
    this.#playback = null;
    const controller = this.#plan && this.#studio.lessons.agentOf(this.#plan)?.controller;
    if (this.practises && this.isGoingOn && this.#plan && controller) {
      const parts = { scene: this.#studio.scene, plan: this.#plan, controller, resets: true };
      this.#studio.attempt(() => (this.#playback = new LessonPlayback(parts)));
    }
    this.onChangeObservable.notifyObservers();
  }

  /** Keeps what was learned with the scene, where `restoreControllers` finds it. */
  async keep(): Promise<void> {
    const policy = this.#newest;
    const agent = this.#plan && this.#studio.lessons.agentOf(this.#plan);
    if (!policy || !agent?.description) return;
    await this.keepFor(agent, policy);
  }

  /** Keeps a policy as an agent's own: within the scene where it is small, else in the browser. */
  async keepFor(agent: Agent, policy: Policy): Promise<void> {
    const kept = await this.#store(agent, policy);
    const { network } = policy;
    const change = (from: ControllerDescription): ControllerDescription => ({ ...from, policy: kept, network });
    this.#studio.agents.edit(agent, "Keep policy", change);
    this.#before = policy;
    const where = "embedded" in kept ? "in the scene" : `in this browser, as “${kept.url}”`;
    this.#studio.say(`Kept ${where}: “${agent.name}” has it when the scene is loaded again.`, "good");
  }

  /** Lets go of everything; a run that goes on is stopped. */
  dispose(): void {
    this.#end();
  }

  async #store(agent: Agent, policy: Policy): Promise<NonNullable<ControllerDescription["policy"]>> {
    try {
      return embedPolicy(policy);
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
    }
    const { storageName = "studio" } = this.#studio.options;
    const url = `indexeddb://${storageName}/${agent.node.id}/${agent.name}`;
    await savePolicy(policy, url);
    this.#studio.say(`Policies above ${MOST_EMBEDDED_BYTES / 1000} kB stay in the browser. Export it to ship it.`);
    return { url };
  }

  #listen(run: TrainingRun, log: RunLog): void {
    const changed = (): void => {
      if (this.#run === run) this.onChangeObservable.notifyObservers();
    };
    const note = (words: string, isBad: boolean): void => {
      if (this.#run !== run) return;
      // A run that fails tells so twice: as a notice, and by its end.
      this.#notes = [...this.#notes.filter((other) => other.words !== words), { words, isBad }];
      changed();
    };
    run.onProgressObservable.add((progress) => {
      log.add(progress);
      changed();
    });
    run.onPolicyObservable.add((policies) => {
      const [policy] = Object.values(policies);
      if (policy && this.#run === run) this.#tryOut(policy);
    });
    run.onDiagnosisObservable.add(changed);
    run.onDeviceObservable.add(changed);
    run.onNoticeObservable.add((words) => note(words, false));
    run.finished.then(
      () => this.#finish(run),
      (error: unknown) => {
        note(error instanceof Error ? error.message : String(error), true);
        this.#finish(run);
      },
    );
  }

  #finish(run: TrainingRun): void {
    if (this.#run !== run) return;
    this.#playback?.dispose();
    this.#playback = null;
    this.onChangeObservable.notifyObservers();
  }

  #tryOut(policy: Policy): void {
    this.#newest = policy;
    const controller = this.#plan && this.#studio.lessons.agentOf(this.#plan)?.controller;
    if (!controller || controller.policy === policy) return;
    try {
      controller.policy = policy;
    } catch {
      // Its senses were changed while it was taught: the new ones need a run of their own.
    }
  }

  #end(): void {
    const run = this.#run;
    this.#run = null;
    this.#playback?.dispose();
    this.#playback = null;
    if (!run) return;
    if (run.phase === "running" || run.phase === "paused") void run.stop().catch(() => {});
    run.onProgressObservable.clear();
    run.onPolicyObservable.clear();
    run.onDiagnosisObservable.clear();
    run.onDeviceObservable.clear();
    run.onNoticeObservable.clear();
  }
}

/** Names of settings of a run, as the doctor's advice uses them. */
export const HYPERPARAMETER_NAMES: readonly string[] = HYPERPARAMETERS.fields.map(({ name }) => name);
