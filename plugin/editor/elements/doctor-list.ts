import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import type { Diagnosis } from "../../index.ts";
import { controls } from "../looks/controls.ts";
import { applyChange, canApply } from "../model/apply-change.ts";
import { remedyOf } from "../model/lesson-remedy.ts";
import type { Studio } from "../model/studio.ts";
import { icon } from "../pictures/icon.ts";

/** What keeps the agents from learning: in plain words, with the evidence, and a button where a button can help. */
export class DoctorList extends LitElement {
  static override properties = {
    studio: { attribute: false },
    diagnoses: { attribute: false },
    open: { type: Boolean },
  };
  static override styles = [
    controls,
    css`
      :host {
        display: grid;
        gap: 8px;
      }
      article {
        display: grid;
        gap: 4px;
        padding: 10px 12px;
        border-radius: var(--radius);
        border-left: 3px solid var(--warn);
        background: var(--warn-soft);
      }
      article.fault {
        border-color: var(--bad);
        background: var(--bad-soft);
      }
      h3 {
        display: flex;
        gap: 8px;
        font-weight: 600;
      }
      summary {
        cursor: pointer;
        padding: 4px 0;
        color: var(--warn);
        font-weight: 600;
      }
      button {
        justify-self: start;
      }
    `,
  ];
  declare studio: Studio;
  declare diagnoses: readonly Diagnosis[];
  /** Whether remarks are read at once; they are folded otherwise. */
  declare open: boolean;

  constructor() {
    super();
    this.diagnoses = [];
    this.open = false;
  }

  override render(): TemplateResult | typeof nothing {
    if (this.diagnoses.length === 0) return nothing;
    const faults = this.diagnoses.filter(({ severity }) => severity === "fault");
    const doubts = this.diagnoses.filter(({ severity }) => severity === "doubt");
    return html`<section aria-label="The doctor" class="stack">
      ${faults.map((each) => this.#diagnosis(each))}
      ${
        doubts.length === 0
          ? nothing
          : html`<details ?open=${this.open}>
              <summary>The doctor has ${doubts.length === 1 ? "a remark" : `${doubts.length} remarks`}</summary>
              <div class="stack">${doubts.map((each) => this.#diagnosis(each))}</div>
            </details>`
      }
    </section>`;
  }

  #diagnosis(diagnosis: Diagnosis): TemplateResult {
    const { severity, words, evidence, suggestion, change } = diagnosis;
    const remedy = remedyOf(this.studio, diagnosis);
    const apply = (act: () => void): void => {
      if (this.studio.attempt(act)) this.studio.say("Changed. It counts from the next run on.", "good");
    };
    return html`<article class=${severity}>
      <h3>${icon("doubt", 18)}<span>${words}</span></h3>
      <p class="small soft">${evidence}</p>
      <p>${suggestion}</p>
      ${
        change && canApply(this.studio, change)
          ? html`<button @click=${() => apply(() => applyChange(this.studio, change))}>Apply</button>`
          : nothing
      }
      ${remedy ? html`<button @click=${() => apply(remedy.act)}>${remedy.title}</button>` : nothing}
    </article>`;
  }
}
