import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { DebugView, Observable, type WorkerLike } from "../../index.ts";
import { EditHistory } from "./edit-history.ts";
import { Outline } from "./outline.ts";
import { loadPanelState, savePanelState, type PanelState } from "./panel-state.ts";
import { ScenePicker } from "./scene-picker.ts";

/** What a panel is opened with. */
export interface StudioOptions {
  /** Where the panel is put. Default the page's body. */
  readonly container?: HTMLElement;
  /**
   * Makes a worker in which lessons are taught; its module calls `servePlans()` from `babylon-neural/worker`. Default: agents
   * can be taught in the scene alone, at real time.
   */
  readonly makeWorker?: () => WorkerLike;
  /** What policies and demonstrations of this page are kept under in the browser. Default `"studio"`. */
  readonly storageName?: string;
}

/** Something to tell the person, at the foot of the panel. */
export interface Notice {
  readonly words: string;
  readonly tone: "good" | "bad" | "plain";
}

/** What all parts of an open panel share: the scene, what is selected, the history of edits, and the lines in the scene. */
export class Studio {
  readonly scene: Scene;
  readonly options: StudioOptions;
  readonly history = new EditHistory();
  readonly picker: ScenePicker;
  /** Draws what agents sense, and whatever the panel shows in the scene. */
  readonly view: DebugView;
  /** Another node is selected. */
  readonly onSelectObservable = new Observable<void>();
  /** The panel's own state, e.g. its dock. */
  readonly onStateObservable = new Observable<void>();
  readonly onNoticeObservable = new Observable<Notice>();
  /** The panel is being closed: let go of what you hold. */
  readonly onCloseObservable = new Observable<void>();
  readonly #outline = new Outline();
  #selected: TransformNode | null = null;
  #state = loadPanelState();
  #closed = false;

  constructor(scene: Scene, options: StudioOptions = {}) {
    this.scene = scene;
    this.options = options;
    this.view = new DebugView(scene);
    this.picker = new ScenePicker(scene);
    this.view.add(this.picker);
    this.picker.onPickObservable.add((node) => this.select(node));
    this.history.onStepObservable.add(({ holders }) => {
      const node = holders.find((holder) => holder !== scene && !(holder as TransformNode).isDisposed());
      if (node && !holders.includes(this.#selected as never)) this.select(node as unknown as TransformNode);
    });
  }

  /** The node that the person looks at, or null. */
  get selected(): TransformNode | null {
    return this.#selected?.isDisposed() ? null : this.#selected;
  }

  select(node: TransformNode | null): void {
    if (node === this.#selected) return;
    this.#selected = node;
    this.#outline.show(node);
    this.onSelectObservable.notifyObservers();
  }

  get state(): PanelState {
    return this.#state;
  }

  /** Changes what the panel remembers. */
  setState(change: Partial<PanelState>): void {
    this.#state = { ...this.#state, ...change };
    savePanelState(this.#state);
    this.onStateObservable.notifyObservers();
  }

  /** Tells the person something. */
  say(words: string, tone: Notice["tone"] = "plain"): void {
    this.onNoticeObservable.notifyObservers({ words, tone });
  }

  /** Does what a person asked for; what goes wrong is told, and nothing else happens. @returns Whether it went well. */
  attempt(act: () => void): boolean {
    try {
      act();
      return true;
    } catch (error) {
      this.say(messageOf(error), "bad");
      return false;
    }
  }

  /** Lets go of the scene. May be called twice. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.onCloseObservable.notifyObservers();
    this.select(null);
    this.picker.dispose();
    this.view.dispose();
    this.history.onStepObservable.clear();
  }
}

/** What a person may read of something thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
