import { LitElement, css, html, type TemplateResult } from "lit";
import { controls } from "../looks/controls.ts";
import { Listening } from "../looks/listening.ts";
import type { Painting } from "./painting.ts";

/** The last materials that were painted, to go back to or to put on another mesh. */
export class MaterialStrip extends LitElement {
  static override properties = { painting: { attribute: false } };
  static override styles = [
    controls,
    css`
      ul {
        display: flex;
        gap: 6px;
        margin: 6px 0 0;
        padding: 3px;
        overflow-x: auto;
        list-style: none;
      }
      button {
        padding: 3px;
      }
      button[aria-pressed="true"] {
        border-color: var(--accent);
      }
    `,
  ];
  declare painting: Painting;

  constructor() {
    super();
    new Listening(this, () => [this.painting.onChangeObservable]);
  }

  override render(): TemplateResult {
    const { rack, worn, mesh } = this.painting;
    return html`<h3>Painted so far</h3>
      <ul aria-label="Painted so far">
        ${rack.shown.map((made) => {
          const { recipe } = made.painted;
          const label = `${made.name}, seed ${recipe.seed}, ${recipe.width} × ${recipe.height} pixels`;
          return html`<li>
            <button
              aria-label=${label}
              title=${label}
              aria-pressed=${made === worn}
              ?disabled=${!mesh}
              @click=${() => this.painting.wear(made)}
            >
              <bns-pixel-face small .face=${made.face}></bns-pixel-face>
            </button>
          </li>`;
        })}
      </ul>`;
  }
}
