import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { Scene } from "@babylonjs/core/scene.js";
import {
  checkPlan,
  ConfigurationError,
  forgetLesson,
  keepLesson,
  keptLessons,
  Observable,
  type ControllerDescription,
  type LessonPlan,
  type PlanProblem,
} from "../../index.ts";
import type { Agent, Agents } from "./agents.ts";
import type { EditHistory } from "./edit-history.ts";
import { findNode } from "./find-node.ts";
import { groundArea } from "./ground-area.ts";

/** The lessons that a scene keeps, and the one that a person works on. */
export class Lessons {
  /** Another lesson is worked on, or one was changed. */
  readonly onChangeObservable = new Observable<void>();
  readonly #scene: Scene;
  readonly #history: EditHistory;
  readonly #agents: Agents;
  #chosen: string | null = null;

  constructor(scene: Scene, history: EditHistory, agents: Agents) {
    this.#scene = scene;
    this.#history = history;
    this.#agents = agents;
    history.onChangeObservable.add(() => this.onChangeObservable.notifyObservers());
  }

  /** All of them, in order; none where what is kept cannot be read. */
  get all(): readonly LessonPlan[] {
    try {
      return keptLessons(this.#scene);
    } catch {
      return [];
    }
  }

  /** The one that is worked on: the chosen one, else the first; null where there is none. */
  get current(): LessonPlan | null {
    const { all } = this;
    return all.find(({ name }) => name === this.#chosen) ?? all[0] ?? null;
  }

  choose(name: string): void {
    this.#chosen = name;
    this.onChangeObservable.notifyObservers();
  }

  /** Begins a lesson in which an agent learns to get to a target. */
  addReach(agent: Agent, target: TransformNode): void {
    const area = groundArea(this.#scene);
    this.#add({
      ...this.#empty(agent, `reach ${target.name}`),
      rewards: [
        { kind: "approach", weight: 0.1, options: { target: target.id } },
        { kind: "time", weight: 0.05 },
      ],
      ends: [{ kind: "reached", options: { target: target.id, within: 1 }, reward: 1 }],
      resets: [
        { kind: "randomPose", node: agent.node.id, options: { area, turned: true, apart: 2 } },
        { kind: "randomPose", node: target.id, options: { area, turned: false, apart: 2 } },
      ],
    });
  }

  /** Begins a lesson without any rule but where the agent starts. */
  addEmpty(agent: Agent): void {
    const resets = [{ kind: "randomPose", node: agent.node.id, options: { area: groundArea(this.#scene) } }];
    this.#add({ ...this.#empty(agent, `${agent.name} lesson`), resets });
  }

  /**
   * Changes the lesson that is worked on.
   *
   * @param title - What people read on the undo button.
   * @param merge - Edits in a row with the same word count as one. Default null: never.
   */
  edit(title: string, change: (from: LessonPlan) => LessonPlan, merge: string | null = null): void {
    const { current } = this;
    if (!current) return;
    const to = change(current);
    if (to.name !== current.name && this.all.some(({ name }) => name === to.name)) {
      throw new ConfigurationError(
        `Studio: needed a name that no other lesson has, came "${to.name}". Choose another.`,
      );
    }
    this.#history.perform(
      title,
      [this.#scene],
      () => {
        if (to.name !== current.name) forgetLesson(this.#scene, current.name);
        keepLesson(this.#scene, to);
      },
      merge,
    );
    this.choose(to.name);
  }

  /** Throws the lesson away that is worked on. */
  remove(): void {
    const { current } = this;
    if (current) this.#history.perform("Remove lesson", [this.#scene], () => forgetLesson(this.#scene, current.name));
  }

  /** Everything that is wrong with a lesson, before it is taught. */
  problemsOf(plan: LessonPlan): readonly PlanProblem[] {
    return checkPlan(plan, this.#scene, this.controllerOf(plan) ?? undefined);
  }

  /** The agent that a lesson is for, or null. */
  agentOf(plan: LessonPlan): Agent | null {
    const node = findNode(this.#scene, plan.node);
    return node ? (this.#agents.of(node).find(({ name }) => name === plan.controller) ?? null) : null;
  }

  /** What the scene keeps of the agent that a lesson is for, or null. */
  controllerOf(plan: LessonPlan): ControllerDescription | null {
    return this.agentOf(plan)?.description ?? null;
  }

  #empty(agent: Agent, wanted: string): LessonPlan {
    const taken = this.all.map(({ name }) => name);
    let name = wanted;
    for (let number = 2; taken.includes(name); number++) name = `${wanted} ${number}`;
    return {
      version: 1,
      name,
      node: agent.node.id,
      controller: agent.name,
      rewards: [],
      ends: [],
      resets: [],
      timeLimitSeconds: 15,
    };
  }

  #add(plan: LessonPlan): void {
    this.#history.perform("New lesson", [this.#scene], () => keepLesson(this.#scene, plan));
    this.choose(plan.name);
  }
}
