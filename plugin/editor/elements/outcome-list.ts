import { LitElement, css, html, type TemplateResult } from "lit";
import { controls } from "../looks/controls.ts";
import { Listening } from "../looks/listening.ts";
import type { Insight } from "../model/insight.ts";
import { shortNumber } from "../model/short-number.ts";

/** What an agent is about to do: the mean and spread of each number, the probability of each choice; a click asks why. */
export class OutcomeList extends LitElement {
  static override properties = { insight: { attribute: false } };
  static override styles = [
    controls,
    css`
      :host {
        display: grid;
        gap: 4px;
      }
      button {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 92px 52px;
        gap: 8px;
        justify-items: stretch;
        padding: 2px 8px;
        min-height: max(28px, var(--touch));
        text-align: left;
      }
      .track {
        position: relative;
        height: 8px;
        border-radius: 4px;
        background: var(--sunken);
        overflow: hidden;
      }
      i {
        position: absolute;
        inset: 0;
        transform-origin: left;
        background: var(--accent);
      }
      .signed i {
        inset: 0 auto 0 50%;
        width: 1px;
      }
      .end {
        text-align: right;
      }
    `,
  ];
  declare insight: Insight;
  #bars: HTMLElement[] = [];
  #numbers: HTMLElement[] = [];

  constructor() {
    super();
    new Listening(
      this,
      () => [this.insight.onRefreshObservable],
      () => this.#write(),
    );
  }

  override render(): TemplateResult[] {
    const { insight } = this;
    const numbers = insight.controller.role.action.continuous.length;
    return insight.outputs.map(
      ({ name, output }, index) =>
        html`<button
          aria-pressed=${insight.asked === output}
          title=${`Why “${name}”?`}
          @click=${() => {
            insight.ask(output);
            this.requestUpdate();
          }}
        >
          <span class="cut">${output === "value" ? "expects (value)" : name}</span>
          <span class=${index < numbers || output === "value" ? "track signed" : "track"}><i></i></span>
          <span class="number small end" data-number></span>
        </button>`,
    );
  }

  override updated(): void {
    this.#bars = [...this.renderRoot.querySelectorAll<HTMLElement>("i")];
    this.#numbers = [...this.renderRoot.querySelectorAll<HTMLElement>("[data-number]")];
    this.#write();
  }

  #write(): void {
    const { outcome } = this.insight;
    if (!outcome) return;
    const { means, probabilities } = outcome;
    for (let i = 0; i < this.#bars.length; i++) {
      const isValue = i === this.#bars.length - 1;
      const isNumber = i < means.length;
      const value = isValue ? outcome.value : isNumber ? means[i] : probabilities[i - means.length];
      const shown = Math.max(-1, Math.min(1, value));
      this.#bars[i].style.transform = `scaleX(${(isNumber || isValue ? 46 * shown : shown).toFixed(3)})`;
      const text = isNumber || isValue ? shortNumber(value) : `${Math.round(100 * value)} %`;
      if (this.#numbers[i].textContent !== text) this.#numbers[i].textContent = text;
    }
  }
}
