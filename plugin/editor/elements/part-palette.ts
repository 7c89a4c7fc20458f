import { LitElement, css, html, type TemplateResult } from "lit";
import type { PartForm } from "../../index.ts";
import { controls } from "../looks/controls.ts";
import { partPictureStyle } from "../looks/part-picture-style.ts";
import { icon } from "../pictures/icon.ts";
import { partPicture } from "../pictures/part-picture.ts";

/** A button that opens a palette of parts, each with a picture and a hint. Tells `part-pick` with the form. */
export class PartPalette extends LitElement {
  static override properties = { forms: { attribute: false }, heading: {}, open: { state: true } };
  static override styles = [
    controls,
    partPictureStyle,
    css`
      .add {
        border-style: dashed;
        border-color: var(--line-strong);
        width: 100%;
        color: var(--accent);
        background: transparent;
      }
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(250px, 1fr));
        gap: 2px;
        margin: 6px 0 0;
        padding: 6px;
        list-style: none;
        border: 1px solid var(--line);
        border-radius: 10px;
        background: var(--surface);
      }
      li button {
        width: 100%;
        height: 100%;
        justify-content: start;
        gap: 10px;
        padding: 6px;
        text-align: left;
      }
      li span span {
        display: block;
      }
      strong {
        font-weight: 600;
      }
    `,
  ];
  declare forms: readonly PartForm[];
  /** What the button says, e.g. `"Add sensor"`. */
  declare heading: string;
  declare open: boolean;

  constructor() {
    super();
    this.forms = [];
    this.open = false;
  }

  override render(): TemplateResult {
    return html`
      <button class="add" aria-expanded=${this.open} @click=${() => (this.open = !this.open)} @keydown=${this.#press}>
        ${icon(this.open ? "close" : "add", 16)} ${this.open ? "Close the palette" : this.heading}
      </button>
      ${
        this.open
          ? html`<ul aria-label=${this.heading} @keydown=${this.#press}>
              ${this.forms.map(
                (form) =>
                  html`<li>
                    <button class="quiet" data-kind=${form.kind} @click=${() => this.#pick(form)}>
                      ${partPicture(form.kind)}
                      <span class="grow"
                        ><strong>${form.title}</strong> <span class="soft small">${form.hint}</span></span
                      >
                    </button>
                  </li>`,
              )}
            </ul>`
          : ""
      }
    `;
  }

  #press(event: KeyboardEvent): void {
    if (event.key !== "Escape" || !this.open) return;
    event.stopPropagation();
    this.#close();
  }

  #pick(form: PartForm): void {
    this.#close();
    this.dispatchEvent(new CustomEvent<PartForm>("part-pick", { detail: form }));
  }

  #close(): void {
    this.open = false;
    this.renderRoot.querySelector<HTMLElement>(".add")?.focus();
  }
}
