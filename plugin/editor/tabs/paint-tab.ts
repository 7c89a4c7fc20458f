import { LitElement, css, html, type TemplateResult } from "lit";
import { controls } from "../looks/controls.ts";
import { messageOf, type Studio } from "../model/studio.ts";
import type { Painting } from "../painting/painting.ts";
import { icon } from "../pictures/icon.ts";

/** Painting the selected mesh. What is in it comes when it is first opened, so that a page without it loads nothing of painting. */
export class PaintTab extends LitElement {
  static override properties = { studio: { attribute: false }, painting: { state: true }, problem: { state: true } };
  static override styles = [
    controls,
    css`
      .problem {
        margin-bottom: 10px;
      }
    `,
  ];
  declare studio: Studio;
  declare painting: Painting | null;
  declare problem: string;

  constructor() {
    super();
    this.painting = null;
    this.problem = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  override render(): TemplateResult {
    if (this.painting) return html`<bns-paint-desk .painting=${this.painting}></bns-paint-desk>`;
    if (!this.problem) return html`<p class="empty" role="status">Getting the brushes…</p>`;
    return html`<p class="problem" role="alert">${this.problem}</p>
      <button @click=${() => void this.#load()}>${icon("reset", 16)} Try again</button>`;
  }

  async #load(): Promise<void> {
    this.problem = "";
    try {
      const { openPainting } = await import("../painting/open-painting.ts");
      this.painting = await openPainting(this.studio);
    } catch (error) {
      this.problem = `Painting could not be loaded: ${messageOf(error)}`;
    }
  }
}
