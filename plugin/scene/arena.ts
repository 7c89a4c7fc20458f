import type { Scene } from "@babylonjs/core/scene.js";
import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { Node } from "@babylonjs/core/node.js";
import { ConfigurationError, EnvironmentError } from "../core/errors.ts";
import { quoteAll } from "../core/observation-spec.ts";
import type { Random } from "../core/random.ts";
import type { Actuator } from "./actuator.ts";
import { AgentBody, type Sights } from "./agent-body.ts";
import { nameLesson, type Arena, type Lesson, type LessonSettings, type TermScore } from "./lesson.ts";
import type { Sensor, Vector } from "./sensor.ts";
import { completeMaterials, listShapes } from "./shape-materials.ts";

/** The agents of one role in one arena. */
export interface Team {
  readonly role: string;
  readonly bodies: readonly AgentBody[];
  /** What each agent got since `takeRewards`, [agents]. */
  readonly rewards: readonly number[];
}

/** How an episode stands. */
export type Outcome = "running" | "terminated" | "truncated";

/** Where and how an arena is built. */
export interface ArenaOptions {
  readonly index: number;
  readonly position: Vector;
  readonly settings: LessonSettings;
  readonly timeLimitSeconds: number;
}

interface MutableTeam {
  readonly role: string;
  readonly bodies: AgentBody[];
  readonly rewards: number[];
}

/**
 * One lesson's world with its agents, from episode to episode.
 *
 * Whoever owns it calls `begin`, then for each step `act`, moves the physics on, and calls `step`. Between its episodes
 * an arena is frozen: `act` and `step` are not called.
 */
export class LessonArena<World = unknown> implements Arena {
  readonly scene: Scene;
  readonly index: number;
  readonly root: TransformNode;
  readonly settings: LessonSettings;
  readonly world: World;
  /** What rewards are made of, where the lesson tells. */
  readonly scores: readonly TermScore[];
  outcome: Outcome = "running";
  /** Whether the ended episode was a success. */
  succeeded = false;
  readonly #lesson: Lesson<World>;
  readonly #teams = new Map<string, MutableTeam>();
  readonly #bodies: AgentBody[] = [];
  readonly #nodes: Node[];
  readonly #timeLimitSeconds: number;
  /** Seconds of the episode; in an array, since the engine may box a number that a field holds anew at every step. */
  readonly #elapsed = new Float64Array(1);
  #phase: "build" | "reset" | "step" | "idle" = "build";
  #disposed = false;

  /**
   * Builds the world. What was built is removed again when that fails.
   *
   * @throws EnvironmentError when the lesson throws.
   * @throws ConfigurationError for agents that cannot work.
   */
  constructor(lesson: Lesson<World>, scene: Scene, { index, position, settings, timeLimitSeconds }: ArenaOptions) {
    this.scene = scene;
    this.index = index;
    this.settings = settings;
    this.#lesson = lesson;
    this.#timeLimitSeconds = timeLimitSeconds;
    const before = new Set(scene.rootNodes);
    const shapes = new Set(listShapes(scene));
    this.root = new TransformNode(`${lesson.name} ${index}`, scene);
    this.root.position.set(position.x, position.y, position.z);
    this.root.computeWorldMatrix(true);
    try {
      this.world = this.#call("build", () => lesson.build(this));
      this.scores = this.#call("scores", () => lesson.scores?.(this.world) ?? []);
    } catch (error) {
      disposeAll(this.#bodies);
      disposeNodes(scene.rootNodes.filter((node) => !before.has(node)));
      throw error;
    }
    this.#nodes = scene.rootNodes.filter((node) => !before.has(node));
    completeMaterials(scene, shapes);
    this.#phase = "idle";
  }

  get elapsedSeconds(): number {
    return this.#elapsed[0];
  }

  /** The agents by role, in the order of their declaration. */
  get teams(): ReadonlyMap<string, Team> {
    return this.#teams;
  }

  addAgent(
    role: string,
    node: TransformNode,
    parts: { sensors: readonly Sensor[]; actuators: readonly Actuator[] },
  ): number {
    this.#expect("build", "addAgent");
    const team = this.#teams.get(role) ?? { role, bodies: [], rewards: [] };
    const number = team.bodies.length;
    const who = `${nameLesson(this.#lesson)}, arena ${this.index}, ${role} ${number}`;
    const body = new AgentBody(node, parts.sensors, parts.actuators, who);
    this.#teams.set(role, team);
    this.#bodies.push(body);
    team.bodies.push(body);
    team.rewards.push(0);
    return number;
  }

  reward(role: string, agent: number, amount: number): void {
    this.#expect("step", "reward");
    const team = this.#teams.get(role);
    if (team === undefined || team.rewards[agent] === undefined) {
      const came =
        team === undefined ? `the role "${role}"` : `agent ${agent} of ${team.bodies.length} of the role "${role}"`;
      throw new EnvironmentError(
        `${nameLesson(this.#lesson)}: reward needed an agent of the roles ${quoteAll(this.#teams.keys())}, came ${came}. Declare it in build.`,
      );
    }
    if (!Number.isFinite(amount)) {
      throw new EnvironmentError(
        `${nameLesson(this.#lesson)}: the reward of agent ${agent} of the role "${role}" in arena ${this.index} needs a finite number, came ${amount}. Mend the lesson's step.`,
        { symptom: { rule: "not-a-number", kind: "reward" } },
      );
    }
    team.rewards[agent] += amount;
  }

  terminate(outcome?: { succeeded?: boolean }): void {
    this.#expect("step", "terminate");
    this.#end("terminated", outcome?.succeeded ?? false);
  }

  truncate(outcome?: { succeeded?: boolean }): void {
    this.#expect("step", "truncate");
    this.#end("truncated", outcome?.succeeded ?? false);
  }

  /** Starts an episode. */
  begin(random: Random): void {
    this.#elapsed[0] = 0;
    this.outcome = "running";
    this.succeeded = false;
    for (const team of this.#teams.values()) team.rewards.fill(0);
    for (const body of this.#bodies) body.reset();
    this.#phase = "reset";
    try {
      this.#lesson.reset(this.world, this, random);
    } catch (error) {
      throw this.#explain("reset", error);
    } finally {
      this.#phase = "idle";
    }
    // Once more, for sensors that compare with the last place: they were moved since.
    for (const body of this.#bodies) for (const sensor of body.sensors) sensor.reset?.(body.node);
  }

  /** Applies what the agents decided. Before the physics step. */
  act(seconds: number): void {
    try {
      for (const body of this.#bodies) body.act(seconds);
    } catch (error) {
      throw this.#explain("an actuator", error);
    }
  }

  /** Lets the lesson score and script. After the physics step. Allocates nothing by itself. */
  step(seconds: number): void {
    this.#elapsed[0] += seconds;
    this.#phase = "step";
    try {
      this.#lesson.step(this.world, this, seconds);
    } catch (error) {
      throw this.#explain("step", error);
    } finally {
      this.#phase = "idle";
    }
    // Sums of 1/60 s miss the limit by rounding; a thousandth of a step bridges that.
    if (this.#elapsed[0] + seconds * 1e-3 >= this.#timeLimitSeconds) this.#end("truncated", false);
  }

  /**
   * Writes what the agents of a team see, and what they may do, into rows from `row` on.
   *
   * @param sights - A group, or the last sights of its ended episodes.
   */
  observe(team: Team, sights: Sights, row: number): void {
    const { bodies } = team;
    try {
      for (let i = 0; i < bodies.length; i++) bodies[i].observe(sights, row + i);
    } catch (error) {
      throw this.#explain("a sensor", error);
    }
  }

  /** Writes what each agent of a team got since the last call from `out[offset]` on. */
  takeRewards(team: Team, out: Float32Array, offset: number): void {
    const rewards = team.rewards as number[];
    for (let i = 0; i < rewards.length; i++) out[offset + i] = rewards[i]!;
    rewards.fill(0);
  }

  /** Writes what each term has given in the episode from `out[offset]` on. */
  writeScores(out: Float32Array, offset: number): void {
    const { scores } = this;
    for (let i = 0; i < scores.length; i++) out[offset + i] = scores[i].sum;
  }

  /** Removes the agents and everything that `build` put into the scene. May be called twice. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    disposeAll(this.#bodies);
    try {
      this.#lesson.dispose?.(this.world, this);
    } catch (error) {
      throw this.#explain("dispose", error);
    } finally {
      disposeNodes(this.#nodes);
    }
  }

  #end(outcome: Outcome, succeeded: boolean): void {
    if (this.outcome !== "running") return;
    this.outcome = outcome;
    this.succeeded = succeeded;
  }

  #expect(phase: "build" | "step", call: string): void {
    if (this.#phase === phase) return;
    const place = this.#phase === "idle" ? "none of the lesson's functions" : this.#phase;
    throw new EnvironmentError(
      `${nameLesson(this.#lesson)}: arena.${call} needed to be called in ${phase}, came in ${place}. Move the call to ${phase}.`,
    );
  }

  #call<T>(part: string, call: () => T): T {
    try {
      return call();
    } catch (error) {
      throw this.#explain(part, error);
    }
  }

  #explain(part: string, error: unknown): Error {
    if (error instanceof EnvironmentError || error instanceof ConfigurationError) return error;
    const said = error instanceof Error ? error.message : String(error);
    return new EnvironmentError(
      `${nameLesson(this.#lesson)}: ${part} threw "${said}" in arena ${this.index}. Mend ${part.startsWith("a") ? "that " + part.replace(/^an? /, "") : "the lesson's " + part}.`,
      { cause: error },
    );
  }
}

function disposeAll(bodies: readonly AgentBody[]): void {
  for (const body of bodies) body.dispose();
}

function disposeNodes(nodes: readonly Node[]): void {
  for (const node of nodes) if (!node.isDisposed()) node.dispose();
}
