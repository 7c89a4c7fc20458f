import type { BakedImages, KeptMaterial } from "../../../plugin/paint.ts";
import { element } from "../../shell/element.ts";
import type { ImagineDesk, ImagineTools } from "./imagine-desk.ts";

/** The way to what is imagined: its code comes when somebody wants to imagine something. */
export class ImagineDoor {
  /** Where the panel stands. */
  readonly root = element("div", { class: "imagine-place", attributes: { hidden: "" } });
  readonly #tools: ImagineTools;
  readonly #faces = new Map<string, BakedImages>();
  #kept: readonly KeptMaterial[] = [];
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

  /** Takes what the imaginer has learned elsewhere. Never rejects. @param fit - The bytes of its file. @param material - The name in it. */
  async takeFit(fit: Uint8Array, material: string): Promise<void> {
    await this.#open();
    await this.#desk?.fits.take(fit, material);
  }

  /** Keeps a class's picture for its button. */
  setFace(material: string, images: BakedImages): void {
    this.#faces.set(material, images);
    this.#desk?.panel.setFace(material, images);
  }

  /** Offers what is kept for the places. */
  setShelf(kept: readonly KeptMaterial[]): void {
    this.#kept = kept;
    this.#desk?.panel.setKept(kept);
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
    for (const [material, images] of this.#faces) this.#desk.panel.setFace(material, images);
    this.#desk.panel.setKept(this.#kept);
    this.root.append(this.#desk.panel.root);
    if (!this.root.hidden) this.#desk.show();
  }
}
