import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import { controls } from "../looks/controls.ts";
import { Listening } from "../looks/listening.ts";
import { describeAction } from "../model/describe-action.ts";
import type { Insight } from "../model/insight.ts";
import type { Verdict } from "../model/past-moment.ts";
import { icon } from "../pictures/icon.ts";

const VERDICTS: Readonly<Record<Verdict, string>> = {
  deciding: "Decides again…",
  same: "Decided again: the same",
  other: "Decided again: not the same",
  scripted: "Decided by a script or a person",
  unrepeatable: "This policy cannot decide again",
};

const HINTS: Readonly<Record<Verdict, string>> = {
  deciding: "The recorded observation goes through the policy as it was then.",
  same: "The recorded observation, through the policy as it was then, gave the same action to the last bit.",
  other: "The policy was changed by something else than its own decisions, so it does not give the same action.",
  scripted: "Only the decisions of policies can be made again.",
  unrepeatable: "It was changed between its decision and its record, or it is no policy of this plugin.",
};

/** The last 30 seconds: scrub, and the scene and all read-outs show that moment; then go on where it was. */
export class TimelineBar extends LitElement {
  static override properties = { insight: { attribute: false } };
  static override styles = [
    controls,
    css`
      input {
        flex: 1;
      }
      .past {
        display: grid;
        gap: 2px;
        margin-top: 6px;
      }
      .same {
        color: var(--good);
      }
      .other {
        color: var(--bad);
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

  override render(): TemplateResult[] {
    const { insight } = this;
    const { begin, now } = insight.recorder;
    const at = insight.at ?? now;
    const ago = now - at;
    const scrub = (event: Event): void => {
      const seconds = (event.target as HTMLInputElement).valueAsNumber;
      if (now > begin) insight.showMoment(now - seconds);
    };
    const bar = html`<div class="row">
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
    return [bar, ...this.#past()];
  }

  /** The decision of the moment, and what came of making it again. */
  #past(): TemplateResult[] {
    const { past, controller } = this.insight;
    if (!past) return [];
    const { verdict, recorded } = past;
    return [
      html`<div class="past small" data-verdict=${verdict}>
        <span class="cut" title=${describeAction(controller.role, recorded)}
          >It did: ${describeAction(controller.role, recorded)}</span
        >
        <span class="row ${verdict}" title=${HINTS[verdict]} role="status"
          >${verdict === "same" ? icon("good", 14) : nothing}${VERDICTS[verdict]}</span
        >
      </div>`,
    ];
  }
}
