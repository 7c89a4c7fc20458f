import { element } from "../../shell/element.ts";
import type { Workshop } from "../work/workshop.ts";

/** What is behind a door: a desk whose board stands where the yard was. */
export interface BoardDesk {
  readonly panel: { readonly root: HTMLElement; readonly order: HTMLElement };
  readonly board: { readonly root: HTMLElement };
  /** Shown beside the board while something takes long; null for nothing. */
  readonly progress: { readonly root: HTMLElement } | null;
  /** Whether something of it is on its way to the bench. */
  readonly isBusy: boolean;
  open(): void;
  close(): void;
  show(): void;
  takeFiles(files: readonly File[]): Promise<void>;
  dispose(): void;
}

/** What a door works with. */
export interface BoardDoorTools {
  readonly workshop: Workshop;
  readonly complain: (problem: unknown) => void;
}

/** A way with a board in place of the yard: its code comes when somebody wants to go there. */
export class BoardDoor<Desk extends BoardDesk> {
  /** Where the panel's body and its lower edge stand. */
  readonly root = element("div", { class: "board-body", attributes: { hidden: "" } });
  readonly order = element("div", { class: "grow-order", attributes: { hidden: "" } });
  readonly #mode: string;
  readonly #make: () => Promise<Desk>;
  readonly #tools: BoardDoorTools;
  readonly #container: HTMLElement;
  #loading: Promise<Desk> | null = null;
  #desk: Desk | null = null;
  #isOpen = false;
  #isDisposed = false;
  /** On the bench when it was opened. */
  #material: number | null = null;
  /** Whether something was being painted when it was opened: that may come to the bench in peace. */
  #awaitsBench = false;

  /**
   * @param mode - The container's `data-mode` while it is open, for the style.
   * @param make - Loads the code and makes the desk. Called again after a failure.
   * @param container - Gets the board.
   */
  constructor(mode: string, make: () => Promise<Desk>, tools: BoardDoorTools, container: HTMLElement) {
    this.#mode = mode;
    this.#make = make;
    this.#tools = tools;
    this.#container = container;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Null while it is closed, and until its code has come. */
  get desk(): Desk | null {
    return this.#isOpen ? this.#desk : null;
  }

  /** Shows the board in place of the yard. Never rejects. */
  async open(): Promise<void> {
    if (this.#isOpen && (this.#desk || this.#loading)) return;
    const { present, work, isAhead } = this.#tools.workshop;
    this.#isOpen = true;
    this.#material = present.material;
    this.#awaitsBench = work !== null || isAhead;
    this.#container.dataset["mode"] = this.#mode;
    this.root.hidden = this.order.hidden = false;
    try {
      this.#loading ??= this.#load();
      const desk = await this.#loading;
      if (this.#isOpen) desk.open();
    } catch (problem) {
      this.#loading = null;
      this.#tools.complain(problem);
    }
  }

  /** Shows the yard again; what is on the board waits. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    delete this.#container.dataset["mode"];
    this.root.hidden = this.order.hidden = true;
    this.#desk?.close();
  }

  /** Makes way for another material on the bench; the first one may come in peace. */
  follow(): void {
    const { present, work, isAhead } = this.#tools.workshop;
    const { material } = present;
    const isOther = this.#material !== null && material !== this.#material;
    if (isOther && !(this.#awaitsBench && !this.#desk?.isBusy)) this.close();
    if (work === null && !isAhead) this.#awaitsBench = false;
    this.#material = material;
    this.desk?.show();
  }

  /** Takes picture files. Never rejects. */
  async takeFiles(files: readonly File[]): Promise<void> {
    await this.open();
    // Where its code does not come, `open` has said so.
    const desk = await this.#loading?.catch(() => null);
    await desk?.takeFiles(files);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.close();
    this.#desk?.dispose();
  }

  async #load(): Promise<Desk> {
    const desk = await this.#make();
    if (this.#isDisposed) {
      desk.dispose();
      return desk;
    }
    this.#desk = desk;
    this.root.append(desk.panel.root);
    this.order.append(desk.panel.order);
    this.#container.prepend(desk.board.root); // beneath all panels
    if (desk.progress) this.#container.append(desk.progress.root);
    return desk;
  }
}
