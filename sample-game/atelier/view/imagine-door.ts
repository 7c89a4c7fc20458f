import type { BakedImages } from "../../../plugin/paint.ts";
import { element } from "../../shell/element.ts";
import type { ImagineDesk, ImagineTools } from "./imagine-desk.ts";

/** The way to what is imagined: its code comes when somebody wants to imagine something. */
export class ImagineDoor {
  /** Where the panel stands. */
  readonly root = element("div", { class: "imagine-place", attributes: { hidden: "" } });
  readonly #tools: ImagineTools;
  readonly #faces = new Map<string, BakedImages>();
  #loading: Promise<void> | null = null;
  #desk: ImagineDesk | null = null;
  #isDisposed = false;

  constructor(tools: ImagineTools) {
    this.#tools = tools;
  }

  /** Takes picture files. Never rejects. */
  async takeFiles(files: readonly File[]): Promise<void> {
    await this.#open();
    await this.#desk?.takeFiles(files);
  }

  /** Keeps a class's picture for its button. */
  setFace(material: string, images: BakedImages): void {
    this.#faces.set(material, images);
    this.#desk?.setFace(material, images);
  }

  /** @param isOpen - Whether it is what is made. */
  show(isOpen: boolean): void {
    this.root.hidden = !isOpen;
    if (isOpen) void this.#open();
    if (isOpen) this.#desk?.show();
    else this.#desk?.rest();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#desk?.dispose();
  }

  async #open(): Promise<void> {
    try {
      this.#loading ??= this.#load();
      await this.#loading;
    } catch (problem) {
      this.#loading = null;
      this.#tools.complain(problem);
    }
  }

  async #load(): Promise<void> {
    const { ImagineDesk } = await import("./imagine-desk.ts");
    if (this.#isDisposed) return;
    this.#desk = new ImagineDesk(this.#tools);
    for (const [material, images] of this.#faces) this.#desk.setFace(material, images);
    this.root.append(this.#desk.panel.root);
    if (!this.root.hidden) this.#desk.show();
  }
}
