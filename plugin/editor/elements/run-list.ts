import { LitElement, css, html, type TemplateResult } from "lit";
import { controls } from "../looks/controls.ts";
import { runColour } from "../looks/run-colours.ts";
import { offerFile } from "../model/offer-file.ts";
import { toCsv, type RunLog } from "../model/run-log.ts";
import { shortNumber } from "../model/short-number.ts";
import type { Studio } from "../model/studio.ts";
import { icon } from "../pictures/icon.ts";

/** The runs since the panel was opened: which are drawn, and their figures as a table for spreadsheets. */
export class RunList extends LitElement {
  static override properties = { studio: { attribute: false }, runs: { attribute: false } };
  static override styles = [
    controls,
    css`
      label {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: max(26px, var(--touch));
      }
      i {
        width: 10px;
        height: 10px;
        border-radius: 3px;
      }
    `,
  ];
  declare studio: Studio;
  /** Another array whenever a run has told something. */
  declare runs: readonly RunLog[];

  override render(): TemplateResult {
    const { runs } = this;
    return html`
      ${runs.map((run) => this.#row(run))}
      <button class="quiet small" @click=${() => offerFile("runs.csv", "text/csv", toCsv(runs))}>
        ${icon("download", 14)} Figures as CSV
      </button>
    `;
  }

  #row(run: RunLog): TemplateResult {
    const toggle = (event: Event): void => {
      run.shown = (event.target as HTMLInputElement).checked;
      this.studio.teaching.onChangeObservable.notifyObservers();
    };
    return html`<label>
      <input type="checkbox" .checked=${run.shown} @change=${toggle} />
      <i style=${`background: ${runColour(run.colour)}`}></i>
      <span class="grow">${run.name}</span>
      <span class="small soft number"
        >${shortNumber(run.last?.decisions ?? 0)} decisions, return ${shortNumber(run.last?.meanReturn ?? NaN)}</span
      >
    </label>`;
  }
}
