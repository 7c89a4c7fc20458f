import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { Scene } from "@babylonjs/core/scene.js";
import {
  adaptPolicy,
  attachController,
  ConfigurationError,
  controllersOf,
  createPolicy,
  forgetController,
  keepController,
  keptControllers,
  NeuralController,
  Observable,
  type ControllerDescription,
  type Policy,
} from "../../index.ts";
import type { EditHistory } from "./edit-history.ts";
import { listNodes } from "./scene-tree.ts";

/** A controller as the panel shows it. */
export interface Agent {
  readonly node: TransformNode;
  readonly name: string;
  /** As the node keeps it; null where it was made in code. */
  readonly description: ControllerDescription | null;
  /** The live one; null where it could not be made. */
  readonly controller: NeuralController | null;
}

/** What a new controller begins with: the least that senses and moves. */
const FIRST: Omit<ControllerDescription, "name"> = {
  sensors: [{ kind: "velocity", options: { maximum: 5, planar: true } }],
  actuators: [
    { kind: "drive", options: { speed: 3 } },
    { kind: "turn", options: { radiansPerSecond: Math.PI } },
  ],
  decisionsPerSecond: 10,
};

/** Who a live controller was made from. */
interface Made {
  readonly key: string;
  readonly controller: NeuralController;
}

/**
 * The controllers of a scene: what nodes keep, and the live ones that follow it. Each edit is made in the metadata and in the live
 * controller at once, or not at all; undoing takes the same way. Policies follow: they are adapted where sensors change.
 */
export class Agents {
  /** Something about any agent has changed. */
  readonly onChangeObservable = new Observable<void>();
  /** Something that a person should know, e.g. that a policy no longer fits. */
  readonly onNoteObservable = new Observable<string>();
  readonly #scene: Scene;
  readonly #history: EditHistory;
  /** By node and name. */
  readonly #made = new Map<TransformNode, Map<string, Made>>();
  /** Policies that agents have had, newest last, so that an undo brings the right one back. */
  readonly #policies = new Map<string, Policy[]>();

  constructor(scene: Scene, history: EditHistory) {
    this.#scene = scene;
    this.#history = history;
    history.onStepObservable.add(({ holders }) => {
      for (const holder of holders) if (holder !== scene) this.#follow(holder as unknown as TransformNode);
      this.onChangeObservable.notifyObservers();
    });
  }

  /** The agents of a node: those that it keeps, then those made in code. */
  of(node: TransformNode): readonly Agent[] {
    const live = node.behaviors.filter((behavior) => behavior instanceof NeuralController);
    const kept = readKept(node).map((description): Agent => {
      const controller = live.find(({ name }) => name === description.name) ?? null;
      return { node, name: description.name, description, controller };
    });
    const inCode = live.filter(({ name }) => !kept.some((agent) => agent.name === name));
    return [...kept, ...inCode.map((controller) => ({ node, name: controller.name, description: null, controller }))];
  }

  /** Every agent of the scene. */
  all(): readonly Agent[] {
    return listNodes(this.#scene).flatMap((node) => this.of(node));
  }

  /** Every live controller of the scene. */
  live(): readonly NeuralController[] {
    return controllersOf(this.#scene);
  }

  /** Gives a node a controller with which to begin. @throws ConfigurationError when the node cannot have it. */
  add(node: TransformNode): void {
    const taken = this.of(node).map(({ name }) => name);
    const name = freeName(node.name || "agent", taken);
    this.#perform("Add controller", [node], () => keepController(node, { name, ...FIRST }));
  }

  /** Keeps a controller that was made in code, so that it can be edited. @throws ConfigurationError as `edit`. */
  adopt(node: TransformNode, description: ControllerDescription): void {
    this.#perform("Keep controller", [node], () => keepController(node, description));
  }

  /**
   * Changes a controller.
   *
   * @param title - What people read on the undo button.
   * @param merge - Edits in a row with the same word count as one. Default null: never.
   * @throws ConfigurationError for what cannot work; everything is then as it was.
   */
  edit(
    agent: Agent,
    title: string,
    change: (from: ControllerDescription) => ControllerDescription,
    merge?: string,
  ): void {
    const { node, description } = agent;
    if (!description) {
      throw new ConfigurationError(
        `Studio: needed a controller that the scene keeps, came "${agent.name}", which is made in code. Change it there.`,
      );
    }
    const to = change(description);
    const rename = (): void => {
      if (to.name !== description.name) this.#rename(node, description, to.name);
      keepController(node, to);
    };
    this.#perform(title, [node], rename, merge ?? null);
  }

  /** Takes a controller off its node. */
  remove(agent: Agent): void {
    if (agent.description)
      this.#perform("Remove controller", [agent.node], () => forgetController(agent.node, agent.name));
  }

  /** Gives other nodes the same controller. Nodes that have one of that name get this one in its place. */
  duplicate(agent: Agent, targets: readonly TransformNode[]): void {
    const { description, controller } = agent;
    if (!description) return;
    this.#perform("Duplicate controller", targets, () => {
      for (const target of targets) keepController(target, description);
    });
    const policy = controller?.policy;
    if (policy) for (const target of targets) this.#givePolicy(target, description.name, policy);
  }

  /** Makes the live controllers of every node follow what is kept, e.g. when the panel opens. */
  followAll(): void {
    for (const node of listNodes(this.#scene)) if (readKept(node).length > 0) this.#follow(node);
    this.onChangeObservable.notifyObservers();
  }

  #perform(title: string, nodes: readonly TransformNode[], change: () => void, merge: string | null = null): void {
    try {
      this.#history.perform(
        title,
        nodes,
        () => {
          change();
          for (const node of nodes) this.#followStrictly(node);
        },
        merge,
      );
    } catch (error) {
      // The metadata is what it was; the live controllers are brought back to it.
      for (const node of nodes) this.#follow(node);
      throw error;
    } finally {
      this.onChangeObservable.notifyObservers();
    }
  }

  #rename(node: TransformNode, { name }: ControllerDescription, to: string): void {
    if (this.of(node).some((agent) => agent.name === to)) {
      throw new ConfigurationError(
        `Studio: needed a name that no other controller of "${node.name}" has, came "${to}". Choose another.`,
      );
    }
    forgetController(node, name);
    this.#policies.set(keyOf(node, to), this.#policies.get(keyOf(node, name)) ?? []);
  }

  #follow(node: TransformNode): void {
    try {
      this.#followStrictly(node);
    } catch (error) {
      this.onNoteObservable.notifyObservers(error instanceof Error ? error.message : String(error));
    }
  }

  /** @throws ConfigurationError when one of the kept controllers cannot be made. */
  #followStrictly(node: TransformNode): void {
    if (node.isDisposed()) return;
    const made = this.#made.get(node) ?? new Map<string, Made>();
    this.#made.set(node, made);
    const kept = keptControllers(node);
    for (const [name, { controller }] of made) {
      if (!controller.isDisposed && kept.some((description) => description.name === name)) continue;
      this.#retire(node, name, controller);
      made.delete(name);
    }
    for (const description of kept) this.#make(node, description, made);
  }

  #make(node: TransformNode, description: ControllerDescription, made: Map<string, Made>): void {
    const { name, greedy = true } = description;
    const key = makingOf(description);
    const before = made.get(name)?.controller ?? liveOne(node, name);
    if (before && (made.get(name)?.key ?? key) === key) {
      before.greedy = greedy;
      made.set(name, { key, controller: before });
      return;
    }
    if (before) this.#retire(node, name, before);
    made.delete(name);
    const controller = attachController(node, description);
    made.set(name, { key, controller });
    this.#findPolicy(node, controller);
  }

  /** Ends a live controller, and remembers its policy. */
  #retire(node: TransformNode, name: string, controller: NeuralController): void {
    const { policy } = controller;
    if (policy) {
      const shelf = this.#policies.get(keyOf(node, name)) ?? [];
      this.#policies.set(keyOf(node, name), [...shelf.filter((other) => other !== policy), policy]);
    }
    controller.dispose();
  }

  /** Gives a new controller a policy of its forerunners: one that fits, else the newest, adapted. */
  #findPolicy(node: TransformNode, controller: NeuralController): void {
    const shelf = this.#policies.get(keyOf(node, controller.name)) ?? [];
    for (const policy of [...shelf].reverse()) if (fits(policy, controller)) return;
    const newest = shelf.at(-1);
    if (newest) this.#givePolicy(node, controller.name, newest);
  }

  #givePolicy(node: TransformNode, name: string, policy: Policy): void {
    const controller = liveOne(node, name);
    if (!controller || fits(policy, controller)) return;
    const tell = (): void =>
      this.onNoteObservable.notifyObservers(
        `“${name}” does other things now than its policy was taught: teach it anew.`,
      );
    try {
      createPolicy(adaptPolicy(policy.toData(), controller.role)).then((adapted) => {
        if (controller.isDisposed || controller.policy) return;
        controller.policy = adapted;
        this.onChangeObservable.notifyObservers();
      }, tell);
    } catch {
      tell();
    }
  }
}

function fits(policy: Policy, controller: NeuralController): boolean {
  try {
    controller.policy = policy;
    return true;
  } catch {
    return false;
  }
}

function liveOne(node: TransformNode, name: string): NeuralController | null {
  const isIt = (each: unknown): each is NeuralController => each instanceof NeuralController && each.name === name;
  return node.behaviors.find(isIt) ?? null;
}

/** What a live controller must be made anew for. */
function makingOf({ policy: _, network: __, greedy: ___, ...making }: ControllerDescription): string {
  return JSON.stringify(making);
}

function keyOf(node: TransformNode, name: string): string {
  return `${node.uniqueId} ${name}`;
}

function freeName(wanted: string, taken: readonly string[]): string {
  let name = wanted;
  for (let number = 2; taken.includes(name); number++) name = `${wanted} ${number}`;
  return name;
}

/** What a node keeps; a broken block keeps nothing that can be shown. */
function readKept(node: TransformNode): readonly ControllerDescription[] {
  try {
    return keptControllers(node);
  } catch {
    return [];
  }
}
