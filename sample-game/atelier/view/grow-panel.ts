import { element, setText } from "../../shell/element.ts";
import { atelierConfig } from "../rules/config.ts";
import { RADIUS_SCALE, SPEED_SCALE, type Beginning, type Brush, type Growth } from "../rules/growth.ts";
import type { GardenEntry } from "../work/garden.ts";
import { icon } from "./icons.ts";
import { LessonCard, type LessonActions } from "./lesson-card.ts";
import { SeedField } from "./seed-field.ts";
import { Segments } from "./segments.ts";
import { SliderRow } from "./slider-row.ts";
import { SpeciesGrid } from "./species-grid.ts";

/** What can be done about what grows. */
export interface GrowActions {
  change(part: Partial<Growth>): void;
  rollSeed(): void;
  restart(): void;
  bake(): void;
  /** As a file. */
  save(key: string): void;
  forget(key: string): void;
  /** Lets people choose a file of something that was taught. */
  chooseTaught(): void;
  /** Shows or hides the card for lessons. */
  toggleLesson(): void;
  readonly lesson: LessonActions;
}

/** What the panel shows besides what is set. */
export interface GrowState {
  readonly entries: readonly GardenEntry[];
  readonly isLessonOpen: boolean;
  readonly isBaking: boolean;
}

const BRUSHES: readonly (readonly [Brush, string, string])[] = [
  ["turn", "Turn", "A drag turns the view."],
  ["erase", "Erase", "Drag on the surface to clear it; it grows back from the edges."],
  ["graft", "Graft", "Drag on the surface to plant the second species. Both live on one surface."],
  ["sow", "Sow", "Drag on the surface to begin anew there."],
];

/** The panel for living textures: what grows, what the brush does, how fast, and lessons from pictures. */
export class GrowPanel {
  readonly root: HTMLElement;
  /** The lower edge. */
  readonly order: HTMLElement;
  readonly lesson: LessonCard;
  readonly #species: SpeciesGrid;
  readonly #grafts: SpeciesGrid;
  /** What can be done about a species that was taught. */
  readonly #own: HTMLElement;
  readonly #save: HTMLButtonElement;
  readonly #forget: HTMLButtonElement;
  readonly #teach: HTMLButtonElement;
  readonly #brush: Segments<Brush>;
  readonly #hint = element("p", { class: "hint" });
  readonly #graftPart: HTMLElement;
  readonly #radius: SliderRow;
  readonly #speed: SliderRow;
  readonly #beginning: Segments<Beginning>;
  readonly #cells: Segments<string>;
  readonly #seed: SeedField;
  readonly #pause: HTMLButtonElement;
  readonly #bake: HTMLButtonElement;
  #isPaused: boolean | null = null;
  #chosen: GardenEntry | null = null;

  constructor(first: Growth, actions: GrowActions) {
    this.#species = new SpeciesGrid("Species", (species) => actions.change({ species }));
    this.#grafts = new SpeciesGrid("Graft with", (graft) => actions.change({ graft }));
    this.#save = link("Save file", "save-species", () => {
      if (this.#chosen) actions.save(this.#chosen.key);
    });
    this.#save.title = "A small file by which it can be opened in another browser";
    const open = link("Open file…", "open-species", () => actions.chooseTaught());
    open.title = "A species that was taught elsewhere and saved; drop one as well";
    this.#forget = link("Forget", "forget-species", () => {
      if (this.#chosen) actions.forget(this.#chosen.key);
    });
    this.#own = element("div", { class: "species-own" }, this.#save, this.#forget);
    this.#teach = link("Teach one…", "open-lesson", () => actions.toggleLesson());
    this.lesson = new LessonCard(actions.lesson);
    this.#brush = new Segments("Brush", BRUSHES, (brush) => actions.change({ brush }));
    this.#radius = new SliderRow(RADIUS_SCALE, first.radius, (value) =>
      actions.change({ radius: value ?? first.radius }),
    );
    this.#speed = new SliderRow(SPEED_SCALE, first.stepsPerSecond, (value) =>
      actions.change({ stepsPerSecond: value ?? first.stepsPerSecond }),
    );
    this.#beginning = new Segments(
      "Begins",
      [
        ["spots", "In spots", "Bare but for a few spots, from which it spreads"],
        ["everywhere", "All over", "Everywhere at once"],
      ],
      (beginning) => actions.change({ beginning }),
      true,
    );
    this.#cells = new Segments(
      "Cells",
      atelierConfig.cells.map(
        (cells) => [String(cells), String(cells), `${cells} × ${cells} cells on a tile`] as const,
      ),
      (cells) => actions.change({ cells: Number(cells) }),
      true,
    );
    this.#seed = new SeedField((seed) => actions.change({ seed }));
    this.#pause = round("pause", () => actions.change({ isPaused: this.#isPaused !== true }));
    const again = round("restart", () => actions.restart());
    name(again, "Start anew with this seed");
    again.append(icon("again"));
    const dice = round("grow-dice", () => actions.rollSeed());
    name(dice, "Start anew with another seed (D)");
    dice.append(icon("dice"));
    this.#bake = element("button", {
      class: "button primary paint",
      attributes: { type: "button", "data-test": "bake", title: "Makes a material of what is there now (G)" },
      onClick: () => actions.bake(),
    });
    this.#graftPart = section("Graft with", [], this.#grafts.root);
    this.root = element(
      "div",
      { class: "grow-panel" },
      element(
        "div",
        { class: "grow-species" },
        section("Species", [open, this.#teach], this.#species.root, this.#own),
        this.lesson.root,
      ),
      element(
        "div",
        { class: "grow-settings" },
        section("Brush", [], this.#brush.root, this.#hint, this.#graftPart, this.#radius.root),
        section("Growth", [], this.#speed.root, this.#beginning.root, this.#cells.root),
        element("p", {
          class: "hint",
          text: "It is a tile: what you do to it is seen wherever it repeats. Strokes can be undone, with what has grown since. By keyboard, arrows move the brush on the picture, and Space touches.",
        }),
      ),
    );
    this.order = element(
      "footer",
      { class: "order-row" },
      element("div", { class: "seed-row" }, this.#seed.root, this.#pause, again, dice),
      this.#bake,
    );
  }

  set(growth: Growth, { entries, isLessonOpen, isBaking }: GrowState): void {
    const { species, graft, brush, radius, stepsPerSecond, beginning, cells, seed, isPaused } = growth;
    this.#species.set(entries, species);
    this.#grafts.set(entries, graft);
    this.#chosen = entries.find(({ key }) => key === species) ?? null;
    this.#own.hidden = this.#chosen?.isOwn !== true;
    this.#save.setAttribute("aria-label", `Save file of ${this.#chosen?.label}`);
    this.#forget.setAttribute("aria-label", `Forget ${this.#chosen?.label}`);
    this.#teach.setAttribute("aria-expanded", String(isLessonOpen));
    this.lesson.root.hidden = !isLessonOpen;
    this.#brush.choose(brush);
    setText(this.#hint, BRUSHES.find(([name]) => name === brush)![2]);
    this.#graftPart.hidden = brush !== "graft";
    this.#radius.root.hidden = brush === "turn";
    this.#radius.set(radius);
    this.#speed.set(stepsPerSecond);
    this.#beginning.choose(beginning);
    this.#cells.choose(String(cells));
    this.#seed.set(seed);
    this.#bake.disabled = isBaking;
    setText(this.#bake, isBaking ? "Baking…" : "Bake to a tile");
    if (isPaused === this.#isPaused) return;
    this.#isPaused = isPaused;
    name(this.#pause, isPaused ? "Go on growing" : "Pause");
    this.#pause.setAttribute("aria-pressed", String(isPaused));
    this.#pause.replaceChildren(icon(isPaused ? "play" : "pause"));
  }

  /** Hangs a picture onto a species. */
  setFace(key: string, make: () => HTMLElement): void {
    this.#species.setFace(key, make());
    this.#grafts.setFace(key, make());
  }
}

function section(title: string, links: readonly HTMLElement[], ...content: readonly HTMLElement[]): HTMLElement {
  const head = element("div", { class: "section-head" }, element("h2", { text: title }), ...links);
  return element("section", { class: "grow-part" }, head, ...content);
}

function link(text: string, test: string, act: () => void): HTMLButtonElement {
  return element("button", { class: "link", text, attributes: { type: "button", "data-test": test }, onClick: act });
}

function round(test: string, act: () => void): HTMLButtonElement {
  return element("button", {
    class: "button round",
    attributes: { type: "button", "data-test": test },
    onClick: act,
  });
}

function name(button: HTMLButtonElement, label: string): void {
  button.title = label;
  button.setAttribute("aria-label", label);
}
