import type { Scene } from "@babylonjs/core/scene.js";
import type { AgentGroup, Environment, EnvironmentTiming } from "../core/environment.ts";
import { ConfigurationError, EnvironmentError } from "../core/errors.ts";
import { Random } from "../core/random.ts";
import { LessonArena } from "./arena.ts";
import { joinRoles, type RoleSlots } from "./arena-roles.ts";
import { nameLesson, resolveTiming, type Lesson, type LessonSettings, type LessonTiming } from "./lesson.ts";
import { PhysicsStepper } from "./physics-stepper.ts";

/** How many arenas, and what the lesson is set with. */
export interface SceneEnvironmentOptions {
  /** How many copies of the lesson's world stand side by side. Default 1. */
  readonly arenas?: number;
  /** Handed to the lesson. Default none. */
  readonly settings?: LessonSettings;
}

/**
 * A lesson as an environment: many arenas in one scene, stepped together as fast as they go, without drawing.
 *
 * Each decision takes `stepsPerSecond / decisionsPerSecond` physics steps; rewards add up over them. An arena whose
 * episode ends in between stands still until the decision is over, and then begins its next episode. What happens in an
 * arena depends on the seed and its number, not on its neighbours: its chance comes from generators of its own.
 *
 * The same seed gives the same starts, always. The same seed and actions give bit-equal episodes in fresh scenes with as
 * many arenas. Elsewhere bodies that `placeBody` places still move alike, but distances of Havok's rays may differ in the
 * last bit, since they depend on how its search tree grew.
 *
 * The environment steps the scene's physics itself, so the scene must not be rendered meanwhile; `playLesson` is for
 * scenes that are. Neither `reset` nor `step` allocates by itself, but for one generator per episode.
 */
export class SceneEnvironment implements Environment {
  readonly name: string;
  readonly groups: Readonly<Record<string, AgentGroup>>;
  readonly timing: EnvironmentTiming;
  readonly #who: string;
  readonly #scene: Scene;
  readonly #timing: LessonTiming;
  readonly #arenas: readonly LessonArena[];
  readonly #roles: readonly RoleSlots[];
  readonly #stepper: PhysicsStepper;
  readonly #randoms: Random[] = [];
  readonly #episodes: Uint32Array;
  #state: "new" | "ready" | "disposed" = "new";

  /**
   * Builds all arenas.
   *
   * @throws ConfigurationError for a lesson or options that cannot work, before or after building; nothing stays behind.
   * @throws EnvironmentError when the lesson throws.
   */
  constructor(lesson: Lesson, scene: Scene, { arenas = 1, settings = {} }: SceneEnvironmentOptions = {}) {
    this.name = lesson.name;
    this.#who = nameLesson(lesson);
    this.#scene = scene;
    this.#timing = resolveTiming(lesson);
    const { stepsPerSecond, stepsPerDecision } = this.#timing;
    const decisionsPerSecond = stepsPerSecond / stepsPerDecision;
    this.timing = { stepsPerSecond, decisionsPerSecond, timeLimitSeconds: this.#timing.timeLimitSeconds };
    if (!Number.isInteger(arenas) || arenas < 1) {
      throw new ConfigurationError(
        `${this.#who}: needed at least 1 arena, came ${arenas}. Give a whole number above 0.`,
      );
    }
    assertPhysics(scene, this.#timing, this.#who);
    const built: LessonArena[] = [];
    this.#arenas = built;
    try {
      const columns = Math.ceil(Math.sqrt(arenas));
      const { arenaSpacing, timeLimitSeconds } = this.#timing;
      for (let index = 0; index < arenas; index++) {
        const position = { x: (index % columns) * arenaSpacing, y: 0, z: Math.floor(index / columns) * arenaSpacing };
        built.push(new LessonArena(lesson, scene, { index, position, settings, timeLimitSeconds }));
      }
      this.#roles = joinRoles(built, this.#who);
    } catch (error) {
      for (const arena of built) arena.dispose();
      throw error;
    }
    this.groups = Object.fromEntries(this.#roles.map(({ role, group }) => [role, group]));
    this.#episodes = new Uint32Array(arenas);
    this.#stepper = new PhysicsStepper(scene);
  }

  reset(seed: number): void {
    this.#assertNotDisposed("reset");
    const random = new Random(seed);
    this.#episodes.fill(0);
    for (const arena of this.#arenas) {
      this.#randoms[arena.index] = random.fork(arena.index);
      this.#begin(arena);
    }
    for (const { group } of this.#roles) clearResults(group);
    this.#observe();
    this.#state = "ready";
  }

  step(): void {
    this.#assertNotDisposed("step");
    if (this.#state === "new") {
      throw new EnvironmentError(`${this.#who}: needed reset before the first step, came step. Call reset(seed).`);
    }
    for (const { group } of this.#roles) clearResults(group);
    this.#decide();
    const { stepsPerSecond, stepsPerDecision } = this.#timing;
    for (let i = 0; i < stepsPerDecision; i++) this.#stepOnce(1 / stepsPerSecond);
    for (const arena of this.#arenas) {
      for (const { role, agentsPerArena, group } of this.#roles) {
        arena.takeRewards(arena.teams.get(role)!, group.rewards, arena.index * agentsPerArena);
      }
      if (arena.outcome !== "running") this.#begin(arena);
    }
    this.#observe();
  }

  dispose(): void {
    if (this.#state === "disposed") return;
    this.#state = "disposed";
    this.#stepper.dispose();
    for (const arena of this.#arenas) arena.dispose();
  }

  #decide(): void {
    for (const { role, agentsPerArena, group } of this.#roles) {
      for (const arena of this.#arenas) {
        const { bodies } = arena.teams.get(role)!;
        const row = arena.index * agentsPerArena;
        for (let i = 0; i < bodies.length; i++) bodies[i].decide(group.actions, row + i);
      }
    }
  }

  #stepOnce(seconds: number): void {
    // Nothing is rendered here, so Babylon would keep old world matrices: a new render id makes it look again.
    this.#scene.incrementRenderId();
    for (const arena of this.#arenas) if (arena.outcome === "running") arena.act(seconds);
    if (this.#timing.physics) this.#stepper.step(seconds);
    this.#scene.incrementRenderId();
    for (const arena of this.#arenas) {
      if (arena.outcome !== "running") continue;
      arena.step(seconds);
      if (arena.outcome !== "running") this.#finish(arena);
    }
  }

  /** Writes down how an episode ended, and its last sight, before anything moves on. */
  #finish(arena: LessonArena): void {
    this.#scene.incrementRenderId();
    for (const { role, agentsPerArena, group, finalSights } of this.#roles) {
      const row = arena.index * agentsPerArena;
      const flags = arena.outcome === "terminated" ? group.terminated : group.truncated;
      flags.fill(1, row, row + agentsPerArena);
      if (arena.succeeded) group.succeeded.fill(1, row, row + agentsPerArena);
      arena.observe(arena.teams.get(role)!, finalSights, row);
      for (let i = 0; i < agentsPerArena; i++) arena.writeScores(group.termSums, (row + i) * arena.scores.length);
    }
  }

  #begin(arena: LessonArena): void {
    const episode = this.#episodes[arena.index]++;
    arena.begin(this.#randoms[arena.index].fork(episode));
  }

  #observe(): void {
    this.#scene.incrementRenderId();
    for (const { role, agentsPerArena, group } of this.#roles) {
      for (const arena of this.#arenas) {
        const team = arena.teams.get(role)!;
        arena.observe(team, group, arena.index * agentsPerArena);
        for (const body of team.bodies) body.prepare();
      }
    }
  }

  #assertNotDisposed(call: string): void {
    if (this.#state !== "disposed") return;
    throw new EnvironmentError(
      `${this.#who}: ${call} needed an environment that still is, came a disposed one. Make a new one.`,
    );
  }
}

/** @throws ConfigurationError when the lesson needs physics and the scene has none. */
export function assertPhysics(scene: Scene, timing: LessonTiming, who: string): void {
  // Not scene.isPhysicsEnabled(), which is missing until something imports Babylon's physics.
  if (!timing.physics || scene._physicsEngine) return;
  throw new ConfigurationError(
    `${who}: needed a scene with physics, came one without. Call scene.enablePhysics with Havok, or declare physics: false.`,
  );
}

function clearResults(group: AgentGroup): void {
  group.rewards.fill(0);
  group.terminated.fill(0);
  group.truncated.fill(0);
  group.succeeded.fill(0);
}
