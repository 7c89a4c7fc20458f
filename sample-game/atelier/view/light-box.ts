import { element } from "../../shell/element.ts";
import type { Scale } from "../rules/scales.ts";
import { lightOf, MOODS, movedLight, type Light, type Mood } from "../rules/sun.ts";
import { Segments } from "./segments.ts";
import { SliderRow } from "./slider-row.ts";

const AZIMUTH: Scale<"azimuth"> = {
  name: "azimuth",
  label: "Direction",
  hint: "Where the light comes from; 0 is behind you",
  least: -180,
  most: 180,
  step: 1,
  say: (value) => `${Math.round(value)}°`,
};
const HEIGHT: Scale<"height"> = {
  ...AZIMUTH,
  name: "height",
  label: "Height",
  hint: "Of the light over the ground",
  least: 5,
  most: 85,
};

/** The light: its mood, a sun to drag, and the same as sliders. */
export class LightBox {
  readonly root: HTMLElement;
  readonly #moods: Segments<Mood>;
  readonly #azimuth: SliderRow;
  readonly #height: SliderRow;
  readonly #pad: HTMLElement;
  readonly #sun = element("i", { class: "sun" });
  #light: Light;

  constructor(light: Light, onChange: (light: Light) => void) {
    this.#light = light;
    const moods = Object.entries(MOODS).map(([mood, { name }]) => [mood as Mood, name] as const);
    this.#moods = new Segments("Light", moods, (mood) => onChange(lightOf(mood)));
    this.#azimuth = new SliderRow(AZIMUTH, 0, (azimuth) => onChange({ ...this.#light, azimuth: azimuth ?? 0 }));
    this.#height = new SliderRow(HEIGHT, 40, (height) => onChange({ ...this.#light, height: height ?? 40 }));
    // The sliders say the same to those who cannot see it.
    this.#pad = element("div", { class: "sun-pad", attributes: { "aria-hidden": "true" } }, this.#sun);
    const drag = (event: PointerEvent): void => {
      const box = this.#pad.getBoundingClientRect();
      const azimuth = 360 * Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) - 180;
      const height = 90 * Math.min(1, Math.max(0, (box.bottom - event.clientY) / box.height));
      onChange(movedLight({ ...this.#light, azimuth: Math.round(azimuth), height: Math.round(height) }, 0, 0));
    };
    this.#pad.addEventListener("pointerdown", (event) => {
      this.#pad.setPointerCapture(event.pointerId);
      drag(event);
    });
    this.#pad.addEventListener("pointermove", (event) => {
      if (this.#pad.hasPointerCapture(event.pointerId)) drag(event);
    });
    this.root = element(
      "div",
      { class: "light-box" },
      this.#moods.root,
      this.#pad,
      this.#azimuth.root,
      this.#height.root,
    );
    this.set(light);
  }

  set(light: Light): void {
    this.#light = light;
    this.#moods.choose(light.mood);
    this.#azimuth.set(Math.round(light.azimuth), lightOf(light.mood).azimuth);
    this.#height.set(Math.round(light.height), lightOf(light.mood).height);
    this.#pad.dataset["mood"] = light.mood;
    this.#sun.style.left = `${((light.azimuth + 180) / 3.6).toFixed(1)}%`;
    this.#sun.style.bottom = `${(light.height / 0.9).toFixed(1)}%`;
  }
}
