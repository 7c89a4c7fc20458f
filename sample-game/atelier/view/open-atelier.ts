import { MaterialShelf, MATERIAL_NAMES, PictureBook, type Painter } from "../../../plugin/paint.ts";
import { boxInPicture, type PictureBox } from "../../shell/box-in-picture.ts";
import { element } from "../../shell/element.ts";
import { AdaptiveQuality } from "../../shell/quality.ts";
import type { Room, RoomHost } from "../../shell/room.ts";
import type { Bench } from "../rules/bench.ts";
import { movedLight } from "../rules/sun.ts";
import type { Wish } from "../rules/wish.ts";
import { paintFaces, paintFurniture, reserveFurniture } from "../work/furnish.ts";
import { classDescriptions, lookOfClass } from "../work/look-of-class.ts";
import { MaterialRack } from "../work/material-rack.ts";
import { Workshop } from "../work/workshop.ts";
import { inspectAtelier, type AtelierHook } from "./atelier-hook.ts";
import { Errands } from "./errands.ts";
import type { FirstSight } from "./first-sight.ts";
import { chooseFiles, listenForFiles, TAUGHT_FILES } from "./intake.ts";
import { KeepPanel } from "./keep-panel.ts";
import { listenForKeys } from "./keys.ts";
import { MakeDesk } from "./make-desk.ts";
import { hasBoard, MakePanel, type MakeMode } from "./make-panel.ts";
import { DROP_WORDS, STAGE_LABELS } from "./mode-words.ts";
import { offerSamples } from "./offer-samples.ts";
import { PhoneTabs } from "./phone-tabs.ts";
import { ProgressCard } from "./progress-card.ts";
import { plainWords } from "./plain-words.ts";
import { RestRefinement } from "./rest-refinement.ts";
import { Stage } from "./stage.ts";
import { controlStage } from "./stage-controls.ts";
import { Tailor } from "./tailor.ts";
import { drawThumbnail } from "./thumbnail.ts";
import { Toasts } from "./toasts.ts";
import { ViewDesk } from "./view-desk.ts";
import { Ways } from "./ways.ts";

const FILES = `image/*,.zip,.json,${TAUGHT_FILES}`;

/** What was there before the room. The room disposes of the painters. */
export interface AtelierBeginning {
  readonly painter: Painter;
  /** For drafts and small pictures. */
  readonly sketcher: Painter;
  /** The first material. */
  readonly wish: Wish;
  readonly sight: FirstSight;
  /** When the room's opening began, as `performance.now()` counts. */
  readonly opened: number;
  /** From then until a material was on the screen; null where none was. */
  readonly seenMilliseconds: number | null;
}

/** The Atelier, open: where a class or a picture becomes a seamless material, on the device. */
export class AtelierRoom implements Room {
  readonly name = "Atelier";
  readonly inspect: AtelierHook;
  readonly #host: RoomHost;
  readonly #beginning: AtelierBeginning;
  readonly #painter: Painter;
  readonly #sketcher: Painter;
  readonly #rack = new MaterialRack();
  readonly #shelf = new MaterialShelf();
  readonly #workshop: Workshop;
  readonly #toasts = new Toasts();
  readonly #errands: Errands;
  readonly #desk: MakeDesk;
  readonly #stage: Stage;
  readonly #ways: Ways;
  readonly #make: MakePanel;
  readonly #keep: KeepPanel;
  readonly #view: ViewDesk;
  readonly #progress: ProgressCard;
  readonly #tabs: PhoneTabs;
  readonly #quality: AdaptiveQuality;
  readonly #refine: RestRefinement;
  readonly #veilText = element("p", { class: "title" });
  readonly #veil = element(
    "div",
    { class: "drop-veil", attributes: { hidden: "", "aria-hidden": "true" } },
    this.#veilText,
  );
  readonly #stop = new AbortController();
  readonly #label: string | null;
  #firstPicture: number | null = null;
  #hasSamples = false;
  #drewLast = false;
  #shownMode: MakeMode | null = null;
  #disposed = false;

  constructor(host: RoomHost, beginning: AtelierBeginning) {
    const { painter, sketcher, wish } = beginning;
    const { engine, canvas, container, options } = host;
    this.#host = host;
    this.#beginning = beginning;
    this.#painter = painter;
    this.#sketcher = sketcher;
    container.setAttribute("role", "main");
    const book = new PictureBook((hash) => this.#shelf.picture(hash));
    const furniture = reserveFurniture(this.#rack);
    const first: Bench = { wish, material: null, target: "wall", worn: furniture, deed: "Opened" };
    const complain = (problem: unknown): void => this.#complain(problem);
    this.#workshop = new Workshop(first, { painter, sketcher, rack: this.#rack, pictures: book, complain });
    // Before anything else: the workers start while the scene is built.
    this.#workshop.change(wish, "First material");

    this.#errands = new Errands({
      workshop: this.#workshop,
      painter: this.#painter,
      shelf: this.#shelf,
      book,
      toasts: this.#toasts,
      onShelf: (kept, note) => {
        this.#keep.setShelf(kept, note);
        this.#ways.imagine.setShelf(kept);
      },
      takeTaught: (file) => this.#ways.takeTaught(file),
    });
    this.#desk = new MakeDesk(this.#workshop, book, container, options.seed);
    let tailor: Tailor | null = null;
    this.#stage = new Stage(engine, (scene) => (tailor = new Tailor(this.#rack, scene)));
    this.#ways = new Ways({
      ...{ workshop: this.#workshop, desk: this.#desk, errands: this.#errands, shelf: this.#shelf },
      ...{ painter, sketcher, book, toasts: this.#toasts, stage: this.#stage, container, complain },
      turnTo: (mode) => this.#setMode(mode),
      onHistory: () => this.#view.showHistory(),
      seed: options.seed,
      cells: options.quality === "low" ? 128 : 256,
    });
    const { grow, mend, sprites, imagine } = this.#ways;
    const makeActions = {
      ...this.#desk.actions,
      setMode: (mode: MakeMode) => this.#setMode(mode),
      chooseFiles: () => chooseFiles("image/*", true, (files) => void this.#errands.takeFiles(files, true)),
      setLocked: (locked: boolean) => {
        this.#desk.actions.setLocked(locked);
        this.#showPanels();
      },
    };
    this.#make = new MakePanel(wish, classDescriptions(), makeActions, imagine, [grow, mend, sprites]);
    this.#keep = new KeepPanel({
      keep: () => void this.#ways.keep(),
      jump: (index) => this.#workshop.jump(index),
      open: (kept) => void this.#errands.open(kept),
      remove: (kept) => void this.#errands.remove(kept),
      chooseImport: () => chooseFiles(FILES, true, (files) => void this.#errands.takeFiles(files)),
      exportZip: (normals) => void this.#errands.exportZip(normals),
      exportPng: (map) => void this.#errands.exportPng(map),
      copyRecipe: () => void this.#errands.copyRecipe(),
    });
    this.#view = new ViewDesk(this.#workshop, this.#stage, tailor!, canvas, {
      putOn: (part) => (grow.isOpen ? this.#workshop.aimAt(part) : this.#workshop.putOn(part)),
      setRepeat: (times) => grow.setRepeat(times),
      history: () => this.#ways.history,
      comparison: () => this.#ways.comparison,
      night: { engine, complain },
    });
    this.#progress = new ProgressCard(() => this.#workshop.cancel());
    this.#tabs = new PhoneTabs(container, () => queueMicrotask(() => this.#arrange()));
    container.append(
      this.#view.split.root, // behind the panels
      this.#view.night.handle.root,
      this.#make.root,
      this.#keep.root,
      this.#view.bar.root,
      this.#view.bar.tools,
      this.#tabs.root,
      this.#progress.root,
      this.#toasts.root,
      this.#veil,
    );
    this.#quality = new AdaptiveQuality(engine, options.quality, (level) => this.#stage.setQuality(level));
    this.#refine = new RestRefinement(
      engine,
      this.#stage,
      () => options.quality === "auto" && this.#quality.level === "low",
    );
    this.#label = canvas.getAttribute("aria-label");
    this.inspect = inspectAtelier({
      workshop: this.#workshop,
      rack: this.#rack,
      stage: this.#stage,
      ...{ grow, mend, sprites },
      night: this.#view.night,
      engine,
      firstMaterial: () => beginning.seenMilliseconds,
      firstPicture: () => this.#firstPicture,
    });
    this.#listen(furniture);
  }

  frame(): void {
    const { engine } = this.#host;
    this.#ways.grow.desk?.frame();
    this.#refine.beforeFrame(performance.now());
    const drew = this.#stage.frame();
    this.#refine.afterFrame(drew, performance.now());
    if (drew && this.#firstPicture === null && this.#workshop.material) {
      this.#firstPicture = performance.now() - this.#beginning.opened;
      this.#beginning.sight.leave();
    }
    // Between two pictures of which one was not needed, time says nothing about speed.
    // The night camera draws for its own sake; the room shall not be plainer for it afterwards.
    if (drew && this.#drewLast && !this.#view.night.isOn) this.#quality.frame(engine.getDeltaTime() / 1000);
    this.#drewLast = drew;
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#stop.abort();
    const { canvas } = this.#host;
    if (this.#label !== null) canvas.setAttribute("aria-label", this.#label);
    canvas.classList.remove("putting");
    canvas.inert = false;
    this.#view.bar.stopPutting();
    this.#ways.dispose();
    this.#workshop.dispose();
    this.#painter.dispose();
    this.#sketcher.dispose();
    this.#progress.dispose();
    this.#toasts.dispose();
    this.#shelf.dispose();
    this.#refine.dispose();
    this.#view.night.dispose();
    this.#stage.dispose();
  }

  #listen(furniture: Parameters<typeof paintFurniture>[0]): void {
    const { canvas, engine } = this.#host;
    const { signal } = this.#stop;
    this.#workshop.onChange.add(() => this.#show());
    this.#workshop.onProgress.add(() => this.#progress.set(this.#workshop.work));
    const stopFirst = this.#workshop.onChange.add(() => {
      if (!this.#workshop.material) return;
      stopFirst();
      void this.#furnish(furniture);
    });
    listenForFiles(
      this.#veil,
      {
        takeFiles: (files) => this.#ways.takeFiles(files),
        takeText: (text) => void this.#errands.takeText(text),
      },
      signal,
    );
    listenForKeys(
      {
        undo: () => this.#ways.history.undo(),
        redo: () => this.#ways.history.redo(),
        escape: () => {
          if (!this.#ways.mend.desk?.leave() && !this.#view.leave()) this.#workshop.cancel();
        },
        rollSeed: () => this.#ways.rollSeed(),
        keep: () => void this.#ways.keep(),
        paint: () => this.#ways.paint(),
        putOn: () => this.#view.bar.startPutting(),
        night: () => {
          if (!hasBoard(this.#ways.mode)) this.#view.night.set({ isOn: !this.#view.night.isOn });
        },
        toggleSplit: () => this.#view.setSplit(!this.#view.isSplit),
        holdEarlier: (held) => this.#view.hold(held),
        view: (view) => this.#view.setView(view),
      },
      signal,
    );
    controlStage(
      this.#stage,
      canvas,
      {
        isPutting: () => this.#view.isPutting,
        brush: () => this.#ways.grow.desk?.brush ?? null,
        click: (x, y) => this.#view.click(x, y),
        dragLight: (right, up) => this.#view.setLight(movedLight(this.#stage.light, right, up)),
      },
      signal,
    );
    const lost = engine.onContextLostObservable.add(() =>
      this.#toasts.say("The graphics device was lost. Your materials are safe and come back with it.", "bad"),
    );
    const restored = engine.onContextRestoredObservable.add(() => this.#stage.touch());
    signal.addEventListener("abort", () => {
      engine.onContextLostObservable.remove(lost);
      engine.onContextRestoredObservable.remove(restored);
    });
    void this.#errands.showShelf();
    this.#show();
    this.#arrange();
  }

  /** Paints what is not urgent: the other parts of the yard, then the pictures on the classes' buttons. */
  async #furnish(furniture: Parameters<typeof paintFurniture>[0]): Promise<void> {
    try {
      await paintFurniture(furniture, this.#sketcher, this.#rack);
      this.#view.dress();
      await paintFaces(this.#sketcher, MATERIAL_NAMES, (material, { images }) => {
        this.#make.classes.setPicture(material, drawThumbnail(images, "material", images.width));
        this.#ways.imagine.setFace(material, images);
      });
    } catch (problem) {
      this.#complain(problem);
    }
  }

  /** A material of a class, from pictures or imagined, a living texture, a picture that is mended, or shields. */
  #setMode(mode: MakeMode): void {
    if (mode === "grow") this.#view.setMap("material");
    if (hasBoard(mode)) {
      // Of the yard, which goes away.
      this.#view.setSplit(false);
      this.#view.night.set({ isOn: false });
    }
    this.#ways.turnTo(mode, () => this.#view.showHistory());
    if (mode === "picture" && !this.#hasSamples) {
      this.#hasSamples = true;
      offerSamples(this.#sketcher, this.#make.pictures, this.#errands).catch((problem) => this.#complain(problem));
    }
    this.#showPanels();
    this.#view.showHistory();
  }

  #show(): void {
    if (this.#disposed) return;
    this.#ways.follow();
    this.#view.show();
    this.#showPanels();
  }

  #showPanels(): void {
    const { wish, isAhead, material, steps, index } = this.#workshop;
    const { mode } = this.#ways;
    if (mode !== this.#shownMode) queueMicrotask(() => this.#arrange()); // other panels are there, or gone
    this.#shownMode = mode;
    this.#veilText.textContent = DROP_WORDS[mode];
    this.#ways.imagine.show(mode === "imagined");
    this.#host.canvas.setAttribute("aria-label", STAGE_LABELS[mode]);
    this.#host.canvas.inert = hasBoard(mode); // it is covered
    this.#make.set(mode, wish, lookOfClass(wish.material), {
      isLocked: this.#desk.isLocked,
      isAhead,
      canPaint: wish.example.pictures.length > 0,
      isPainting: this.#workshop.work !== null,
    });
    this.#keep.setBench(material);
    this.#keep.setHistory(
      steps.map((step) => ({ made: this.#rack.get(step.material), deed: step.deed })),
      index,
    );
  }

  #complain(problem: unknown): void {
    if (this.#disposed) return;
    console.warn(problem);
    this.#toasts.say(plainWords(problem), "bad");
  }

  resize(): void {
    this.#arrange();
  }

  /** Fits the view into what the panels leave of the picture. */
  #arrange(): void {
    if (this.#disposed || hasBoard(this.#ways.mode)) return; // there is no view
    const { canvas } = this.#host;
    const { clientWidth: width, clientHeight: height } = canvas;
    const box = (part: HTMLElement): PictureBox => boxInPicture(part, canvas);
    const isNarrow = getComputedStyle(this.#tabs.root).display !== "none";
    if (isNarrow) {
      const sheet = [this.#make.root, this.#keep.root, this.#view.bar.root]
        .map(box)
        .filter((each) => each.bottom > each.top);
      const top = Math.min(...sheet.map((each) => each.top), height);
      this.#stage.fit({ left: 0, top: 104, right: width, bottom: top }, width, height);
    } else {
      const [left, right] = [box(this.#make.root).right, box(this.#keep.root).left];
      this.#stage.fit({ left, top: 106, right, bottom: box(this.#view.bar.root).top - 10 }, width, height);
    }
    this.#view.arrangeSplit();
  }
}
