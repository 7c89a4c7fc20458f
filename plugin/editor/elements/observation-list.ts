import { LitElement, css, html, type TemplateResult } from "lit";
import { controls } from "../looks/controls.ts";
import { Listening } from "../looks/listening.ts";
import type { Insight } from "../model/insight.ts";
import { shortNumber } from "../model/short-number.ts";

/** What an agent senses, by name: the value, the range that it has seen, and what it contributed to the asked result. */
export class ObservationList extends LitElement {
  static override properties = { insight: { attribute: false } };
  static override styles = [
    controls,
    css`
      .row {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 92px 52px 64px;
        gap: 8px;
        min-height: 22px;
      }
      .head {
        padding-bottom: 4px;
        margin-bottom: 4px;
        border-bottom: 1px solid var(--line);
      }
      .track,
      .push {
        position: relative;
        height: 8px;
        border-radius: 4px;
        background: var(--sunken);
        overflow: hidden;
      }
      .seen {
        position: absolute;
        inset: 0;
        transform-origin: left;
        background: var(--line);
      }
      .value {
        position: absolute;
        inset: 0 auto 0 0;
        width: 3px;
        border-radius: 2px;
        background: var(--accent);
      }
      .push i {
        position: absolute;
        inset: 0 50%;
        width: 1px;
        transform-origin: left;
      }
      .end {
        text-align: right;
      }
    `,
  ];
  declare insight: Insight;
  #values: HTMLElement[] = [];
  #seen: HTMLElement[] = [];
  #numbers: HTMLElement[] = [];
  #pushes: HTMLElement[] = [];

  constructor() {
    super();
    new Listening(
      this,
      () => [this.insight.onRefreshObservable],
      () => this.#write(),
    );
  }

  override render(): TemplateResult {
    const labels = this.insight.controller.sensors.flatMap((sensor) => [...sensor.labels]);
    return html`<div role="table" aria-label="Observations">
      <div class="row head small soft" role="row">
        <span role="columnheader">Sensed</span><span role="columnheader">Range seen</span>
        <span role="columnheader" class="end">Now</span><span role="columnheader">Why</span>
      </div>
      ${labels.map(
        (label) =>
          html`<div class="row" role="row">
            <span role="rowheader" class="cut" title=${label}>${label}</span>
            <span role="cell"
              ><span class="track" style="display:block"><span class="seen"></span><span class="value"></span></span
            ></span>
            <span role="cell" class="number end small" data-number></span>
            <span role="cell"
              ><span class="push" style="display:block"><i></i></span
            ></span>
          </div>`,
      )}
    </div>`;
  }

  override updated(): void {
    const all = (query: string): HTMLElement[] => [...this.renderRoot.querySelectorAll<HTMLElement>(query)];
    this.#values = all(".value");
    this.#seen = all(".seen");
    this.#numbers = all("[data-number]");
    this.#pushes = all(".push i");
    this.#write();
  }

  /** Writes directly: a new drawing of all rows many times a second would be dear. */
  #write(): void {
    const { observation, least, greatest, saliency } = this.insight;
    const contributions = saliency?.contributions;
    let most = 1e-9;
    if (contributions) for (const each of contributions) most = Math.max(most, Math.abs(each));
    for (let i = 0; i < this.#values.length; i++) {
      // Most sensors give [-1, 1]; others get the range that they have shown.
      const from = Math.min(-1, least[i]);
      const to = Math.max(1, greatest[i]);
      const place = (value: number): number => (value - from) / (to - from);
      this.#values[i].style.transform = `translateX(${(89 * place(observation[i])).toFixed(1)}px)`;
      if (least[i] <= greatest[i]) {
        const [a, b] = [place(least[i]), place(greatest[i])];
        this.#seen[i].style.transform = `translateX(${(92 * a).toFixed(1)}px) scaleX(${(b - a).toFixed(3)})`;
      }
      const number = shortNumber(observation[i]);
      if (this.#numbers[i].textContent !== number) this.#numbers[i].textContent = number;
      const push = contributions ? contributions[i] / most : 0;
      this.#pushes[i].style.transform = `scaleX(${(32 * push).toFixed(1)})`;
      this.#pushes[i].style.background = push >= 0 ? "var(--good)" : "var(--bad)";
    }
  }
}
