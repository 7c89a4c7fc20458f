import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import type { MapName } from "../../paint.ts";
import { controls } from "../looks/controls.ts";
import { Listening } from "../looks/listening.ts";
import { icon } from "../pictures/icon.ts";
import type { Painting } from "./painting.ts";

const MAPS: readonly (readonly [MapName, string])[] = [
  ["albedo", "Albedo"],
  ["normal", "Normal"],
  ["roughness", "Rough"],
  ["metallic", "Metal"],
  ["height", "Height"],
  ["occlusion", "AO"],
];

/** Ways to take the material along that the mesh wears: a zip, one map, or its recipe. Opens below its button. */
export class ExportMenu extends LitElement {
  static override properties = { painting: { attribute: false }, isOpen: { state: true } };
  static override styles = [
    controls,
    css`
      :host {
        position: relative;
      }
      .menu {
        position: absolute;
        z-index: 2;
        inset: calc(100% + 4px) 0 auto auto;
        width: 232px;
        display: grid;
        gap: 2px;
        padding: 8px;
        border: 1px solid var(--line);
        border-radius: 10px;
        background: var(--raised);
        box-shadow: var(--shadow);
      }
      .menu > button {
        justify-content: space-between;
      }
      p {
        padding: 8px 4px 2px;
      }
      .maps {
        display: grid;
        grid-template-columns: repeat(3, 1fr);
        gap: 4px;
      }
      .maps button {
        padding: 4px;
      }
    `,
  ];
  declare painting: Painting;
  declare isOpen: boolean;
  readonly #onAway = (event: Event): void => {
    if (!event.composedPath().includes(this)) this.isOpen = false;
  };

  constructor() {
    super();
    this.isOpen = false;
    new Listening(this, () => [this.painting.onChangeObservable]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("pointerdown", this.#onAway, true);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("pointerdown", this.#onAway, true);
  }

  override render(): TemplateResult {
    const isOpen = this.isOpen && this.painting.worn !== null;
    return html`<div @keydown=${this.#press}>
      <button
        id="opener"
        aria-expanded=${isOpen}
        title="Save its maps or its recipe"
        data-test="export"
        ?disabled=${!this.painting.worn}
        @click=${() => (this.isOpen = !this.isOpen)}
      >
        ${icon("download", 16)} Export
      </button>
      ${isOpen ? this.#menu() : nothing}
    </div>`;
  }

  #menu(): TemplateResult {
    const { painting } = this;
    return html`<div class="menu" role="group" aria-label="Export">
      ${this.#item("All maps", "zip", "export-zip", () => void painting.exports.saveZip("opengl"))}
      ${this.#item("All maps for DirectX", "zip", "export-directx", () => void painting.exports.saveZip("directx"))}
      ${this.#item("Recipe", "copies text", "copy-recipe", () => void painting.exports.copyRecipe())}
      <p class="soft small">One map as PNG</p>
      <div class="maps">
        ${MAPS.map(
          ([map, title]) =>
            html`<button data-map=${map} @click=${() => this.#pick(() => void painting.exports.saveMap(map))}>
              ${title}
            </button>`,
        )}
      </div>
    </div>`;
  }

  #item(title: string, hint: string, test: string, act: () => void): TemplateResult {
    return html`<button class="quiet" data-test=${test} @click=${() => this.#pick(act)}>
      <span>${title}</span><span class="soft small">${hint}</span>
    </button>`;
  }

  #pick(act: () => void): void {
    this.#close();
    act();
  }

  #press(event: KeyboardEvent): void {
    if (event.key !== "Escape" || !this.isOpen) return;
    event.stopPropagation();
    this.#close();
  }

  #close(): void {
    this.isOpen = false;
    this.renderRoot.querySelector<HTMLElement>("#opener")?.focus();
  }
}
