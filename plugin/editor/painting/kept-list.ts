import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import type { KeptMaterial } from "../../paint.ts";
import { controls } from "../looks/controls.ts";
import { Listening } from "../looks/listening.ts";
import { icon } from "../pictures/icon.ts";
import type { Painting } from "./painting.ts";

/** The materials that this browser keeps: put on the mesh by a click, or forgotten. */
export class KeptList extends LitElement {
  static override properties = { painting: { attribute: false } };
  static override styles = [
    controls,
    css`
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(150px, 1fr));
        gap: 4px 6px;
        max-height: 190px;
        margin: 6px -3px 0;
        padding: 3px;
        overflow-y: auto;
        list-style: none;
      }
      li {
        display: flex;
        align-items: center;
        gap: 2px;
      }
      .wear {
        flex: 1;
        min-width: 0;
        justify-content: start;
        gap: 8px;
        padding: 3px;
        font-size: var(--small);
      }
      p {
        margin-top: 6px;
      }
    `,
  ];
  declare painting: Painting;
  /** Which place the focus goes to after something was forgotten there. */
  #vacated: number | null = null;

  constructor() {
    super();
    new Listening(this, () => [this.painting.onChangeObservable, this.painting.kept.onChangeObservable]);
  }

  override render(): TemplateResult {
    const { shown, problem } = this.painting.kept;
    return html`<h3>Kept in this browser</h3>
      ${problem ? html`<p class="soft small">${problem}</p>` : nothing}
      <ul aria-label="Kept in this browser" ?hidden=${shown.length === 0}>
        ${shown.map((kept, index) => this.#item(kept, index))}
      </ul>`;
  }

  /** Keyboards go on where they were: what was forgotten has taken the focus with it. */
  override updated(): void {
    if (this.#vacated === null || this.shadowRoot!.activeElement !== null) return;
    const buttons = this.renderRoot.querySelectorAll<HTMLElement>(".forget");
    buttons[Math.min(this.#vacated, buttons.length - 1)]?.focus();
    this.#vacated = null;
  }

  #item(kept: KeptMaterial, index: number): TemplateResult {
    const { name, recipe, thumbnail } = kept;
    const { mesh } = this.painting;
    const facts = `${name}, seed ${recipe.seed}, ${recipe.width} × ${recipe.height} pixels`;
    const { size, pixels } = thumbnail;
    return html`<li>
      <button
        class="wear"
        aria-label=${`Kept: ${facts}`}
        title=${mesh ? `Put it on “${mesh.name}”: ${facts}` : facts}
        ?disabled=${!mesh}
        @click=${() => void this.painting.wearKept(kept)}
      >
        <bns-pixel-face small .face=${{ width: size, height: size, pixels }}></bns-pixel-face>
        <span class="cut">${name}</span>
      </button>
      <button
        class="icon quiet forget"
        aria-label=${`Forget ${name}`}
        title="Forget it"
        @click=${() => this.#forget(kept, index)}
      >
        ${icon("close", 16)}
      </button>
    </li>`;
  }

  #forget(kept: KeptMaterial, index: number): void {
    this.#vacated = index;
    this.painting.kept.forget(kept);
  }
}
