import { element } from "../../shell/element.ts";
import type { MendDesk, MendTools } from "./mend-desk.ts";

/** The way to mending: its code comes when somebody wants to mend something. */
export class MendDoor {
  /** Where the panel's body and its lower edge stand. */
  readonly root = element("div", { class: "mend-body", attributes: { hidden: "" } });
  readonly order = element("div", { class: "grow-order", attributes: { hidden: "" } });
  readonly #tools: MendTools;
  readonly #container: HTMLElement;
  #loading: Promise<MendDesk> | null = null;
  #desk: MendDesk | null = null;
  #isOpen = false;
  #isDisposed = false;
  /** On the bench when it was opened. */
  #material: number | null = null;
  /** Whether something was being painted when it was opened: that may come to the bench in peace. */
  #awaitsBench = false;

  /** @param container - Gets the board, and `data-mode="mend"` while it is open, for the style. */
  constructor(tools: MendTools, container: HTMLElement) {
    this.#tools = tools;
    this.#container = container;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Null while it is closed, and until its code has come. */
  get desk(): MendDesk | null {
    return this.#isOpen ? this.#desk : null;
  }

  /** Shows the picture that is mended in place of the yard. Never rejects. */
  async open(): Promise<void> {
    if (this.#isOpen && (this.#desk || this.#loading)) return;
    const { present, work, isAhead } = this.#tools.workshop;
    this.#isOpen = true;
    this.#material = present.material;
    this.#awaitsBench = work !== null || isAhead;
    this.#container.dataset["mode"] = "mend";
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

  /** Shows the yard again; what is mended waits. */
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

  async #load(): Promise<MendDesk> {
    const { MendDesk } = await import("./mend-desk.ts");
    const desk = new MendDesk(this.#tools);
    if (this.#isDisposed) {
      desk.dispose();
      return desk;
    }
    this.#desk = desk;
    this.root.append(desk.panel.root);
    this.order.append(desk.panel.order);
    this.#container.prepend(desk.board.root); // beneath all panels
    this.#container.append(desk.progress.root);
    return desk;
  }
}
