import { LitElement, css, html, type TemplateResult } from "lit";
import { controls } from "../looks/controls.ts";
import { Listening } from "../looks/listening.ts";
import { className } from "./paint-wish.ts";
import type { Painting } from "./painting.ts";
import { roveRadios } from "./rove-radios.ts";

/** The classes of material as pictures, of which one is chosen: by arrow keys, or a click. */
export class ClassGrid extends LitElement {
  static override properties = { painting: { attribute: false } };
  static override styles = [
    controls,
    css`
      [role="radiogroup"] {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(60px, 1fr));
        gap: 4px;
      }
      button {
        flex-direction: column;
        justify-content: start;
        gap: 3px;
        padding: 4px;
        border-color: transparent;
        background: transparent;
        font-size: var(--small);
        line-height: 1.2;
      }
      button[aria-checked="true"] {
        border-color: var(--accent);
        background: var(--accent-soft);
        color: var(--accent);
        font-weight: 600;
      }
      bns-pixel-face {
        width: 100%;
        aspect-ratio: 1;
      }
    `,
  ];
  declare painting: Painting;

  constructor() {
    super();
    new Listening(this, () => [this.painting.onChangeObservable]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.painting.paintFaces();
  }

  override render(): TemplateResult {
    const { painting } = this;
    const { source, material } = painting.wish;
    const classes = painting.tools.MATERIAL_CLASSES;
    return html`<div role="radiogroup" aria-label="Class of material" @keydown=${roveRadios}>
      ${classes.map(({ name, describe }, index) => {
        const chosen = source === "class" && material === name;
        const isEntry = chosen || (source !== "class" && index === 0);
        return html`<button
          role="radio"
          data-class=${name}
          aria-checked=${chosen}
          tabindex=${isEntry ? 0 : -1}
          title=${describe}
          @click=${() => painting.chooseClass(name)}
        >
          <bns-pixel-face .face=${painting.faces.of(name)}></bns-pixel-face>
          ${className(name)}
        </button>`;
      })}
    </div>`;
  }
}
