import type { Scene } from "@babylonjs/core/scene.js";
import { DebugView, type NeuralController } from "../../../plugin/index.ts";
import { GolemCard } from "./golem-card.ts";

/** Opens one golem's mind: its card on the page, its senses and wishes as lines in the yard. */
export class GolemInspector {
  readonly #controllers: readonly NeuralController[];
  readonly #lines: DebugView;
  readonly #card: GolemCard;
  readonly #onChange: () => void;
  readonly #labels: readonly string[];
  readonly #order: readonly number[];
  #selected = -1;
  #frames = 0;

  /** @param onChange - Called when another golem, or none, is looked at. */
  constructor(scene: Scene, container: HTMLElement, controllers: readonly NeuralController[], onChange: () => void) {
    this.#controllers = controllers;
    this.#onChange = onChange;
    const labels = controllers[0].role.observation.parts.flatMap((part) => ("labels" in part ? part.labels : []));
    // Rays come last: they are many, and the yard shows them.
    const isRay = (index: number): number => Number(labels[index].startsWith("ray"));
    this.#order = labels.map((_, index) => index).sort((a, b) => isRay(a) - isRay(b) || a - b);
    this.#labels = this.#order.map((index) => labels[index]);
    this.#lines = new DebugView(scene, { enabled: false, renderingGroupId: 1 });
    this.#card = new GolemCard(container, () => this.select(-1));
  }

  /** The golem whose card is open, or -1. */
  get selected(): number {
    return this.#selected;
  }

  /** The card, while it is open. */
  get card(): HTMLElement | null {
    return this.#selected < 0 ? null : this.#card.root;
  }

  /** Opens a golem's card; -1 closes it. */
  select(index: number): void {
    if (index === this.#selected) return;
    const old = this.#controllers[this.#selected];
    if (old) this.#lines.remove(old);
    this.#selected = index;
    const controller = this.#controllers[index];
    if (controller) this.#lines.add(controller);
    this.#lines.enabled = controller !== undefined;
    this.#card.show(controller !== undefined);
    this.#frames = 0;
    this.#onChange();
  }

  /** Call at every frame; the card is rewritten at every sixth. */
  update(seesThief: boolean, mind: string): void {
    const controller = this.#controllers[this.#selected];
    if (!controller || this.#frames++ % 6 > 0) return;
    const [drive = 0, turn = 0] = controller.values;
    const labels = this.#labels;
    const remembers = labels.includes("thief age") && controller.observed("thief age") < 1;
    const mood = !controller.enabled
      ? "Stands still"
      : seesThief
        ? "Sees the thief"
        : remembers
          ? "Remembers where it saw the thief"
          : "Looks around";
    const observations = this.#order.map((index) => controller.observation[index]);
    this.#card.update({ number: this.#selected + 1, mood, mind, senses: labels, observations, drive, turn });
  }

  dispose(): void {
    this.#lines.dispose();
    this.#card.dispose();
  }
}
