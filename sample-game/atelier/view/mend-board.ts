import type { Picture } from "../../../plugin/paint.ts";
import { element } from "../../shell/element.ts";
import type { MendStep } from "../rules/mending.ts";
import { drawLine, type Sheet, type SheetPlace } from "../rules/sheet.ts";
import { SheetBrush, heldAround } from "./sheet-brush.ts";
import { SplitHandle } from "./split-handle.ts";

/** Scratches are striped, so that they are seen on any colour: two colours with their opacity, in bytes from the lowest. */
const STRIPES = [0xb04d6aff, 0x8c2a1f14] as const;
const STRIPE_PIXELS = 4;

/** What the hand is doing. */
export interface MendBrush {
  /** In pixels of the picture. */
  readonly diameter: number;
  /** 1 scratches out, 0 takes it back; null where nothing is drawn. */
  readonly value: 0 | 1 | null;
}

/** What the board is told by the hand. @param gesture - The drag, or the held key, that it belongs to. */
export type DrawHole = (hole: Sheet, gesture: object) => void;

/** The picture that is mended, large: scratched by pointer, finger or keys, and compared with what it was at a line that is dragged. */
export class MendBoard {
  readonly root: HTMLElement;
  readonly split: SplitHandle;
  readonly #draw: DrawHole;
  readonly #sheet: HTMLElement;
  readonly #now = canvas("mend-now");
  readonly #before = canvas("mend-before");
  readonly #scratches = canvas("mend-scratches");
  readonly #hand: SheetBrush;
  #step: MendStep | null = null;
  #hole: Sheet = { width: 0, height: 0, inside: new Uint8Array(0) };
  /** What is on the sheet already, as it was told. */
  #shown = this.#hole.inside;
  #brush: MendBrush = { diameter: 1, value: null };
  #isSplit = false;
  #holds = false;

  constructor(draw: DrawHole) {
    this.#draw = draw;
    this.split = new SplitHandle(
      (at) => (this.#before.style.clipPath = `inset(0 ${(100 * (1 - at)).toFixed(2)}% 0 0)`),
    );
    this.#sheet = element(
      "div",
      { class: "mend-board", attributes: { tabindex: "0", role: "application", "data-test": "mend-board" } },
      ...[this.#now, this.#before, this.#scratches],
    );
    this.#hand = new SheetBrush(this.#sheet, {
      breadth: () => (this.#brush.value === null || !this.#step ? null : this.#brush.diameter / this.#hole.width),
      hold: (share) => (this.#step?.repeats ? heldAround(share) : Math.min(1, Math.max(0, share))),
      line: (from, to, gesture) => this.#drawLine(from, to, gesture),
    });
    this.#sheet.append(this.#hand.ring, this.split.root);
    const empty = element("p", {
      class: "mend-empty",
      text: "Drop a picture here",
      attributes: { "aria-hidden": "true" },
    });
    this.root = element("div", { class: "mend-place", attributes: { hidden: "" } }, empty, this.#sheet);
    for (const type of ["pointerdown", "pointermove"]) {
      this.split.root.addEventListener(type, (event) => event.stopPropagation());
    }
    this.split.slider.set(0.5);
  }

  /** Shows a step. Null for no picture. */
  set(step: MendStep | null): void {
    this.#sheet.hidden = step === null;
    const last = this.#step;
    this.#step = step;
    if (!step) return;
    const { picture, made, hole } = step;
    if (picture !== last?.picture) {
      show(this.#now, picture);
      this.#sheet.style.setProperty("--aspect", String(picture.width / picture.height));
    }
    if (made && made !== last?.made) show(this.#before, made.from.picture);
    if (hole.inside !== this.#shown) {
      this.#hole = { ...hole, inside: hole.inside.slice() };
      this.#shown = hole.inside;
      this.#showHole();
    }
    this.#showSplit();
    this.#hand.showRing();
  }

  setBrush(brush: MendBrush): void {
    this.#brush = brush;
    this.#sheet.classList.toggle("drawing", brush.value !== null);
    this.#sheet.setAttribute(
      "aria-label",
      brush.value === null
        ? "The picture."
        : "The picture. Arrow keys move the brush, Space scratches; with Shift held, arrows scratch.",
    );
    this.#hand.showRing();
  }

  /** @param split - Whether what it was is shown beside what it is. @param holds - Whether only what it was is shown. */
  compare(split: boolean, holds: boolean): void {
    this.#isSplit = split;
    this.#holds = holds;
    this.#showSplit();
  }

  /** The picture as a PNG file, without scratches. */
  png(): Promise<Blob> {
    return new Promise((resolve, reject) => {
      this.#now.toBlob((blob) => {
        if (blob) resolve(blob);
        else reject(new Error("The picture could not be packed. Try again."));
      }, "image/png");
    });
  }

  #drawLine(from: SheetPlace, to: SheetPlace, gesture: object): void {
    const { diameter, value } = this.#brush;
    if (value === null || !this.#step) return;
    if (!drawLine(this.#hole, from, to, { diameter, value, wraps: this.#step.repeats })) return;
    this.#showHole();
    this.#shown = this.#hole.inside.slice();
    this.#draw({ ...this.#hole, inside: this.#shown }, gesture);
  }

  #showHole(): void {
    const { width, height, inside } = this.#hole;
    const image = new ImageData(width, height);
    const pixels = new Uint32Array(image.data.buffer);
    for (let y = 0, i = 0; y < height; y++) {
      for (let x = 0; x < width; x++, i++) {
        if (inside[i]) pixels[i] = STRIPES[Math.floor((x + y) / STRIPE_PIXELS) % 2];
      }
    }
    put(this.#scratches, image);
  }

  #showSplit(): void {
    const canCompare = this.#step?.made != null;
    const isSplit = canCompare && this.#isSplit && !this.#holds;
    this.split.root.hidden = !isSplit;
    this.#before.hidden = !(isSplit || (canCompare && this.#holds));
    this.#before.classList.toggle("whole", !isSplit);
  }
}

function canvas(name: string): HTMLCanvasElement {
  return element("canvas", { class: name, attributes: { "aria-hidden": "true" } });
}

function show(target: HTMLCanvasElement, { width, height, pixels }: Picture): void {
  const image = new ImageData(width, height);
  for (let from = 0, to = 0; from < pixels.length; to += 4) {
    for (let part = 0; part < 3; part++) image.data[to + part] = 255 * pixels[from++];
    image.data[to + 3] = 255;
  }
  put(target, image);
}

function put(target: HTMLCanvasElement, image: ImageData): void {
  if (target.width !== image.width) target.width = image.width;
  if (target.height !== image.height) target.height = image.height;
  target.getContext("2d")!.putImageData(image, 0, 0);
}
