import { PAINT_KEYS } from "../../../plugin/editor.ts";
import { element, setText } from "../../shell/element.ts";
import {
  canDo,
  NOISE_SCALE,
  sayHole,
  SCRATCH_SCALE,
  wouldRepeat,
  type MendDeed,
  type MendSettings,
  type MendStep,
  type MendTool,
} from "../rules/mending.ts";
import { icon } from "./icons.ts";
import { MendSource, type MendSourceActions } from "./mend-source.ts";
import { SeedField } from "./seed-field.ts";
import { Segments } from "./segments.ts";
import { SliderRow } from "./slider-row.ts";

/** What can be done about a picture. */
export interface MendActions extends MendSourceActions {
  change(part: Partial<MendSettings>): void;
  rollSeed(): void;
  clear(): void;
  run(deed: MendDeed): void;
  /** Looks for the networks again. */
  forgive(): void;
  /** Paints a material from the picture. @param asItIs - Whether its colours stay as they are; a new arrangement otherwise. */
  use(asItIs: boolean): void;
  save(): void;
}

/** What the panel shows besides the step and what is set. */
export interface MendState {
  readonly isWorking: boolean;
  /** Whether it is on its way to the bench or to a file. */
  readonly isBusy: boolean;
  readonly hasBench: boolean;
  /** Why a tool's network cannot be had; null where it can, or where nobody has tried. */
  readonly lack: string | null;
}

const TOOLS: readonly (readonly [MendTool, string, string])[] = [
  ["clean", "Clean", "A network takes noise out, such as a dim photograph has."],
  ["scratch", "Scratch out", "Scratch out what should go. Fill smooths it over; Grow anew lets the rest grow in."],
  ["code", "Code", "A network keeps the picture in few numbers. See what gets lost."],
];

/** The panel for mending: where the picture comes from, the tools, and what becomes of it. */
export class MendPanel {
  readonly root: HTMLElement;
  /** The lower edge. */
  readonly order: HTMLElement;
  readonly #source: MendSource;
  readonly #tool: Segments<MendTool>;
  readonly #hint = element("p", { class: "hint" });
  readonly #parts: ReadonlyMap<MendTool, HTMLElement>;
  readonly #finds: Segments<"found" | "told">;
  readonly #noise: SliderRow;
  readonly #brushWay: Segments<"scratch" | "back">;
  readonly #brush: SliderRow;
  readonly #count = element("p", { class: "hint", attributes: { role: "status", "data-test": "mend-hole" } });
  readonly #clear: HTMLButtonElement;
  readonly #seed: SeedField;
  readonly #dice: HTMLButtonElement;
  readonly #lock: HTMLButtonElement;
  readonly #deeds: ReadonlyMap<MendDeed, HTMLButtonElement>;
  readonly #note = element("p", { class: "mend-note", attributes: { role: "status", "data-test": "mend-note" } });
  readonly #lackText = element("span");
  readonly #lack: HTMLElement;
  readonly #tools: HTMLElement;
  readonly #uses: readonly HTMLButtonElement[];

  constructor(actions: MendActions) {
    this.#source = new MendSource(actions);
    this.#tool = new Segments("Tool", TOOLS, (tool) => actions.change({ tool }));
    this.#finds = new Segments(
      "Noise",
      [
        ["found", "Find it", "The noise is told from the picture"],
        ["told", "Tell it", "You say how strong the noise is"],
      ],
      (way) => actions.change({ findsNoise: way === "found" }),
      true,
    );
    this.#noise = new SliderRow(NOISE_SCALE, 0.1, (noise) => actions.change({ noise: noise ?? 0.1 }));
    this.#brushWay = new Segments(
      "What the brush does",
      [
        ["scratch", "Scratch", "The brush scratches out"],
        ["back", "Take back", "The brush brings back what was scratched out"],
      ],
      (way) => actions.change({ takesBack: way === "back" }),
    );
    this.#brush = new SliderRow(SCRATCH_SCALE, 0.08, (brush) => actions.change({ brush: brush ?? 0.08 }));
    this.#clear = button("Clear", "mend-clear", "small", "Brings everything back that is scratched out", actions.clear);
    this.#seed = new SeedField((seed) => actions.change({ seed }));
    this.#dice = button("", "mend-dice", "round", `Roll another seed (${PAINT_KEYS.rollSeed})`, actions.rollSeed);
    this.#dice.setAttribute("aria-label", "Roll another seed");
    this.#dice.append(icon("dice"));
    this.#lock = button("", "mend-lock", "round quiet", "", () =>
      actions.change({ isLocked: this.#lock.getAttribute("aria-pressed") !== "true" }),
    );
    this.#lock.setAttribute("aria-label", "Lock the seed");
    const deed = (text: string, name: MendDeed, title: string): [MendDeed, HTMLButtonElement] => [
      name,
      button(text, `mend-${name}`, "primary", title, () => actions.run(name)),
    ];
    this.#deeds = new Map([
      deed("Clean", "clean", `Takes the noise out (${PAINT_KEYS.paint})`),
      deed("Fill", "fill", "Fills scratches and small holes by what the network expects there"),
      deed("Grow anew", "grow", `Lets the rest of the texture grow in (${PAINT_KEYS.paint})`),
      deed("Show what it keeps", "code", `Makes the picture from its code (${PAINT_KEYS.paint})`),
    ]);
    this.#deeds.get("fill")!.classList.remove("primary");
    this.#parts = this.#buildParts();
    const again = button("Try again", "mend-again", "small", "Looks for the network once more", actions.forgive);
    this.#lack = element(
      "div",
      { class: "mend-lack", attributes: { role: "alert", hidden: "" } },
      this.#lackText,
      again,
    );
    this.#tools = element(
      "section",
      { class: "mend-tools", attributes: { "aria-label": "Tools for the picture" } },
      this.#tool.root,
      this.#hint,
      ...this.#parts.values(),
      this.#lack,
      this.#note,
    );
    this.root = element("div", { class: "mend-panel" }, this.#source.root, this.#tools);
    this.#uses = [
      button("On the bench", "mend-use", "primary", "Makes a material that has these colours", () => actions.use(true)),
      button("As example", "mend-example", "", "Paints another material like this picture", () => actions.use(false)),
      button("Save", "mend-save", "", "Saves the picture as a PNG file", actions.save),
    ];
    this.order = element("footer", { class: "order-row mend-order" }, ...this.#uses);
  }

  set(step: MendStep | null, settings: MendSettings, { isWorking, isBusy, hasBench, lack }: MendState): void {
    const { tool, findsNoise, noise, seed, isLocked, brush, takesBack } = settings;
    this.#source.set(step, { hasBench, isLocked: isWorking || isBusy });
    this.#tools.hidden = step === null;
    for (const each of this.#uses) each.disabled = step === null || isWorking || isBusy;
    this.#tool.choose(tool);
    setText(this.#hint, TOOLS.find(([each]) => each === tool)![2]);
    for (const [each, part] of this.#parts) part.hidden = each !== tool;
    this.#finds.choose(findsNoise ? "found" : "told");
    this.#noise.root.hidden = findsNoise;
    this.#noise.set(noise);
    this.#brushWay.choose(takesBack ? "back" : "scratch");
    this.#brush.set(brush);
    this.#seed.set(seed);
    this.#showLock(isLocked);
    setText(this.#lackText, lack ?? "");
    this.#lack.hidden = lack === null;
    for (const [deed, each] of this.#deeds) each.disabled = isWorking || isBusy || lack !== null || !canDo(step, deed);
    if (!step) return;
    this.#clear.disabled = isWorking || isBusy || !step.hole.inside.includes(1);
    setText(this.#count, `${sayHole(step.hole)}.`);
    setText(this.#deeds.get("grow")!, wouldRepeat(step, settings) ? "Grow another" : "Grow anew");
    setText(this.#note, step.made?.note ?? "");
  }

  #buildParts(): ReadonlyMap<MendTool, HTMLElement> {
    const part = (...children: Node[]): HTMLElement => element("div", { class: "mend-part" }, ...children);
    const deed = (name: MendDeed): HTMLElement => this.#deeds.get(name)!;
    return new Map<MendTool, HTMLElement>([
      ["clean", part(this.#finds.root, this.#noise.root, deed("clean"))],
      [
        "scratch",
        part(
          this.#brushWay.root,
          this.#brush.root,
          element("div", { class: "row" }, this.#count, this.#clear),
          element("div", { class: "seed-row" }, this.#seed.root, this.#lock, this.#dice),
          element("div", { class: "row" }, deed("fill"), deed("grow")),
        ),
      ],
      ["code", part(deed("code"))],
    ]);
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

function button(text: string, test: string, look: string, title: string, act: () => void): HTMLButtonElement {
  const attributes = { type: "button", "data-test": test, title };
  return element("button", { class: `button ${look}`, text, attributes, onClick: () => act() });
}
