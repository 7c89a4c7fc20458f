import { PAINT_KEYS } from "../../../plugin/editor.ts";
import { element, setText } from "../../shell/element.ts";
import { sayLook, type ShieldLook } from "../rules/shield-look.ts";
import {
  TOOL_PLACES,
  type SpriteNetwork,
  type SpritePlace,
  type SpriteStep,
  type SpriteTool,
} from "../rules/spriting.ts";
import { icon } from "./icons.ts";
import { SeedField } from "./seed-field.ts";
import { Segments } from "./segments.ts";
import { ShieldSliders, type ChangeShield } from "./shield-sliders.ts";
import { SpriteFace } from "./sprite-face.ts";

/** What can be done about shields. */
export interface SpriteActions {
  setNetwork(network: SpriteNetwork): void;
  setSeed(seed: number): void;
  rollSeed(): void;
  setLocked(isLocked: boolean): void;
  setTool(tool: SpriteTool): void;
  activate(place: SpritePlace): void;
  readonly change: ChangeShield;
  resetWish(): void;
  chooseFile(): void;
  /** Tries again what went wrong. */
  begin(): void;
  saveSprite(): void;
  saveWay(): void;
  saveSheet(): void;
}

/** What the panel shows besides the step. */
export interface SpriteState {
  readonly isLocked: boolean;
  /** What A is like; null while nobody has read it. */
  readonly look: ShieldLook | null;
  readonly problem: string | null;
  readonly canSaveSprite: boolean;
  readonly canSaveWay: boolean;
  readonly canSaveSheet: boolean;
}

const NETWORKS: readonly (readonly [SpriteNetwork, string, string])[] = [
  ["vae", "Autoencoder", "A variational autoencoder: softer, and it knows the code of any shield."],
  ["gan", "Adversarial", "Taught against a critic: sharper parts, and it only makes shields."],
];
const TOOLS: readonly (readonly [SpriteTool, string, string])[] = [
  ["walk", "Walk", "Tap two shields, and see what lies between them."],
  [
    "change",
    "Change",
    "Tap a shield, and say what it shall be like. Its code moves by what other shields have taught.",
  ],
  ["sum", "A − B + C", "Tap three shields: from A goes what B is like, and what C is like comes."],
];
const PLACES = ["A", "B", "C"] as const;

/** The panel for shields: who imagines them, what is done with them, and what becomes of it. */
export class SpritePanel {
  readonly root: HTMLElement;
  /** The lower edge. */
  readonly order: HTMLElement;
  readonly #network: Segments<SpriteNetwork>;
  readonly #about = element("p", { class: "hint" });
  readonly #seed: SeedField;
  readonly #dice: HTMLButtonElement;
  readonly #lock: HTMLButtonElement;
  readonly #tool: Segments<SpriteTool>;
  readonly #hint = element("p", { class: "hint" });
  readonly #places: Readonly<Record<SpritePlace, PlaceButton>>;
  readonly #sliders: ShieldSliders;
  readonly #note = element("p", { class: "hint", attributes: { role: "status", "data-test": "sprite-note" } });
  readonly #problemText = element("span");
  readonly #problem: HTMLElement;
  readonly #saves: readonly HTMLButtonElement[];

  constructor(actions: SpriteActions) {
    this.#network = new Segments("Who imagines", NETWORKS, (network) => actions.setNetwork(network));
    this.#seed = new SeedField((seed) => actions.setSeed(seed));
    this.#dice = button("", "sprite-dice", "round", `Roll another seed (${PAINT_KEYS.rollSeed})`, actions.rollSeed);
    this.#dice.setAttribute("aria-label", "Roll another seed");
    this.#dice.setAttribute("aria-keyshortcuts", PAINT_KEYS.rollSeed);
    this.#dice.append(icon("dice"));
    this.#lock = button("", "sprite-lock", "round quiet", "", () =>
      actions.setLocked(this.#lock.getAttribute("aria-pressed") !== "true"),
    );
    this.#lock.setAttribute("aria-label", "Lock the seed");
    this.#tool = new Segments("What to do with shields", TOOLS, (tool) => actions.setTool(tool));
    const place = (name: SpritePlace): PlaceButton => new PlaceButton(name, () => actions.activate(name));
    this.#places = { A: place("A"), B: place("B"), C: place("C") };
    const file = button("Picture…", "sprite-file", "small", "A picture of yours, repeated by the autoencoder", () =>
      actions.chooseFile(),
    );
    file.prepend(icon("file"));
    this.#sliders = new ShieldSliders(actions.change, actions.resetWish);
    this.#problem = element(
      "div",
      { class: "mend-lack", attributes: { role: "alert", hidden: "" } },
      this.#problemText,
      button("Try again", "sprite-again", "small", "Tries once more", actions.begin),
    );
    this.root = element(
      "div",
      { class: "sprite-panel" },
      element(
        "section",
        { class: "sprite-from", attributes: { "aria-label": "Sheet" } },
        this.#network.root,
        this.#about,
        element("div", { class: "seed-row" }, this.#seed.root, this.#lock, this.#dice),
      ),
      this.#problem,
      element(
        "section",
        { class: "sprite-tools", attributes: { "aria-label": "Tools for shields" } },
        this.#tool.root,
        this.#hint,
        element("div", { class: "sprite-places" }, ...PLACES.map((name) => this.#places[name].root), file),
        this.#note,
      ),
      this.#sliders.root,
    );
    this.#saves = [
      button(
        "Save shield",
        "sprite-save",
        "primary",
        "The large shield as a PNG file of 32 × 32 pixels",
        actions.saveSprite,
      ),
      button("The way", "sprite-save-way", "", "All steps as one PNG file", actions.saveWay),
      button("The sheet", "sprite-save-sheet", "", "All shields of the sheet as one PNG file", actions.saveSheet),
    ];
    this.order = element("footer", { class: "order-row mend-order" }, ...this.#saves);
  }

  set(step: SpriteStep, state: SpriteState): void {
    const { network, seed, tool, places, active, wish } = step;
    const { isLocked, look, problem } = state;
    this.root.dataset["tool"] = tool;
    this.#network.choose(network);
    setText(this.#about, NETWORKS.find(([each]) => each === network)![2]);
    this.#seed.set(seed);
    this.#showLock(isLocked);
    this.#tool.choose(tool);
    this.#tool.allow("change", network === "vae");
    setText(this.#hint, TOOLS.find(([each]) => each === tool)![2]);
    for (const name of PLACES) {
      const each = this.#places[name];
      each.root.hidden = !TOOL_PLACES[tool].includes(name);
      each.set(places[name], name === active);
    }
    const isChanging = tool === "change" && places.A !== null;
    this.#sliders.root.hidden = !(isChanging && look);
    if (look) this.#sliders.set({ ...look, ...wish }, look);
    const reads = look ? `A looks like: ${sayLook(look)}.` : "Looking at shields, to tell what is what…";
    setText(this.#note, isChanging && problem === null ? reads : "");
    setText(this.#problemText, problem ?? "");
    this.#problem.hidden = problem === null;
    const { canSaveSprite, canSaveWay, canSaveSheet } = state;
    [canSaveSprite, canSaveWay, canSaveSheet].forEach((can, at) => (this.#saves[at].disabled = !can));
  }

  #showLock(isLocked: boolean): void {
    this.#dice.disabled = isLocked;
    const said = String(isLocked);
    if (this.#lock.getAttribute("aria-pressed") === said) return;
    this.#lock.setAttribute("aria-pressed", said);
    this.#lock.title = isLocked ? "The seed stays" : "Lock the seed, so that it stays the same";
    this.#lock.replaceChildren(icon(isLocked ? "lock" : "open"));
  }
}

/** A chosen shield; a click lets the next one go there. */
class PlaceButton {
  readonly root: HTMLButtonElement;
  readonly #name: SpritePlace;
  readonly #face = new SpriteFace();

  constructor(name: SpritePlace, onClick: () => void) {
    this.#name = name;
    this.root = element(
      "button",
      { class: "sprite-cell", attributes: { type: "button", "data-test": `sprite-place-${name}` }, onClick },
      this.#face.root,
      element("b", { class: "sprite-letters", text: name, attributes: { "aria-hidden": "true" } }),
    );
  }

  set(shield: SheetShieldFace | null, isActive: boolean): void {
    this.#face.set(shield?.sprite ?? null);
    this.root.setAttribute("aria-pressed", String(isActive));
    this.root.setAttribute("aria-label", `${this.#name}: ${shield?.name ?? "empty"}`);
    this.root.title = shield ? `${this.#name}: ${shield.name}` : `${this.#name} is empty: choose a shield`;
  }
}

type SheetShieldFace = Pick<NonNullable<SpriteStep["places"]["A"]>, "name" | "sprite">;

function button(text: string, test: string, look: string, title: string, act: () => void): HTMLButtonElement {
  const attributes = { type: "button", "data-test": test, title: title || null };
  return element("button", { class: `button ${look}`, text, attributes, onClick: () => act() });
}
