import { PAINT_KEYS } from "../../../plugin/editor.ts";
import { element } from "../../shell/element.ts";
import type { Scale } from "../rules/scales.ts";
import { PART_NAMES, PARTS, type Part } from "../rules/parts.ts";
import type { Light } from "../rules/sun.ts";
import type { Made } from "../work/material-rack.ts";
import { createFace } from "./face.ts";
import { icon, type IconName } from "./icons.ts";
import { LightBox } from "./light-box.ts";
import { Popover } from "./popover.ts";
import { enterAt, rove } from "./rove.ts";
import { Segments } from "./segments.ts";
import type { ViewName } from "./shapes.ts";
import { SliderRow } from "./slider-row.ts";
import { drawThumbnail, MAPS, type MapName } from "./thumbnail.ts";

/** What the bar below the picture does. */
export interface ViewActions {
  setView(view: ViewName): void;
  setMap(map: MapName): void;
  setLight(light: Light): void;
  setRepeat(times: number): void;
  undo(): void;
  redo(): void;
  /** Shows the step before as long as it is held. */
  holdPrevious(held: boolean): void;
  setSplit(split: boolean): void;
  /** Opens or closes the list of parts to put the material on. */
  setPutting(putting: boolean): void;
  pointAt(part: Part | null): void;
  putOn(part: Part): void;
}

/** What the bar shows. */
export interface ViewState {
  readonly view: ViewName;
  readonly map: MapName;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Whether there is a step before the present one. */
  readonly canCompare: boolean;
  readonly isSplit: boolean;
  readonly target: Part;
}

const VIEWS: readonly (readonly [ViewName, string, string])[] = [
  ["yard", "Yard", "The wall of the Yard (1)"],
  ["tiles", "3 × 3", "Nine tiles, flat (2)"],
  ["sphere", "Sphere", "A sphere (3)"],
  ["cube", "Cube", "A cube (4)"],
  ["plane", "Plane", "A slab on the ground (5)"],
];
const REPEAT: Scale<"repeat"> = {
  name: "repeat",
  label: "Repeat",
  hint: "How often the tile is laid where it lies once",
  least: 0.5,
  most: 4,
  step: 0.5,
  say: (value) => `× ${value}`,
};
const FACE = 44;

/** Views, maps, light, and the tools that go with looking: undo, redo, compare, put on. */
export class ViewBar {
  readonly root: HTMLElement;
  /** Undo, redo, compare and put on: where they stand is up to the page's width. */
  readonly tools: HTMLElement;
  readonly #views: Segments<ViewName>;
  readonly #maps = new Map<MapName, { readonly button: HTMLButtonElement; readonly face: HTMLImageElement }>();
  readonly #light: LightBox;
  readonly #undo: HTMLButtonElement;
  readonly #redo: HTMLButtonElement;
  readonly #hold: HTMLButtonElement;
  readonly #split: HTMLButtonElement;
  readonly #putting: Popover;
  readonly #parts = new Map<Part, HTMLButtonElement>();
  #shownMaps = 0;

  /** @param night - What the moon's button opens. */
  constructor(first: Light, actions: ViewActions, night: HTMLElement) {
    this.#views = new Segments("View", VIEWS, (view) => actions.setView(view));
    const strip = this.#buildStrip(actions);
    this.#light = new LightBox(first, (next) => actions.setLight(next));
    const repeat = new SliderRow(REPEAT, 1, (times) => actions.setRepeat(times ?? 1));
    repeat.set(1);
    const box = element("div", { class: "light-panel panel" }, this.#light.root, repeat.root);
    const light = lampPopover(tool("sun", "Light and repeat", "light"), box, "Light");
    const panel = element("div", { class: "light-panel panel" }, night);
    const moon = lampPopover(tool("moon", "Night camera (N)", "night-camera"), panel, "Night camera");
    this.#undo = tool("undo", "Undo (Ctrl+Z)", "undo", () => actions.undo());
    this.#redo = tool("redo", "Redo (Ctrl+Shift+Z)", "redo", () => actions.redo());
    this.#hold = tool("compare", `Hold to see the step before (${PAINT_KEYS.holdEarlier})`, "compare");
    this.#bindHold(actions);
    this.#split = tool("split", `Before and after, divided by a line (${PAINT_KEYS.toggleSplit})`, "split", () =>
      actions.setSplit(this.#split.getAttribute("aria-pressed") !== "true"),
    );
    this.#hold.setAttribute("aria-keyshortcuts", PAINT_KEYS.holdEarlier);
    this.#split.setAttribute("aria-keyshortcuts", PAINT_KEYS.toggleSplit);
    this.#putting = this.#buildParts(actions);
    this.tools = element(
      "div",
      { class: "atelier-tools", attributes: { role: "toolbar", "aria-label": "Tools" } },
      this.#undo,
      this.#redo,
      this.#hold,
      this.#split,
      this.#putting.root,
    );
    this.root = element(
      "div",
      { class: "atelier-bar panel", attributes: { role: "group", "aria-label": "View" } },
      element("div", { class: "bar-row" }, this.#views.root, light, moon),
      strip,
    );
  }

  set({ view, map, canUndo, canRedo, canCompare, isSplit, target }: ViewState): void {
    this.#views.choose(view);
    for (const [name, { button }] of this.#maps) button.setAttribute("aria-checked", String(name === map));
    enterAt(
      [...this.#maps.values()].map(({ button }) => button),
      this.#maps.get(map)!.button,
    );
    this.#undo.disabled = !canUndo;
    this.#redo.disabled = !canRedo;
    this.#hold.disabled = !canCompare;
    this.#split.disabled = !canCompare && !isSplit;
    this.#split.setAttribute("aria-pressed", String(isSplit));
    for (const [part, button] of this.#parts) button.setAttribute("aria-checked", String(part === target));
  }

  setLight(light: Light): void {
    this.#light.set(light);
  }

  /** Draws the maps of a material, once for each. */
  setMaps(made: Made): void {
    if (this.#shownMaps === made.id) return;
    this.#shownMaps = made.id;
    for (const [map, { face }] of this.#maps) drawThumbnail(made.images, map, FACE, face);
  }

  /** Closes the list of parts. */
  stopPutting(): void {
    this.#putting.close();
  }

  /** Opens the list of parts. */
  startPutting(): void {
    this.#putting.open();
  }

  #buildStrip(actions: ViewActions): HTMLElement {
    const strip = element("div", { class: "map-strip", attributes: { role: "radiogroup", "aria-label": "Map" } });
    for (const [map, label] of MAPS) {
      const face = createFace();
      const button = element(
        "button",
        {
          class: "map-tile",
          attributes: { type: "button", role: "radio", "data-map": map },
          onClick: () => actions.setMap(map),
        },
        face,
        element("span", { text: label }),
      );
      this.#maps.set(map, { button, face });
      strip.append(button);
    }
    rove(strip, () => [...this.#maps.values()].map(({ button }) => button));
    return strip;
  }

  #buildParts(actions: ViewActions): Popover {
    const list = element("div", {
      class: "part-list",
      attributes: { role: "radiogroup", "aria-label": "Part of the yard" },
    });
    for (const part of PARTS) {
      const button = element("button", {
        class: "chip",
        text: PART_NAMES[part],
        attributes: { type: "button", role: "radio", "data-part": part },
        onClick: () => {
          actions.putOn(part);
          this.#putting.close();
        },
      });
      for (const type of ["focus", "pointerenter"] as const) button.addEventListener(type, () => actions.pointAt(part));
      button.addEventListener("pointerleave", () => actions.pointAt(null));
      this.#parts.set(part, button);
      list.append(button);
    }
    list.addEventListener("keydown", (event) => {
      const buttons = [...this.#parts.values()];
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      const at = buttons.indexOf(event.target as HTMLButtonElement);
      if (step === undefined || at < 0) return;
      event.preventDefault();
      buttons[(at + step + buttons.length) % buttons.length].focus();
    });
    const panel = element(
      "div",
      { class: "put-panel panel" },
      element("p", { text: "Put it on what you click in the yard, or choose:" }),
      list,
    );
    const button = element(
      "button",
      {
        class: "button put",
        attributes: { type: "button", "data-test": "put-on", title: "Put the material on something (P)" },
      },
      icon("put"),
      element("span", { text: "Put on…" }),
    );
    return new Popover(button, panel, "Put the material on", {
      closesOnPick: false,
      onToggle: (open) => actions.setPutting(open),
    });
  }

  #bindHold(actions: ViewActions): void {
    const hold = (held: boolean) => (): void => actions.holdPrevious(held);
    this.#hold.addEventListener("pointerdown", hold(true));
    for (const type of ["pointerup", "pointercancel", "pointerleave", "blur"])
      this.#hold.addEventListener(type, hold(false));
    const byKey =
      (held: boolean) =>
      (event: KeyboardEvent): void => {
        if (event.key !== " " && event.key !== "Enter") return;
        event.preventDefault();
        actions.holdPrevious(held);
      };
    this.#hold.addEventListener("keydown", byKey(true));
    this.#hold.addEventListener("keyup", byKey(false));
    this.#hold.addEventListener("contextmenu", (event) => event.preventDefault());
  }
}

/** On a phone, what such a button opens stands in the sheet, and there is no button. */
function lampPopover(button: HTMLButtonElement, panel: HTMLElement, label: string): HTMLElement {
  button.classList.add("light-button");
  const { root } = new Popover(button, panel, label, { closesOnPick: false });
  root.classList.add("light-popover");
  return root;
}

function tool(name: IconName, label: string, test: string, act: () => void = () => {}): HTMLButtonElement {
  return element(
    "button",
    {
      class: "button round tool",
      attributes: { type: "button", "aria-label": label, title: label, "data-test": test },
      onClick: act,
    },
    icon(name),
  );
}
