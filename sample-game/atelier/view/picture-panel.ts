import { loadPictureControls } from "../../../plugin/editor.ts";
import type { ExampleWish, PictureLight } from "../../../plugin/paint.ts";
import { element } from "../../shell/element.ts";
import { atelierConfig } from "../rules/config.ts";
import { EXAMPLE_SCALES, type ExampleNumber } from "../rules/scales.ts";
import { icon } from "./icons.ts";
import { PictureList, type PictureListActions } from "./picture-list.ts";
import { Segments } from "./segments.ts";
import { SliderRow } from "./slider-row.ts";

/** What the buttons of the picture path do. */
export interface PictureActions extends PictureListActions {
  change(example: ExampleWish, what: string): void;
  chooseFiles(): void;
  editRegion(): void;
  editGuide(): void;
}

/** Pictures to paint from, and what becomes of them. */
export class PicturePanel {
  readonly root: HTMLElement;
  readonly #list: PictureList;
  readonly #samples: HTMLElement;
  readonly #empty: HTMLElement;
  readonly #settings: HTMLElement;
  readonly #add: HTMLElement;
  readonly #layout: Segments<ExampleWish["layout"]>;
  readonly #quality: Segments<ExampleWish["quality"]>;
  readonly #maps: Segments<ExampleWish["maps"]>;
  readonly #sliders = new Map<ExampleNumber, SliderRow>();
  readonly #even = element("input", { attributes: { type: "checkbox", "data-name": "evenLight" } });
  readonly #light = element("div", { class: "light-place" });
  readonly #region: HTMLButtonElement;
  readonly #guide: HTMLButtonElement;
  readonly #note = element("p", { class: "note", attributes: { "data-test": "estimate-note" } });
  readonly #actions: PictureActions;
  #example: ExampleWish;

  constructor(example: ExampleWish, actions: PictureActions) {
    this.#actions = actions;
    this.#example = example;
    const set = (part: Partial<ExampleWish>, what: string): void => actions.change({ ...this.#example, ...part }, what);
    this.#list = new PictureList(actions);
    this.#samples = element("div", { class: "samples", attributes: { role: "group", "aria-label": "Samples" } });
    const choose = (text: string, look: string): HTMLElement =>
      element(
        "button",
        { class: `button ${look}`, attributes: { type: "button" }, onClick: () => actions.chooseFiles() },
        icon("file"),
        text,
      );
    this.#empty = element(
      "div",
      { class: "drop-zone" },
      element("p", { class: "for-mouse", text: "Drop a photograph or a texture here, or paste one." }),
      element("p", { class: "for-finger", text: "Take a photograph or a texture of a surface." }),
      choose("Choose a picture", ""),
      element("p", { class: "hint", text: "It stays on this device." }),
      element("p", { class: "caption", text: "Or try one of these" }),
      this.#samples,
    );
    this.#add = choose("Add another", "quiet small");
    this.#layout = new Segments(
      "Layout",
      [
        ["new", "New", "Invents another arrangement, seamless and of any size"],
        ["kept", "Keep", "Keeps the picture as it lies and closes its edges"],
        ["maps", "As it is", "Leaves the picture untouched and estimates its maps"],
      ],
      (layout) => set({ layout }, "Layout"),
      true,
    );
    this.#quality = new Segments(
      "Quality",
      [
        ["fast", "Fast"],
        ["good", "Good"],
        ["best", "Best"],
      ],
      (quality) => set({ quality }, "Quality"),
      true,
    );
    this.#maps = new Segments(
      "Other maps",
      [
        ["estimated", "Estimate", "Height and roughness are guessed from the picture"],
        ["flat", "Flat", "Height and roughness are the same everywhere"],
      ],
      (maps) => set({ maps }, "Other maps"),
      true,
    );
    for (const scale of EXAMPLE_SCALES) {
      const { name, label } = scale;
      this.#sliders.set(name, new SliderRow(scale, null, (value) => set({ [name]: value }, label)));
    }
    this.#even.addEventListener("change", () => set({ evenLight: this.#even.checked }, "Even light"));
    const brush = (text: string, title: string, act: () => void): HTMLButtonElement =>
      element(
        "button",
        { class: "button small", attributes: { type: "button", title }, onClick: act },
        icon("brush"),
        text,
      );
    this.#region = brush("Repair a spot…", "Paint over what is to be made anew; the rest stays", () =>
      actions.editRegion(),
    );
    this.#guide = brush("Guide…", "Paint what is what, and where it shall go", () => actions.editGuide());
    this.#settings = element(
      "div",
      { class: "picture-settings" },
      this.#layout.root,
      this.#quality.root,
      this.#maps.root,
      ...[...this.#sliders.values()].map(({ root }) => root),
      element(
        "label",
        {
          class: "check-row",
          attributes: { title: "Takes light and shade that are in the photograph out of the colour" },
        },
        this.#even,
        element("span", { text: "Take shadows out of the colour" }),
      ),
      this.#light,
      element("div", { class: "row" }, this.#region, this.#guide),
      this.#note,
    );
    this.root = element("div", { class: "picture-panel" }, this.#empty, this.#list.root, this.#add, this.#settings);
  }

  /** Hangs a sample that was made here into the empty panel. */
  addSample(name: string, picture: HTMLElement, onPick: () => void): void {
    const button = element(
      "button",
      {
        class: "tile",
        attributes: { type: "button", "aria-label": name, title: name, "data-sample": name },
        onClick: onPick,
      },
      element("span", { class: "tile-face" }, picture),
    );
    this.#samples.append(button);
  }

  set(example: ExampleWish): void {
    this.#example = example;
    const { pictures, layout, quality, maps, evenLight, region, guide } = example;
    const isEmpty = pictures.length === 0;
    this.#empty.hidden = !isEmpty;
    this.#settings.hidden = isEmpty;
    this.#add.hidden = isEmpty || pictures.length >= atelierConfig.mostPictures || layout === "maps";
    this.#list.set(pictures, layout);
    this.#layout.choose(layout);
    this.#quality.choose(quality);
    this.#maps.choose(maps);
    this.#quality.root.hidden = layout === "maps";
    this.#maps.root.hidden = layout === "maps";
    for (const [name, slider] of this.#sliders) slider.set(example[name]);
    this.#sliders.get("regularity")!.root.hidden = layout === "maps";
    this.#even.checked = evenLight;
    this.#region.hidden = layout !== "kept" || pictures.length !== 1;
    this.#guide.hidden = layout !== "new";
    this.#region.classList.toggle("set", region !== null);
    this.#guide.classList.toggle("set", guide !== null);
    if (!isEmpty) void this.#showLight();
    const isGuessed = layout === "maps" || maps === "estimated";
    this.#light.hidden = !isGuessed;
    this.#note.textContent = isGuessed
      ? "Height, roughness and even-lit colour are an estimate by a small network."
      : "Height and roughness are flat; only the colour is from the picture.";
  }

  /** The dial comes with the first picture: a room without pictures needs none. */
  async #showLight(): Promise<void> {
    const { createLightDial } = await loadPictureControls();
    let [dial] = this.#light.children as unknown as ReturnType<typeof createLightDial>[];
    if (!dial) {
      dial = createLightDial();
      dial.addEventListener("light-change", (event) => {
        const { detail: light } = event as CustomEvent<PictureLight>;
        this.#actions.change({ ...this.#example, light }, "Light");
      });
      this.#light.append(dial);
    }
    dial.light = this.#example.light;
  }
}
