import { PAINT_KEYS } from "../../../plugin/editor.ts";
import type { KeptMaterial } from "../../../plugin/paint.ts";
import { element, setText } from "../../shell/element.ts";
import type { Made } from "../work/material-rack.ts";
import { ExportMenu, type ExportActions } from "./export-menu.ts";
import { createFace, setFace } from "./face.ts";
import { icon } from "./icons.ts";
import { enterAt, rove } from "./rove.ts";
import { drawThumbnail } from "./thumbnail.ts";

/** What can be done on the right. */
export interface KeepActions extends ExportActions {
  keep(): void;
  jump(index: number): void;
  open(kept: KeptMaterial): void;
  remove(kept: KeptMaterial): void;
  chooseImport(): void;
}

/** A step of the history as the panel shows it. */
export interface ShownStep {
  readonly made: Made | null;
  readonly deed: string;
}

const FACE = 72;
const ESTIMATED = ["example", "photograph"];

/** The panel on the right: what lies on the bench, how it came about, and what is kept. */
export class KeepPanel {
  readonly root: HTMLElement;
  readonly #face = createFace("bench-face");
  readonly #name = element("b", { attributes: { "data-test": "bench-name" } });
  readonly #facts = element("small", { attributes: { "data-test": "bench-facts" } });
  readonly #keep: HTMLButtonElement;
  readonly #export: ExportMenu;
  readonly #history = element("ol", { class: "history", attributes: { "aria-label": "History" } });
  readonly #shelf = element("ul", { class: "shelf", attributes: { "aria-label": "Kept materials" } });
  readonly #shelfNote = element("p", { class: "hint" });
  readonly #actions: KeepActions;
  readonly #faces = new Map<number, HTMLImageElement>();
  #benchFace = 0;
  #historyKey = "";

  constructor(actions: KeepActions) {
    this.#actions = actions;
    this.#keep = element(
      "button",
      {
        class: "button",
        attributes: {
          type: "button",
          "data-test": "keep",
          title: `Keep it in this browser (${PAINT_KEYS.keep})`,
          "aria-keyshortcuts": PAINT_KEYS.keep,
        },
        onClick: () => actions.keep(),
      },
      icon("keep"),
      "Keep",
    );
    this.#export = new ExportMenu(actions);
    rove(this.#history, () => buttonsOf(this.#history));
    const load = element("button", {
      class: "link",
      text: "Open a file…",
      attributes: {
        type: "button",
        title: "A picture, a zip or a recipe that was exported, or a file of something that was taught",
      },
      onClick: () => actions.chooseImport(),
    });
    this.root = element(
      "aside",
      { class: "atelier-keep panel", attributes: { "aria-label": "History and kept materials" } },
      element(
        "section",
        { class: "bench" },
        this.#face,
        element("div", { class: "bench-words" }, this.#name, this.#facts),
        element("div", { class: "bench-tools" }, this.#keep, this.#export.root),
      ),
      element(
        "section",
        { class: "history-part" },
        element("div", { class: "section-head" }, element("h2", { text: "History" })),
        this.#history,
      ),
      element(
        "section",
        { class: "shelf-part" },
        element("div", { class: "section-head" }, element("h2", { text: "Kept" }), load),
        this.#shelf,
        this.#shelfNote,
      ),
    );
  }

  /** Shows what lies on the bench. */
  setBench(made: Made | null): void {
    this.#keep.disabled = made === null || made.isDraft;
    this.#export.setEnabled(made !== null && !made.isDraft);
    if (!made) return;
    const { width, height, generator, seed } = made.recipe;
    setText(this.#name, made.name);
    const isEstimated = ESTIMATED.includes(generator) && made.recipe.settings["maps"] !== "flat";
    const guess = generator === "imagined" ? " · imagined" : isEstimated ? " · estimated maps" : "";
    if (!made.isDraft) setText(this.#facts, `${width} × ${height} · seed ${seed}${guess}`);
    if (this.#benchFace === made.id) return;
    this.#benchFace = made.id;
    drawThumbnail(made.images, "material", FACE, this.#face);
  }

  setHistory(steps: readonly ShownStep[], index: number): void {
    const key = JSON.stringify([steps.map(({ made, deed }) => [made?.id, deed]), index]);
    if (key === this.#historyKey) return;
    this.#historyKey = key;
    const hadFocus = this.#history.contains(document.activeElement);
    const wanted = new Set(steps.map(({ made }) => made?.id));
    for (const id of this.#faces.keys()) if (!wanted.has(id)) this.#faces.delete(id);
    this.#history.replaceChildren();
    // The newest comes first, as one looks for it.
    const items = steps.map((step, at) => this.#step(step, at, index)).reverse();
    this.#history.replaceChildren(...items);
    const buttons = buttonsOf(this.#history);
    const current = buttons[steps.length - 1 - index];
    enterAt(buttons, current);
    if (hadFocus) current?.focus();
  }

  setShelf(kept: readonly KeptMaterial[], note: string): void {
    this.#shelf.replaceChildren(...kept.map((entry) => this.#entry(entry)));
    this.#shelfNote.textContent = note;
    this.#shelfNote.hidden = note === "";
  }

  #step({ made, deed }: ShownStep, at: number, index: number): HTMLElement {
    const face = made ? this.#faceOf(made) : createFace();
    const label = `${at + 1}. ${deed}`;
    const button = element(
      "button",
      {
        class: `tile${at > index ? " undone" : ""}`,
        attributes: {
          type: "button",
          title: label,
          "aria-label": label,
          "aria-current": at === index ? "step" : null,
          "data-step": String(at),
        },
        onClick: () => this.#actions.jump(at),
      },
      element("span", { class: "tile-face" }, face),
    );
    return element("li", {}, button);
  }

  /** A picture of its own for each place: an element stands in one place only. */
  #faceOf(made: Made): HTMLImageElement {
    const known = this.#faces.get(made.id);
    const isFree = known !== undefined && !known.isConnected;
    const face = isFree ? known : drawThumbnail(made.images, "material", FACE);
    this.#faces.set(made.id, face);
    return face;
  }

  #entry(kept: KeptMaterial): HTMLElement {
    const { size, pixels } = kept.thumbnail;
    const face = createFace();
    setFace(face, pixels, size, size);
    const open = element(
      "button",
      {
        class: "tile",
        attributes: {
          type: "button",
          title: `Put ${kept.name} on the bench`,
          "aria-label": `Open ${kept.name}`,
          "data-kept": kept.name,
        },
        onClick: () => this.#actions.open(kept),
      },
      element("span", { class: "tile-face" }, face),
      element("span", { class: "tile-name", text: kept.name }),
    );
    const remove = element(
      "button",
      {
        class: "button quiet round tile-remove",
        attributes: { type: "button", "aria-label": `Forget ${kept.name}`, title: "Forget it" },
        onClick: () => this.#actions.remove(kept),
      },
      icon("close"),
    );
    return element("li", {}, open, remove);
  }
}

function buttonsOf(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>(".tile")];
}
