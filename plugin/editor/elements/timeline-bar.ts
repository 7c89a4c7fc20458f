import { LitElement, css, html, type TemplateResult } from "lit";
import { controls } from "../looks/controls.ts";
import { Listening } from "../looks/listening.ts";
import type { Insight } from "../model/insight.ts";
import { icon } from "../pictures/icon.ts";

/** The last 30 seconds: scrub, and the scene and all read-outs show that moment; then go on where it was. */
export class TimelineBar extends LitElement {
  static override properties = { insight: { attribute: false } };
  static override styles = [
    controls,
    css`
      input {
        flex: 1;
      }
      .number {
        width: 3.6em;
        text-align: right;
      }
    `,
  ];
  declare insight: Insight;

  constructor() {
    super();
    new Listening(this, () => [this.insight.onRefreshObservable]);
  }

  override render(): TemplateResult {
    const { insight } = this;
    const { begin, now } = insight.recorder;
    const at = insight.at ?? now;
    const ago = now - at;
    const scrub = (event: Event): void => {
      const seconds = (event.target as HTMLInputElement).valueAsNumber;
      if (now > begin) insight.showMoment(now - seconds);
    };
    return html`<div class="row">
      <label class="unseen" for="at">Seconds ago</label>
      <input
        id="at"
        type="range"
        dir="rtl"
        min="0"
        max=${Math.max(0.1, now - begin)}
        step="0.05"
        .value=${String(ago)}
        aria-valuetext=${insight.at === null ? "live" : `${ago.toFixed(1)} seconds ago`}
        @input=${scrub}
      />
      <span class="number small soft">${insight.at === null ? "live" : `−${ago.toFixed(1)} s`}</span>
      <button ?disabled=${insight.at === null} @click=${() => insight.goLive()}>${icon("play", 12)} Live</button>
    </div>`;
  }
}
