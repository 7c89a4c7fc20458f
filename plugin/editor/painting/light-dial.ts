import { LitElement, css, html, type PropertyValues, type TemplateResult } from "lit";
import type { PictureLight } from "../../paint.ts";
import { controls } from "../looks/controls.ts";
import type { Choice } from "./choice-bar.ts";
import { degreesOf, directionOf, sayLight } from "./light-words.ts";

/** Where the dial begins once somebody takes hold of it, in degrees: most photographs have their light from there. */
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

const CHOICES: readonly Choice[] = [
  { value: "find", title: "Find it", hint: "The network tells it from bright and dark sides" },
  { value: "shade", title: "Shade", hint: "From everywhere, as under clouds" },
  { value: "side", title: "A side", hint: "From where you say" },
];

/**
 * From where the light of a picture comes: found, from everywhere, or a direction that is dragged or moved by arrow keys.
 * `<bns-light-dial>`; tells `light-change` while it moves, with a `PictureLight` as its detail.
 */
export class LightDial extends LitElement {
  static override properties = { light: { attribute: false } };
  static override styles = [
    controls,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 4px 12px;
        align-items: center;
      }
      .head {
        grid-column: 1 / -1;
        display: flex;
        flex-wrap: wrap;
        gap: 0 10px;
        min-height: 24px;
        align-items: center;
        justify-content: space-between;
      }
      .head span {
        font-weight: 500;
      }
      .dial {
        position: relative;
        width: 44px;
        height: 44px;
        border: 1.5px solid var(--line-strong);
        border-radius: 50%;
        background: var(--sunken);
        cursor: grab;
        touch-action: none;
      }
      .dial i {
        position: absolute;
        inset: 13px;
        border-radius: 50%;
        background: var(--ink-soft);
        opacity: 0.5;
        pointer-events: none;
      }
      .dial.side i {
        background: #ffc867;
        box-shadow:
          0 0 0 1.5px #8a5700,
          0 0 10px 3px rgb(255 190 90 / 60%);
        opacity: 1;
      }
    `,
  ];
  declare light: PictureLight;
  #degrees = USUAL;

  constructor() {
    super();
    this.light = "find";
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has("light") && typeof this.light === "object") this.#degrees = degreesOf(this.light);
  }

  override render(): TemplateResult {
    const isSide = typeof this.light === "object";
    const said = sayLight(this.light);
    return html`<div class="head"><span>Light comes from</span><output class="soft small number">${said}</output></div>
      <bns-choice-bar
        label="Light comes from"
        .choices=${CHOICES}
        .value=${typeof this.light === "object" ? "side" : this.light}
        @choose=${({ detail }: CustomEvent<"find" | "shade" | "side">) =>
          this.#tell(detail === "side" ? directionOf(this.#degrees) : detail)}
      ></bns-choice-bar>
      <div
        class=${isSide ? "dial side" : "dial"}
        role="slider"
        tabindex="0"
        aria-label="Direction of the light"
        aria-valuemin="0"
        aria-valuemax="359"
        aria-valuenow=${this.#degrees}
        aria-valuetext=${said}
        @pointerdown=${this.#grab}
        @pointermove=${this.#drag}
        @keydown=${this.#press}
      >
        <i style=${`transform: rotate(${-this.#degrees}deg) translateX(15px)`}></i>
      </div>`;
  }

  #tell(light: PictureLight): void {
    this.dispatchEvent(new CustomEvent<PictureLight>("light-change", { detail: light }));
  }

  #grab(event: PointerEvent): void {
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.#turnTo(event);
  }

  #drag(event: PointerEvent): void {
    if ((event.currentTarget as HTMLElement).hasPointerCapture(event.pointerId)) this.#turnTo(event);
  }

  #turnTo({ currentTarget, clientX, clientY }: PointerEvent): void {
    const { left, top, width, height } = (currentTarget as HTMLElement).getBoundingClientRect();
    const [right, up] = [clientX - (left + width / 2), top + height / 2 - clientY];
    // In the very middle there is no direction.
    if (Math.hypot(right, up) > 2) this.#tell(directionOf((Math.atan2(up, right) * 180) / Math.PI));
  }

  #press(event: KeyboardEvent): void {
    const step = event.key === "Home" ? -this.#degrees : STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.#tell(directionOf(this.#degrees + step));
  }
}
