import { LitElement, css, html, type TemplateResult } from "lit";
import { controls } from "../looks/controls.ts";
import { PANEL_LIMITS, type Dock } from "../model/panel-state.ts";
import type { Studio } from "../model/studio.ts";

/** Pixels by which an arrow key moves the edge, with Shift the larger one. */
const STEP = 16;
const LARGE_STEP = 64;

/** The edge by which the panel is made larger or smaller: by mouse, finger or arrow keys. */
export class DockHandle extends LitElement {
  static override properties = { studio: { attribute: false }, dock: { reflect: true } };
  static override styles = [
    controls,
    css`
      :host {
        position: absolute;
        z-index: 2;
        touch-action: none;
      }
      :host([dock="right"]) {
        inset: 0 auto 0 -4px;
        width: 9px;
        cursor: ew-resize;
      }
      :host([dock="left"]) {
        inset: 0 -4px 0 auto;
        width: 9px;
        cursor: ew-resize;
      }
      :host([dock="bottom"]) {
        inset: -5px 0 auto;
        height: 14px;
        cursor: ns-resize;
      }
      [role="separator"] {
        display: grid;
        place-items: center;
        width: 100%;
        height: 100%;
        border-radius: 6px;
      }
      [role="separator"]::after {
        content: "";
        width: 3px;
        height: 36px;
        border-radius: 3px;
        background: transparent;
      }
      :host([dock="bottom"]) [role="separator"]::after {
        width: 40px;
        height: 4px;
        margin-top: 8px;
        background: var(--line-strong);
      }
      [role="separator"]:hover::after,
      [role="separator"]:focus-visible::after {
        background: var(--accent);
      }
      @media (pointer: coarse) {
        :host([dock="bottom"]) {
          inset: -22px 0 auto;
          height: 40px;
        }
      }
    `,
  ];
  declare studio: Studio;
  declare dock: Dock;

  override render(): TemplateResult {
    const { width, height } = this.studio.state;
    const flat = this.dock === "bottom";
    const [least, most] = flat ? PANEL_LIMITS.height.map((share) => share * 100) : PANEL_LIMITS.width;
    return html`<div
      role="separator"
      tabindex="0"
      aria-label="Size of the panel"
      aria-orientation=${flat ? "horizontal" : "vertical"}
      aria-valuemin=${least}
      aria-valuemax=${most}
      aria-valuenow=${Math.round(flat ? height * 100 : width)}
      aria-valuetext=${flat ? `${Math.round(height * 100)} % of the window` : `${Math.round(width)} pixels`}
      @pointerdown=${this.#grab}
      @pointermove=${this.#drag}
      @keydown=${this.#press}
    ></div>`;
  }

  #grab(event: PointerEvent): void {
    event.preventDefault();
    (event.target as HTMLElement).setPointerCapture(event.pointerId);
  }

  #drag(event: PointerEvent): void {
    if (!(event.target as HTMLElement).hasPointerCapture(event.pointerId)) return;
    if (this.dock === "bottom") this.#setHeight(1 - event.clientY / innerHeight);
    else this.#setWidth(this.dock === "left" ? event.clientX : innerWidth - event.clientX);
  }

  #press(event: KeyboardEvent): void {
    const growing = { right: "ArrowLeft", left: "ArrowRight", bottom: "ArrowUp" }[this.dock];
    const shrinking = { right: "ArrowRight", left: "ArrowLeft", bottom: "ArrowDown" }[this.dock];
    const sign = event.key === growing ? 1 : event.key === shrinking ? -1 : 0;
    if (sign === 0) return;
    event.preventDefault();
    const by = sign * (event.shiftKey ? LARGE_STEP : STEP);
    const { width, height } = this.studio.state;
    if (this.dock === "bottom") this.#setHeight(height + by / innerHeight);
    else this.#setWidth(width + by);
  }

  #setWidth(width: number): void {
    const [least, most] = PANEL_LIMITS.width;
    this.studio.setState({ width: Math.max(least, Math.min(most, innerWidth - 80, width)) });
  }

  #setHeight(height: number): void {
    const [least, most] = PANEL_LIMITS.height;
    this.studio.setState({ height: Math.max(least, Math.min(most, height)) });
  }
}
