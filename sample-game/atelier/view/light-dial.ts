import { element, setText } from "../../shell/element.ts";
import { degreesOf, directionOf, sayLight, type PictureLight } from "../rules/picture-light.ts";
import { Segments } from "./segments.ts";

/** Where the dial begins once somebody takes hold of it: most photographs have their light from there. */
const USUAL = 135;
/** Degrees of each key. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: 5,
  ArrowUp: 5,
  ArrowRight: -5,
  ArrowDown: -5,
  PageUp: 45,
  PageDown: -45,
};

/** From where the light of a picture comes: found, from everywhere, or a direction that is dragged or moved by arrow keys. */
export class LightDial {
  readonly root: HTMLElement;
  readonly #segments: Segments<"find" | "shade" | "side">;
  readonly #dial: HTMLElement;
  readonly #said = element("output");
  readonly #onChange: (light: PictureLight) => void;
  #degrees = USUAL;

  /** @param onChange - Called while it moves. */
  constructor(onChange: (light: PictureLight) => void) {
    this.#onChange = onChange;
    this.#segments = new Segments(
      "Light comes from",
      [
        ["find", "Find it", "Tries eight directions, and keeps the one that makes most sense"],
        ["shade", "Shade", "From everywhere, as under clouds"],
        ["side", "A side", "From where you say"],
      ],
      (choice) => onChange(choice === "side" ? directionOf(this.#degrees) : choice),
    );
    this.#dial = element(
      "div",
      {
        class: "light-dial",
        attributes: {
          role: "slider",
          tabindex: "0",
          "aria-label": "Direction of the light",
          "aria-valuemin": "0",
          "aria-valuemax": "359",
          "data-name": "light",
        },
      },
      element("i"),
    );
    this.#dial.addEventListener("pointerdown", (event) => {
      this.#dial.setPointerCapture(event.pointerId);
      this.#drag(event);
    });
    this.#dial.addEventListener("pointermove", (event) => {
      if (this.#dial.hasPointerCapture(event.pointerId)) this.#drag(event);
    });
    this.#dial.addEventListener("keydown", (event) => {
      const step = event.key === "Home" ? -this.#degrees : STEPS[event.key];
      if (step === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      this.#onChange(directionOf(this.#degrees + step));
    });
    this.root = element(
      "div",
      { class: "light-row" },
      element("span", { text: "Light comes from" }),
      this.#said,
      this.#segments.root,
      this.#dial,
    );
  }

  set(light: PictureLight): void {
    const isSide = typeof light === "object";
    if (isSide) this.#degrees = degreesOf(light);
    this.#segments.choose(isSide ? "side" : light);
    this.root.classList.toggle("auto", !isSide);
    const said = sayLight(light);
    setText(this.#said, said);
    this.#dial.setAttribute("aria-valuenow", String(this.#degrees));
    this.#dial.setAttribute("aria-valuetext", said);
    this.#dial.style.setProperty("--turn", `${-this.#degrees}deg`);
  }

  #drag({ clientX, clientY }: PointerEvent): void {
    const { left, top, width, height } = this.#dial.getBoundingClientRect();
    const [right, up] = [clientX - (left + width / 2), top + height / 2 - clientY];
    // In the very middle there is no direction.
    if (Math.hypot(right, up) > 2) this.#onChange(directionOf((Math.atan2(up, right) * 180) / Math.PI));
  }
}
