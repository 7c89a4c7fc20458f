import { InspectableType, type IInspectable } from "@babylonjs/core/Misc/iInspectable.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { NeuralController } from "../neural-controller.ts";

/** So many of the latest decisions tell the rate: at 60 a second, those of the last second. */
const REMEMBERED = 60;
/** Older decisions say nothing about the rate now, in milliseconds. */
const FORGOTTEN_AFTER = 2000;

/**
 * Shows a controller in Babylon's Inspector, in any build of it, under the custom properties of its node: whether it is enabled,
 * whether it is greedy, which policy decides, and how often it decided in the last second. Needs no Inspector to be installed.
 *
 * @param controller - One that drives a node.
 * @returns Takes it out again; may be called twice. Happens by itself when the node is disposed of.
 */
export function showInInspector(controller: NeuralController, node: TransformNode): () => void {
  const { name } = controller;
  const rate = new DecisionRate();
  const watching = controller.onDecisionObservable.add(() => rate.count(performance.now()));
  const properties: readonly Shown[] = [
    {
      label: `${name}: enabled`,
      type: InspectableType.Checkbox,
      get: () => controller.enabled,
      set: (value) => (controller.enabled = value === true),
    },
    {
      label: `${name}: greedy`,
      type: InspectableType.Checkbox,
      get: () => controller.greedy,
      set: (value) => (controller.greedy = value === true),
    },
    { label: `${name}: policy`, type: InspectableType.String, get: () => describePolicy(controller) },
    {
      label: `${name}: decisions a second`,
      type: InspectableType.String,
      get: () => rate.read(performance.now()).toFixed(1),
    },
  ];
  const entries = properties.map(({ label, type, get, set }): IInspectable => {
    // Inspectors read and write the node's own property of that name. What is read-only takes a write and forgets it.
    const propertyName = `neural controller ${label}`;
    Object.defineProperty(node, propertyName, {
      configurable: true,
      enumerable: false,
      get,
      set: set ?? ((): void => undefined),
    });
    return { label, propertyName, type };
  });
  node.inspectableCustomProperties = [
    ...((node.inspectableCustomProperties as IInspectable[] | null) ?? []),
    ...entries,
  ];

  let isShown = true;
  const hide = (): void => {
    if (!isShown) return;
    isShown = false;
    watching.remove();
    disposal.remove();
    node.inspectableCustomProperties = node.inspectableCustomProperties.filter((entry) => !entries.includes(entry));
    for (const { propertyName } of entries) Reflect.deleteProperty(node, propertyName);
  };
  const disposal = node.onDisposeObservable.add(hide);
  return hide;
}

interface Shown {
  readonly label: string;
  readonly type: InspectableType;
  readonly get: () => unknown;
  readonly set?: (value: unknown) => void;
}

/** What a person knows a policy by. */
function describePolicy({ policy, heuristic }: NeuralController): string {
  if (heuristic) return "none: a script decides";
  if (!policy) return "none";
  const { lesson = "untitled", algorithm, decisions } = policy.birth;
  const taught = decisions === undefined ? "" : `, ${decisions.toLocaleString("en")} decisions`;
  return `${lesson}${algorithm === undefined ? "" : `, ${algorithm}`}${taught}`;
}

/** How often something happens now. Allocates nothing after construction. */
class DecisionRate {
  readonly #times = new Float64Array(REMEMBERED).fill(-Infinity);
  #next = 0;

  count(now: number): void {
    this.#times[this.#next] = now;
    this.#next = (this.#next + 1) % REMEMBERED;
  }

  /** Per second, over the remembered times that are not too old; 0 for fewer than two. */
  read(now: number): number {
    let oldest = Infinity;
    let newest = -Infinity;
    let count = 0;
    for (const time of this.#times) {
      if (now - time > FORGOTTEN_AFTER) continue;
      oldest = Math.min(oldest, time);
      newest = Math.max(newest, time);
      count++;
    }
    return newest > oldest ? (1000 * (count - 1)) / (newest - oldest) : 0;
  }
}
