import { LitElement, css, html, type TemplateResult } from "lit";
import { controls } from "../looks/controls.ts";
import { roveRadios } from "./rove-radios.ts";

/** One of the words of a bar. */
export interface Choice {
  readonly value: string;
  readonly title: string;
  /** One sentence. */
  readonly hint?: string;
}

/** One of a few words, joined to a bar; chosen by arrow keys, or a click. Tells `choose` with the value as its detail. */
export class ChoiceBar extends LitElement {
  static override properties = { label: {}, choices: { attribute: false }, value: {} };
  static override styles = [
    controls,
    css`
      div {
        display: flex;
        gap: 2px;
        padding: 3px;
        border-radius: var(--radius);
        background: var(--sunken);
      }
      button {
        flex: 1;
        padding: 3px 8px;
        border-color: transparent;
        background: none;
        color: var(--ink-soft);
        white-space: nowrap;
      }
      button[aria-checked="true"] {
        background: var(--accent-soft);
        color: var(--accent);
        font-weight: 600;
      }
    `,
  ];
  /** What is chosen, for screen readers. */
  declare label: string;
  declare choices: readonly Choice[];
  declare value: string;

  override render(): TemplateResult {
    return html`<div role="radiogroup" aria-label=${this.label} @keydown=${roveRadios}>
      ${this.choices.map(
        ({ value, title, hint = "" }) =>
          html`<button
            role="radio"
            data-value=${value}
            aria-checked=${value === this.value}
            tabindex=${value === this.value ? 0 : -1}
            title=${hint}
            @click=${() => this.dispatchEvent(new CustomEvent("choose", { detail: value }))}
          >
            ${title}
          </button>`,
      )}
    </div>`;
  }
}
