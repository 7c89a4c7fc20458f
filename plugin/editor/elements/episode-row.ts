import { LitElement, css, html, type TemplateResult } from "lit";
import type { DemonstrationRecorder, RecordedEpisode } from "../../index.ts";
import { controls } from "../looks/controls.ts";
import { shortTime } from "../model/short-number.ts";
import { messageOf, type Studio } from "../model/studio.ts";
import { icon } from "../pictures/icon.ts";

/** An episode that was shown; opened, its beginning and its end can be trimmed. What is cut off can be had back. */
export class EpisodeRow extends LitElement {
  static override properties = {
    studio: { attribute: false },
    recorder: { attribute: false },
    episode: { attribute: false },
  };
  static override styles = [
    controls,
    css`
      summary {
        display: flex;
        align-items: center;
        gap: 6px;
        padding: 3px 0;
        cursor: pointer;
      }
      summary svg {
        color: var(--ink-soft);
      }
      [open] > summary svg {
        transform: rotate(90deg);
      }
      .trim {
        display: grid;
        grid-template-columns: auto 1fr 4em;
        align-items: center;
        gap: 4px 8px;
        padding: 4px 0 10px;
      }
      .end {
        text-align: right;
      }
    `,
  ];
  declare studio: Studio;
  declare recorder: DemonstrationRecorder;
  declare episode: RecordedEpisode;

  override render(): TemplateResult {
    const { number, decisions, seconds, from, to, recordedSeconds } = this.episode;
    const whole = seconds === recordedSeconds ? "" : ` of ${shortTime(recordedSeconds)}`;
    return html`<details>
      <summary title="Trim it">
        ${icon("chevron", 14)}<span class="grow">Episode ${number}</span>
        <span class="small soft number">${shortTime(seconds)}${whole}, ${decisions} decisions</span>
      </summary>
      <div class="trim small">
        ${this.#end("Begins at", from, (value) => this.#trim(value, to))}
        ${this.#end("Ends at", to, (value) => this.#trim(from, value))}
      </div>
    </details>`;
  }

  #end(title: string, value: number, change: (value: number) => void): TemplateResult {
    const { number, recordedSeconds } = this.episode;
    const step = 1 / this.recorder.controller.decisionsPerSecond;
    return html`<span>${title}</span>
      <input
        type="range"
        aria-label=${`Episode ${number} ${title.toLowerCase()}`}
        aria-valuetext=${`${value.toFixed(1)} seconds`}
        min="0"
        max=${recordedSeconds}
        step=${step}
        .value=${String(value)}
        @change=${(event: Event) => change((event.target as HTMLInputElement).valueAsNumber)}
      />
      <span class="number end">${value.toFixed(1)} s</span>`;
  }

  #trim(from: number, to: number): void {
    try {
      this.recorder.trim(this.episode.number, from, to);
    } catch (error) {
      this.studio.say(messageOf(error), "bad");
      this.requestUpdate("episode", null);
    }
  }
}
