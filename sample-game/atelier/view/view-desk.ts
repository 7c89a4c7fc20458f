import { materialsOf, type Bench } from "../rules/bench.ts";
import type { Part } from "../rules/parts.ts";
import type { Light } from "../rules/sun.ts";
import { NightDesk, type NightPlace } from "./night-desk.ts";
import type { Workshop } from "../work/workshop.ts";
import type { ViewName } from "./shapes.ts";
import { SplitHandle } from "./split-handle.ts";
import type { Stage } from "./stage.ts";
import type { Tailor } from "./tailor.ts";
import type { MapName } from "./thumbnail.ts";
import { ViewBar, type ViewActions } from "./view-bar.ts";

/** What can be taken back and done again. */
export interface History {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  undo(): void;
  redo(): void;
}

/** Something else than the bench that is compared with what it was. */
export interface Comparison {
  readonly canCompare: boolean;
  readonly isSplit: boolean;
  setSplit(split: boolean): void;
  hold(held: boolean): void;
}

/** What looking cannot do by itself. */
export interface ViewHooks {
  /** What undo and redo are about now. */
  history(): History;
  /** What is compared now; null for the bench. */
  comparison(): Comparison | null;
  /** Puts on a part what is being made. */
  putOn(part: Part): void;
  setRepeat(times: number): void;
  /** Where the night camera works, and who hears of trouble. */
  readonly night: NightPlace;
}

/** How the work is looked at: view, map, light, before and after, and what a click puts the material on. */
export class ViewDesk {
  readonly bar: ViewBar;
  readonly split: SplitHandle;
  readonly night: NightDesk;
  readonly #workshop: Workshop;
  readonly #stage: Stage;
  readonly #tailor: Tailor;
  readonly #canvas: HTMLElement;
  readonly #hooks: ViewHooks;
  #map: MapName = "material";
  #isSplit = false;
  #holds = false;
  #isPutting = false;

  constructor(workshop: Workshop, stage: Stage, tailor: Tailor, canvas: HTMLElement, hooks: ViewHooks) {
    this.#hooks = hooks;
    this.#workshop = workshop;
    this.#stage = stage;
    this.#tailor = tailor;
    this.#canvas = canvas;
    this.night = new NightDesk(stage, canvas, {
      ...hooks.night,
      onDivide: () => this.setSplit(false),
    });
    const actions: ViewActions = {
      setView: (view) => this.setView(view),
      setMap: (map) => this.setMap(map),
      setLight: (light) => this.setLight(light),
      setRepeat: (times) => {
        tailor.setRepeat(times);
        hooks.setRepeat(times);
        stage.touch();
      },
      undo: () => hooks.history().undo(),
      redo: () => hooks.history().redo(),
      holdPrevious: (held) => this.hold(held),
      setSplit: (split) => this.setSplit(split),
      setPutting: (putting) => this.#setPutting(putting),
      pointAt: (part) => stage.hover(part),
      putOn: (part) => hooks.putOn(part),
    };
    this.bar = new ViewBar(stage.light, actions, this.night.box.root);
    this.split = new SplitHandle((at) => {
      if (this.#isSplit) stage.divide(at);
    });
  }

  /** Whether a click puts the material on something. */
  get isPutting(): boolean {
    return this.#isPutting;
  }

  get isSplit(): boolean {
    return this.#hooks.comparison()?.isSplit ?? this.#isSplit;
  }

  /** Shows what the workshop has now. */
  show(): void {
    if (!this.#workshop.canUndo && this.#isSplit) this.setSplit(false);
    this.dress();
    this.#showBar();
  }

  /** Dresses the scene in what is to be seen. */
  dress(): void {
    const { shown, previous } = this.#workshop;
    const look = this.#holds && previous ? previous : shown;
    const left = this.#isSplit ? previous : null;
    const seen = [look, left, previous].flatMap((each) => (each ? [...materialsOf(each as Bench)] : []));
    this.#tailor.prepare(new Set(seen));
    this.#stage.dress(look, left);
  }

  setView(view: ViewName): void {
    if (view !== "yard") this.bar.stopPutting();
    this.#stage.setView(view);
    this.#showBar();
  }

  setLight(light: Light): void {
    this.#stage.setLight(light);
    this.bar.setLight(light);
  }

  /** Shows one map of the material, or all of them under light. */
  setMap(map: MapName): void {
    this.#map = map;
    this.#tailor.setMap(map);
    this.#stage.setLit(map === "material");
    this.dress();
    this.#showBar();
  }

  /** Shows the step before as long as it is held. */
  hold(held: boolean): void {
    const other = this.#hooks.comparison();
    if (other) {
      other.hold(held);
      return;
    }
    if (this.#holds === held) return;
    this.#holds = held && this.#workshop.canUndo;
    this.dress();
  }

  /** Shows before and after beside each other, or not. */
  setSplit(split: boolean): void {
    const other = this.#hooks.comparison();
    if (other) {
      other.setSplit(split);
      return;
    }
    this.#isSplit = split && this.#workshop.canUndo;
    // Two lines across one picture would be one too many.
    if (this.#isSplit) this.night.set({ isOn: false });
    this.split.root.hidden = !this.#isSplit;
    this.dress();
    if (this.#isSplit) {
      const { left, right } = this.#stage.orbit.free;
      this.split.slider.set((left + right) / 2 / this.#canvas.clientWidth);
    } else this.#stage.divide(null);
    this.#showBar();
  }

  /** Keeps the division where it is after the page has changed its size. */
  arrangeSplit(): void {
    if (this.#isSplit) this.split.slider.set(this.split.slider.at);
    this.night.arrange();
  }

  /** A click or a tap on the picture, in CSS pixels. */
  click(x: number, y: number): void {
    if (!this.#isPutting) return;
    const part = this.#stage.partAt(x, y);
    if (!part) return;
    this.#hooks.putOn(part);
    this.bar.stopPutting();
  }

  /** Leaves whatever is open. @returns Whether something was. */
  leave(): boolean {
    if (this.#isPutting) this.bar.stopPutting();
    else if (this.#isSplit && !this.#workshop.work) this.setSplit(false);
    else if (this.night.isOn && !this.#workshop.work) this.night.set({ isOn: false });
    else return false;
    return true;
  }

  #setPutting(putting: boolean): void {
    this.#isPutting = putting;
    this.#canvas.classList.toggle("putting", putting);
    if (putting && this.#stage.view !== "yard") this.setView("yard");
    if (!putting) this.#stage.hover(null);
  }

  /** Shows whether something can be taken back or done again. */
  showHistory(): void {
    this.#showBar();
  }

  #showBar(): void {
    const { canUndo: canCompare, present, material } = this.#workshop;
    const comparison = this.#hooks.comparison() ?? { canCompare, isSplit: this.#isSplit };
    const { canUndo, canRedo } = this.#hooks.history();
    if (material) this.bar.setMaps(material);
    const { view } = this.#stage;
    this.bar.set({
      view,
      map: this.#map,
      canUndo,
      canRedo,
      canCompare: comparison.canCompare,
      isSplit: comparison.isSplit,
      target: present.target,
    });
  }
}
