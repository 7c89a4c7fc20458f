import { LitElement, css, html, type TemplateResult } from "lit";
import { controls } from "../looks/controls.ts";
import { HYPERPARAMETERS, PRESETS, presetValues } from "../model/hyperparameters.ts";
import type { Studio } from "../model/studio.ts";
import type { FieldChange } from "./part-field.ts";

/** How a run learns: presets, and every number with an explanation. */
export class HyperForm extends LitElement {
  static override properties = { studio: { attribute: false }, all: { state: true } };
  static override styles = [
    controls,
    css`
      .presets {
        display: grid;
        grid-template-columns: repeat(3, 1fr);
        gap: 6px;
      }
      .fields {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 230px), 1fr));
        gap: 10px 20px;
        margin-top: 10px;
      }
      .more {
        color: var(--accent);
      }
    `,
  ];
  declare studio: Studio;
  declare all: boolean;

  constructor() {
    super();
    this.all = false;
  }

  override render(): TemplateResult {
    const { values } = this.studio.teaching;
    const isChosen = (id: string): boolean => {
      const preset = presetValues(PRESETS.find((each) => each.id === id)!);
      return Object.entries(preset).every(([name, value]) => values[name] === value);
    };
    const shown = this.all ? HYPERPARAMETERS.fields : HYPERPARAMETERS.fields.slice(0, 2);
    return html`
      <div class="presets" role="group" aria-label="Presets">
        ${PRESETS.map(
          (preset) =>
            html`<button
              aria-pressed=${isChosen(preset.id)}
              title=${preset.hint}
              @click=${() => this.#set(presetValues(preset))}
            >
              ${preset.title}
            </button>`,
        )}
      </div>
      <div class="fields">
        ${shown.map(
          (field) =>
            html`<bns-part-field
              data-field=${field.name}
              .studio=${this.studio}
              .field=${field}
              .value=${values[field.name]}
              @field-change=${({ detail }: CustomEvent<FieldChange>) => {
                if (detail.value !== undefined) this.#set({ [field.name]: detail.value as number });
              }}
            ></bns-part-field>`,
        )}
      </div>
      <button class="quiet small more" aria-expanded=${this.all} @click=${() => (this.all = !this.all)}>
        ${this.all ? "Fewer numbers" : "All numbers"}
      </button>
    `;
  }

  #set(change: Readonly<Record<string, number | string>>): void {
    this.studio.teaching.set(change);
    this.requestUpdate();
  }
}
