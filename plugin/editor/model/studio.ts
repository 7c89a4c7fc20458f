import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { DebugView, Observable, restoreControllers, type WorkerLike } from "../../index.ts";
import { Agents } from "./agents.ts";
import { EditHistory } from "./edit-history.ts";
import { Lessons } from "./lessons.ts";
import { Outline } from "./outline.ts";
import { loadPanelState, savePanelState, type PanelState } from "./panel-state.ts";
import { ScenePicker } from "./scene-picker.ts";
import { SensePreview } from "./sense-preview.ts";
import { Teaching } from "./teaching.ts";

/** What a panel is opened with. */
export interface StudioOptions {
  /** Where the panel is put. Default the page's body. */
  readonly container?: HTMLElement;
  /**
   * Makes a worker in which lessons are taught; its module calls `servePlans()` from `babylon-neural/worker`. Default none:
   * nothing can be taught then, and the panel says how to give one, since only the page's own build can make it.
   */
  readonly makeWorker?: () => WorkerLike;
  /**
   * Makes a worker that paints; its module calls `servePainting()` from `babylon-neural/paint-worker`. With it the panel has a tab in
   * which the materials of meshes are painted; painting is loaded when that tab is first opened. Default: there is no such tab.
   */
  readonly makePaintWorker?: () => WorkerLike;
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
  readonly agents: Agents;
  readonly lessons: Lessons;
  readonly teaching: Teaching;
  readonly picker: ScenePicker;
  /** Draws what agents sense, and whatever the panel shows in the scene. */
  readonly view: DebugView;
  /** Another node is selected. */
  readonly onSelectObservable = new Observable<void>();
  /** The panel's own state, e.g. its dock. */
  readonly onStateObservable = new Observable<void>();
  readonly onNoticeObservable = new Observable<Notice>();
  /** A key was pressed while the panel has the focus. */
  readonly onKeyObservable = new Observable<KeyboardEvent>();
  /** The panel is being closed: let go of what you hold. */
  readonly onCloseObservable = new Observable<void>();
  readonly #outline = new Outline();
  readonly #preview = new SensePreview();
  #selected: TransformNode | null = null;
  #state = loadPanelState();
  #closed = false;
  #showsAll = false;

  constructor(scene: Scene, options: StudioOptions = {}) {
    this.scene = scene;
    this.options = options;
    this.view = new DebugView(scene);
    this.picker = new ScenePicker(scene);
    this.agents = new Agents(scene, this.history);
    this.lessons = new Lessons(scene, this.history, this.agents);
    this.teaching = new Teaching(this);
    this.view.add(this.picker);
    this.view.add(this.#preview);
    this.agents.onNoteObservable.add((words) => this.say(words, "bad"));
    this.agents.onChangeObservable.add(() => this.#showSenses());
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
    this.#showSenses();
    this.onSelectObservable.notifyObservers();
  }

  /** Whether everybody's senses are drawn, and not only those of the selected. */
  get showsAll(): boolean {
    return this.#showsAll;
  }

  set showsAll(showsAll: boolean) {
    this.#showsAll = showsAll;
    this.#showSenses();
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

  /** Brings back what the scene keeps, where the game has not done so itself. */
  async restore(): Promise<void> {
    const { problems, notes } = await restoreControllers(this.scene);
    if (this.#closed) return;
    this.agents.followAll();
    if (problems.length > 0) this.say(problems.map(({ words }) => words).join(" "), "bad");
    else if (notes.length > 0) this.say(notes.join(" "));
  }

  /** Draws what the selected agents sense. */
  #showSenses(): void {
    if (this.#showsAll) return this.#preview.show(this.agents.live());
    const { selected } = this;
    const agents = selected ? this.agents.of(selected) : [];
    this.#preview.show(agents.flatMap(({ controller }) => (controller ? [controller] : [])));
  }

  /** Lets go of the scene. May be called twice. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.onCloseObservable.notifyObservers();
    this.select(null);
    this.teaching.dispose();
    this.#preview.dispose();
    this.picker.dispose();
    this.view.dispose();
    this.history.onStepObservable.clear();
  }
}

/** What a person may read of something thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
