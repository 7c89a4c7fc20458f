import { Observable } from "@babylonjs/core/Misc/observable.js";
import type { Scene } from "@babylonjs/core/scene.js";
import type { AgentGroup } from "../core/environment.ts";
import { ConfigurationError } from "../core/errors.ts";
import type { Policy } from "../core/policy.ts";
import { Random } from "../core/random.ts";
import { assertSameRole } from "../core/same-role.ts";
import type { AgentBody } from "./agent-body.ts";
import { LessonArena, type Team } from "./arena.ts";
import { joinRoles } from "./arena-roles.ts";
import { assertNumber } from "./check-option.ts";
import { nameLesson, resolveTiming, type Lesson, type LessonSettings, type LessonTiming } from "./lesson.ts";
import { assertPhysics } from "./scene-environment.ts";
import type { Vector } from "./sensor.ts";

/** A frame counts for at most so many seconds, as in Babylon's physics: a tab that slept does not catch up. */
const LONGEST_FRAME_SECONDS = 0.1;

/** How a lesson is played. */
export interface LessonPlayOptions {
  /** Who decides. Default nobody: the agents get zeros until `policy` or `heuristic` is set. */
  readonly policy?: Policy | null;
  /** Decides where there is no policy: writes into `group.actions`. Default none. */
  readonly heuristic?: ((group: AgentGroup) => void) | null;
  /** Take the likeliest action instead of drawing one. Default true. */
  readonly greedy?: boolean;
  /** Where the arena stands. Default the origin. */
  readonly position?: Vector;
  /** Handed to the lesson. Default none. */
  readonly settings?: LessonSettings;
  /** Of the episodes' starts. Default 0. */
  readonly seed?: number;
  /** Seconds of the lesson in each second, above 0; other than 1 only for lessons without physics. Default 1. */
  readonly speed?: number;
  /** Begin the next episode at the frame after one ended, instead of waiting for `restart`. Default true. */
  readonly restarts?: boolean;
}

/** How a played episode went. */
export interface PlayedEpisode {
  /** Its number, from 0. */
  readonly episode: number;
  /** Whether it ended in a state without a future; else it was cut off. */
  readonly terminated: boolean;
  readonly succeeded: boolean;
  readonly seconds: number;
  /** Sum of all agents' rewards. */
  readonly return: number;
}

/**
 * A lesson that is played live, in a scene that somebody sees: one arena, in real time.
 *
 * The scene's own frames and physics move it on; decisions come at the lesson's rate, whatever the frame rate is. Touches
 * nothing in the scene but what the lesson built. Make one with `playLesson`.
 */
export class LessonPlay<World = unknown> {
  /** Set it at any time, in a frame or between two; null lets `heuristic` decide. */
  heuristic: ((group: AgentGroup) => void) | null;
  greedy: boolean;
  /** Whether the lesson waits: no decisions, no actions, no scoring. Physics go on; stop them with `scene.physicsEnabled`. */
  paused = false;
  readonly restarts: boolean;
  /** Tells when an episode has begun. */
  readonly onEpisodeStartObservable = new Observable<number>();
  /** Tells when an episode has ended. */
  readonly onEpisodeEndObservable = new Observable<PlayedEpisode>();
  /** Tells after each decision; the group holds what was seen and decided. */
  readonly onDecisionObservable = new Observable<AgentGroup>();
  readonly #who: string;
  readonly #timing: LessonTiming;
  readonly #arena: LessonArena<World>;
  readonly #team: Team;
  readonly #group: AgentGroup;
  readonly #unsubscribe: () => void;
  #policy: Policy | null = null;
  #random: Random;
  #episode = -1;
  #untilDecision = 0;
  #return = 0;
  #frameSeconds = 0;
  #speed = 1;
  #disposed = false;

  /** Use `playLesson`. */
  constructor(lesson: Lesson<World>, scene: Scene, options: LessonPlayOptions) {
    const { position = { x: 0, y: 0, z: 0 }, settings = {}, seed = 0 } = options;
    this.#who = nameLesson(lesson);
    this.#timing = resolveTiming(lesson);
    assertPhysics(scene, this.#timing, this.#who);
    this.#random = new Random(seed);
    this.heuristic = options.heuristic ?? null;
    this.greedy = options.greedy ?? true;
    this.restarts = options.restarts ?? true;
    this.speed = options.speed ?? 1;
    const { timeLimitSeconds } = this.#timing;
    this.#arena = new LessonArena(lesson, scene, { index: 0, position, settings, timeLimitSeconds });
    try {
      const [slots] = joinRoles([this.#arena], this.#who);
      this.#group = slots.group;
      this.#team = this.#arena.teams.get(slots.role)!;
      this.policy = options.policy ?? null;
      this.restart();
    } catch (error) {
      this.#arena.dispose();
      throw error;
    }
    const before = scene.onBeforeAnimationsObservable.add(() => this.#guard(() => this.#beforePhysics()));
    const after = scene.onBeforeRenderObservable.add(() => this.#guard(() => this.#afterPhysics()));
    const end = scene.onDisposeObservable.add(() => this.dispose());
    this.#unsubscribe = () => {
      before.remove();
      after.remove();
      end.remove();
    };
  }

  /** Who decides. @throws PolicyMismatchError, when set, for a policy of other sensors or actuators. */
  get policy(): Policy | null {
    return this.#policy;
  }

  set policy(policy: Policy | null) {
    if (policy) assertSameRole(policy.role, this.#group.role, this.#who);
    this.#policy = policy;
  }

  /**
   * Seconds of the lesson in each second. A frame holds one decision at most, so a speed above the frame rate over the
   * lesson's decisions a second changes nothing more.
   *
   * @throws ConfigurationError, when set, for 0 and less, and for anything but 1 where physics set the pace.
   */
  get speed(): number {
    return this.#speed;
  }

  set speed(speed: number) {
    assertNumber(this.#who, "speed", speed, { above: 0 }, "Use e.g. 2 for twice as fast.");
    if (this.#timing.physics && speed !== 1) {
      throw new ConfigurationError(
        `${this.#who}: needed "speed" to be 1, since physics set the pace, came ${speed}. Declare physics: false, or leave it at 1.`,
      );
    }
    this.#speed = speed;
  }

  /** What the lesson's `build` gave: for views that show more than the lesson built. */
  get world(): World {
    return this.#arena.world;
  }

  /** The agents, for a debug view. */
  get agents(): readonly AgentBody[] {
    return this.#team.bodies;
  }

  /** Number of the current episode, from 0. */
  get episode(): number {
    return this.#episode;
  }

  /** Seconds since the episode began. */
  get elapsedSeconds(): number {
    return this.#arena.elapsedSeconds;
  }

  /** Ends the current episode without telling, and begins the next one. @param seed - Begin again at episode 0 of this seed. */
  restart(seed?: number): void {
    if (seed !== undefined) {
      this.#random = new Random(seed);
      this.#episode = -1;
    }
    this.#episode++;
    this.#untilDecision = 0;
    this.#return = 0;
    this.#group.actions.continuous.fill(0);
    this.#group.actions.discrete.fill(0);
    // The same starts as arena 0 of a SceneEnvironment with this seed.
    this.#arena.begin(this.#random.fork(0).fork(this.#episode));
    this.onEpisodeStartObservable.notifyObservers(this.#episode);
  }

  /** Removes everything that the lesson built. The policy stays the caller's. May be called twice. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#unsubscribe();
    this.onEpisodeStartObservable.clear();
    this.onEpisodeEndObservable.clear();
    this.onDecisionObservable.clear();
    this.#arena.dispose();
  }

  #beforePhysics(): void {
    this.#frameSeconds = 0;
    if (this.paused) return;
    if (this.#arena.outcome !== "running") {
      if (!this.restarts) return;
      this.restart();
      if (this.#disposed) return; // by a listener
    }
    const { scene } = this.#arena;
    const seconds = Math.min(LONGEST_FRAME_SECONDS, scene.getEngine().getDeltaTime() / 1000) * this.#speed;
    if (!(seconds > 0)) return;
    this.#frameSeconds = seconds;
    // Sums of frames miss the period by rounding; a thousandth of a frame bridges that.
    if (this.#untilDecision <= seconds * 1e-3) this.#decide();
    this.#untilDecision -= seconds;
    this.#arena.act(seconds);
  }

  #afterPhysics(): void {
    if (this.#frameSeconds === 0 || this.#arena.outcome !== "running") return;
    this.#arena.scene.incrementRenderId();
    this.#arena.step(this.#frameSeconds);
    this.#arena.takeRewards(this.#team, this.#group.rewards, 0);
    for (const reward of this.#group.rewards) this.#return += reward;
    if (this.#arena.outcome !== "running") this.#end();
  }

  #decide(): void {
    const { stepsPerSecond, stepsPerDecision } = this.#timing;
    // A frame longer than a decision's period loses decisions rather than hurrying.
    this.#untilDecision = Math.max(0, this.#untilDecision + stepsPerDecision / stepsPerSecond);
    this.#arena.scene.incrementRenderId();
    this.#arena.observe(this.#team, this.#group, 0);
    if (this.#policy) this.#policy.decide(this.#group, this.greedy ? GREEDY : DRAWN);
    else this.heuristic?.(this.#group);
    const { bodies } = this.#team;
    for (let row = 0; row < bodies.length; row++) {
      bodies[row].decide(this.#group.actions, row);
      bodies[row].prepare();
    }
    this.onDecisionObservable.notifyObservers(this.#group);
  }

  #end(): void {
    const { outcome, succeeded, elapsedSeconds } = this.#arena;
    this.onEpisodeEndObservable.notifyObservers({
      episode: this.#episode,
      terminated: outcome === "terminated",
      succeeded,
      seconds: elapsedSeconds,
      return: this.#return,
    });
  }

  /** An error would come again at every frame: the lesson stops before it is told. */
  #guard(frame: () => void): void {
    try {
      frame();
    } catch (error) {
      this.paused = true;
      throw error;
    }
  }
}

const GREEDY = { greedy: true };
const DRAWN = { greedy: false };

/**
 * Plays a lesson in a visible scene, episode after episode.
 *
 * @throws ConfigurationError for a lesson that cannot work here, such as one with physics in a scene without.
 * @throws PolicyMismatchError for a policy of other sensors or actuators.
 * @throws EnvironmentError when the lesson throws; later, in a frame, the play pauses itself and then throws.
 */
export function playLesson<World>(
  lesson: Lesson<World>,
  scene: Scene,
  options: LessonPlayOptions = {},
): LessonPlay<World> {
  if (scene.isDisposed) {
    throw new ConfigurationError(
      `${nameLesson(lesson)}: needed a scene to play in, came a disposed one. Make a new scene.`,
    );
  }
  return new LessonPlay(lesson, scene, options);
}
