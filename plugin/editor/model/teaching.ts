import {
  ConfigurationError,
  embedPolicy,
  MOST_EMBEDDED_BYTES,
  Observable,
  packScene,
  ppo,
  resumeTeaching,
  savePolicy,
  teachHere,
  teachPlan,
  type ControllerDescription,
  type Diagnosis,
  type LessonPlan,
  type NeuralController,
  type Policy,
  type PpoSettings,
  type TrainingRun,
  type Unpackable,
  type WorkerLike,
} from "../../index.ts";
import type { Agent } from "./agents.ts";
import { Checkpoints, type StoredCheckpoint } from "./checkpoints.ts";
import { Examination } from "./examination.ts";
import { HYPERPARAMETERS, PRESETS, presetValues, toPpoOptions, type Hyperparameters } from "./hyperparameters.ts";
import { LessonPlayback } from "./lesson-playback.ts";
import { USUAL_NETWORK } from "./network-sizes.ts";
import { RunLog } from "./run-log.ts";
import { messageOf, type Studio } from "./studio.ts";

/** What a run has said besides its numbers. */
export interface RunNote {
  readonly words: string;
  readonly isBad: boolean;
}

/** Teaches lessons of the panel: one run at a time, whose policies the visible agent tries out as they come. */
export class Teaching {
  /** A run began, told something, or ended. */
  readonly onChangeObservable = new Observable<void>();
  /** A run began or ended. */
  readonly onStartObservable = new Observable<void>();
  /** The doctor's look at a lesson before it is taught. */
  readonly examination: Examination;
  /** Moments of runs that this browser keeps. */
  readonly checkpoints: Checkpoints;
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
  #isHere = false;

  constructor(studio: Studio) {
    this.#studio = studio;
    this.examination = new Examination(studio);
    this.checkpoints = new Checkpoints(studio.options.storageName ?? "studio");
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

  /** Whether the last run is taught in the scene itself, at real time. */
  get isHere(): boolean {
    return this.#isHere;
  }

  /** Whether there is something that could be kept. */
  get canKeep(): boolean {
    if (this.#newest === null) return false;
    const kept = this.#plan && this.#studio.lessons.controllerOf(this.#plan)?.policy;
    return this.#newest !== this.#before || !kept;
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

  /** What of the scene the workers' copy lacks, so that the agent may learn something else there. */
  gapsOf(plan: LessonPlan): readonly Unpackable[] {
    return packScene(this.#studio.scene, plan.node).cannot.filter(({ matters }) => matters);
  }

  /**
   * Begins a run in workers.
   *
   * @param goesOn - Whether it starts from the policy that the agent has. Default false: from nothing.
   * @throws ConfigurationError for a lesson with faults, or a number that PPO does not take.
   */
  start(plan: LessonPlan, goesOn = false): void {
    const makeWorker = this.#needWorker();
    const { agent, controller } = this.#needAgent(plan);
    const { description } = agent;
    if (!description) throw noController(plan);
    const from = goesOn ? controller.policy : null;
    this.#end();
    const settings = this.#settings(from, description);
    const run = teachPlan(makeWorker, this.#studio.scene, plan, settings, {
      controller: description,
      ...(from && { from }),
    });
    this.#begin(run, plan, controller.policy, false);
    this.#storeCheckpoints(run, plan);
  }

  /**
   * Begins a run in the scene itself, at real time: with whatever sensors and scripts it has.
   *
   * @param goesOn - Whether it starts from the policy that the agent has. Default false: from nothing.
   * @throws ConfigurationError for a lesson with faults, or a number that PPO does not take.
   */
  startHere(plan: LessonPlan, goesOn = false): void {
    const makeWorker = this.#needWorker();
    const { agent, controller } = this.#needAgent(plan);
    const from = goesOn ? controller.policy : null;
    this.#end();
    const settings = this.#settings(from, agent.description);
    const run = teachHere(makeWorker, this.#studio.scene, plan, settings, from ? { from } : {});
    this.#begin(run, plan, controller.policy, true);
  }

  /**
   * Goes on with a run from a moment that this browser keeps, with the lesson, the scene and the numbers as they were then.
   *
   * @throws StorageError and PolicyFileError for a checkpoint that cannot be read.
   */
  async goOnFrom(checkpoint: StoredCheckpoint): Promise<void> {
    const makeWorker = this.#needWorker();
    const plan = this.#studio.lessons.current;
    if (!plan || this.isGoingOn) return;
    const { controller } = this.#needAgent(plan);
    const run = await resumeTeaching(makeWorker, checkpoint.url);
    if (this.isGoingOn) return void run.stop().catch(() => {});
    this.#end();
    this.#begin(run, plan, controller.policy, false);
    this.#storeCheckpoints(run, plan);
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
    if (this.practises && this.isGoingOn && !this.#isHere && this.#plan && controller) {
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
    this.examination.cancel();
    this.#end();
  }

  #needWorker(): () => WorkerLike {
    const { makeWorker } = this.#studio.options;
    if (makeWorker) return makeWorker;
    throw new ConfigurationError(
      "Studio: needed a worker to teach in, came none. Open it with openStudio(scene, { makeWorker }).",
    );
  }

  #needAgent(plan: LessonPlan): { readonly agent: Agent; readonly controller: NeuralController } {
    const agent = this.#studio.lessons.agentOf(plan);
    if (!agent?.controller) throw noController(plan);
    return { agent, controller: agent.controller };
  }

  #settings(from: Policy | null, description: ControllerDescription | null): PpoSettings {
    const network = from?.network ?? description?.network ?? USUAL_NETWORK;
    return ppo({ ...toPpoOptions(this.values, from), network });
  }

  #begin(run: TrainingRun, plan: LessonPlan, before: Policy | null, isHere: boolean): void {
    this.#run = run;
    this.#plan = plan;
    this.#isHere = isHere;
    this.#notes = [];
    this.#newest = null;
    this.#before = before;
    this.#log = new RunLog(`run ${this.runs.length + 1}`, this.runs.length);
    this.runs.push(this.#log);
    this.#listen(run, this.#log);
    this.onStartObservable.notifyObservers();
    this.showPractice();
  }

  /** A run in place cannot go on elsewhere, and an ended one nowhere. */
  #storeCheckpoints(run: TrainingRun, plan: LessonPlan): void {
    const log = this.#log!;
    let isDenied = false;
    run.onCheckpointObservable.add((bytes) => {
      const { last } = log;
      if (isDenied || !last || last.decisions >= last.totalDecisions) return;
      const moment = { run: log.name, made: new Date(), decisions: last.decisions };
      this.checkpoints.add(plan.name, moment, bytes).catch((error: unknown) => {
        if (!isDenied) this.#studio.say(`This run cannot be gone on with later: ${messageOf(error)}`, "bad");
        isDenied = true;
      });
    });
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
    this.onStartObservable.notifyObservers();
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

function noController(plan: LessonPlan): ConfigurationError {
  return new ConfigurationError(
    `Studio: needed the controller "${plan.controller}" of the lesson "${plan.name}", came none. Add it to its node.`,
  );
}

/** Names of settings of a run, as the doctor's advice uses them. */
export const HYPERPARAMETER_NAMES: readonly string[] = HYPERPARAMETERS.fields.map(({ name }) => name);
