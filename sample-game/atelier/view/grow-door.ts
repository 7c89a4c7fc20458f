import type { Species } from "../../../plugin/paint.ts";
import { element } from "../../shell/element.ts";
import type { LessonKind } from "../work/school.ts";
import type { GrowDesk, GrowTools } from "./grow-desk.ts";

/** The way to living textures: their code comes when somebody wants to grow one. */
export class GrowDoor {
  /** Where the panel's body and its lower edge stand. */
  readonly root = element("div", { class: "grow-place", attributes: { hidden: "" } });
  readonly order = element("div", { class: "grow-order", attributes: { hidden: "" } });
  readonly #tools: GrowTools;
  readonly #container: HTMLElement;
  #loading: Promise<GrowDesk> | null = null;
  #desk: GrowDesk | null = null;
  #isOpen = false;
  #isDisposed = false;
  #repeat = 1;
  /** On the bench when it was opened. */
  #material: number | null = null;

  /** @param container - Gets `data-mode="grow"` while it is open, for the style. */
  constructor(tools: GrowTools, container: HTMLElement) {
    this.#tools = tools;
    this.#container = container;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Null while it is closed, and until its code has come. */
  get desk(): GrowDesk | null {
    return this.#isOpen ? this.#desk : null;
  }

  /** Has the workshop's target wear what grows. Never rejects. */
  async open(): Promise<void> {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#material = this.#tools.workshop.present.material;
    this.#container.dataset["mode"] = "grow";
    this.root.hidden = this.order.hidden = false;
    try {
      this.#loading ??= this.#load();
      const desk = await this.#loading;
      if (this.#isOpen) await desk.open();
    } catch (problem) {
      this.#loading = null;
      this.#tools.complain(problem);
    }
  }

  /** Keeps a species that came in a file, and has it grow. Never rejects. */
  async takeSpecies(species: Species): Promise<void> {
    await (await this.#opened())?.takeSpecies(species);
  }

  /** Opens the card for lessons. Never rejects. @param kind - What is to be taught. */
  async teach(kind: LessonKind): Promise<void> {
    (await this.#opened())?.openLesson(true, kind);
  }

  /** Takes it off again. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    delete this.#container.dataset["mode"];
    this.root.hidden = this.order.hidden = true;
    this.#desk?.close();
  }

  /** Goes where the workshop's target is, and makes way for another material on the bench. */
  follow(): void {
    if (this.#tools.workshop.present.material !== this.#material) this.close();
    this.desk?.follow();
  }

  /** How often the tile repeats where it is laid once. */
  setRepeat(times: number): void {
    this.#repeat = times;
    this.#desk?.setRepeat(times);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.close();
    this.#desk?.dispose();
  }

  /** Null where its code does not come; `open` has said so. */
  async #opened(): Promise<GrowDesk | null> {
    await this.open();
    return (await this.#loading?.catch(() => null)) ?? null;
  }

  async #load(): Promise<GrowDesk> {
    const { GrowDesk } = await import("./grow-desk.ts");
    const desk = new GrowDesk(this.#tools);
    if (this.#isDisposed) {
      desk.dispose();
      return desk;
    }
    this.#desk = desk;
    desk.setRepeat(this.#repeat);
    this.root.append(desk.panel.root);
    this.order.append(desk.panel.order);
    this.#container.append(desk.hand.ring);
    return desk;
  }
}
