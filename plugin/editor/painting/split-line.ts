import { LitElement, css, html, type TemplateResult } from "lit";
import { SplitSlider } from "./split-slider.ts";
import type { Painting } from "./painting.ts";

/** The line across the scene's picture, between what the mesh wore and what it wears. It lies over the page, wherever it hangs. */
export class SplitLine extends LitElement {
  static override properties = { painting: { attribute: false } };
  static override styles = css`
    :host {
      position: fixed;
      width: auto;
      height: auto;
      margin: 0;
      padding: 0;
      border: 0;
      overflow: visible;
      background: none;
      pointer-events: none;
    }
    /* There is nothing to divide while only the earlier material is shown. */
    :host([held]) {
      opacity: 0;
    }
    .picture {
      position: absolute;
      inset: 0;
    }
    .line {
      position: absolute;
      top: 0;
      bottom: 0;
      width: 28px;
      margin-left: -14px;
      cursor: ew-resize;
      touch-action: none;
      pointer-events: auto;
      outline: none;
    }
    .line::before {
      content: "";
      position: absolute;
      inset: 0 13px;
      background: var(--raised);
      box-shadow: 0 0 0 1px var(--line-strong);
    }
    i {
      position: absolute;
      top: calc(50% - 22px);
      left: 0;
      width: 28px;
      height: 44px;
      border: 1px solid var(--line-strong);
      border-radius: 14px;
      background: var(--raised);
      box-shadow: var(--shadow);
    }
    .line:focus-visible i {
      outline: 2px solid var(--accent);
      outline-offset: 2px;
    }
    span {
      position: absolute;
      top: 12px;
      padding: 2px 9px;
      border-radius: 99px;
      background: var(--raised);
      color: var(--ink);
      font-size: var(--small);
      white-space: nowrap;
      box-shadow: var(--shadow);
    }
    .before {
      right: 24px;
    }
    .after {
      left: 24px;
    }
  `;
  declare painting: Painting;
  #slider: SplitSlider | null = null;
  readonly #sizes = new ResizeObserver(() => this.#cover());

  override connectedCallback(): void {
    super.connectedCallback();
    // The page's top layer: whatever the panel is cut or shifted by does not matter there.
    this.popover = "manual";
    this.showPopover();
    this.#sizes.observe(this);
    if (this.#canvas) this.#sizes.observe(this.#canvas);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes.disconnect();
  }

  override render(): TemplateResult {
    return html`<div class="picture">
      <div class="line"><span class="before">Before</span><i></i><span class="after">After</span></div>
    </div>`;
  }

  override firstUpdated(): void {
    const line = this.renderRoot.querySelector<HTMLElement>(".line")!;
    this.#slider = new SplitSlider(line, (at) => this.#move(at));
    this.#slider.set(0.5);
  }

  get #canvas(): HTMLCanvasElement | null {
    return this.painting.studio.scene.getEngine().getRenderingCanvas();
  }

  /** Covers the part of the scene's canvas that the panel leaves free. */
  #cover(): void {
    if (!this.#canvas || !this.#slider) return;
    const { left, top, right, bottom } = this.#canvas.getBoundingClientRect();
    const beside = (side: string, pixels: number): string => `max(${pixels}px, var(--neural-studio-${side}, 0px))`;
    const { clientWidth, clientHeight } = document.documentElement;
    this.style.top = `${Math.max(0, top)}px`;
    this.style.left = beside("left", left);
    this.style.right = beside("right", clientWidth - right);
    this.style.bottom = beside("bottom", clientHeight - bottom);
    this.#slider.set(this.#slider.at);
  }

  #move(at: number): void {
    if (!this.#canvas) return;
    const own = this.getBoundingClientRect();
    const { left, width } = this.#canvas.getBoundingClientRect();
    this.painting.comparison.moveLine((own.left + at * own.width - left) / width);
  }
}
