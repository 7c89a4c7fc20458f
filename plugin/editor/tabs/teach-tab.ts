import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import type { DeviceReport, LessonPlan, TrainingProgress } from "../../index.ts";
import { controls } from "../looks/controls.ts";
import { Listening } from "../looks/listening.ts";
import { progressBar } from "../looks/progress-bar.ts";
import { isClone } from "../model/hyperparameters.ts";
import { shortNumber, shortTime } from "../model/short-number.ts";
import type { Studio } from "../model/studio.ts";
import { icon } from "../pictures/icon.ts";

const DEVICE_NAMES: Readonly<Record<DeviceReport["device"], string>> = {
  wasm: "WASM",
  webgpu: "WebGPU",
  tfjs: "TensorFlow.js",
};

/** Most often that the tab is drawn anew, in milliseconds: runs tell ten times a second. */
const DRAWING_PERIOD = 250;

/** Teaching: start, pause, stop and keep; curves; what the doctor finds; how it learns; policies. */
export class TeachTab extends LitElement {
  static override properties = { studio: { attribute: false }, goesOn: { state: true } };
  static override styles = [
    controls,
    progressBar,
    css`
      :host {
        display: grid;
        gap: 14px;
        grid-template-columns: minmax(0, 1fr);
      }
      .figures {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(74px, 1fr));
        gap: 8px;
      }
      .figures div {
        display: grid;
      }
      .figures b {
        font-size: 17px;
        font-weight: 650;
        font-variant-numeric: tabular-nums;
      }
      label.check {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: max(28px, var(--touch));
      }
      summary {
        cursor: pointer;
        padding: 4px 0;
        font-weight: 650;
      }
      summary.plain {
        font-weight: inherit;
      }
      details > :not(summary) {
        margin-top: 8px;
      }
    `,
  ];
  declare studio: Studio;
  /** Whether the next run starts from what the agent has. */
  declare goesOn: boolean;
  #drawn = 0;
  #later: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.goesOn = false;
    new Listening(this, () => [this.studio.lessons.onChangeObservable, this.studio.agents.onChangeObservable]);
    new Listening(
      this,
      () => [this.studio.teaching.onChangeObservable, this.studio.teaching.examination.onChangeObservable],
      () => this.#soon(),
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#later);
    this.#later = undefined;
  }

  override render(): TemplateResult {
    this.#drawn = performance.now();
    const { lessons, teaching } = this.studio;
    const plan = lessons.current;
    if (!plan) {
      return html`<div class="empty">
        ${icon("teach", 32)}<strong>No lesson to teach yet</strong>
        <p>Say first what is good and when an episode is over.</p>
        <button class="main" @click=${() => this.studio.setState({ tab: "lesson" })}>Make a lesson</button>
      </div>`;
    }
    return html`
      ${this.#controls(plan)} ${this.#standing()} ${this.#notes()} ${this.#doctor(plan)}
      ${
        teaching.runs.length > 0
          ? html`<bns-curve-chart
                .runs=${[...teaching.runs]}
                .version=${teaching.log?.last?.updates ?? 0}
              ></bns-curve-chart>
              <bns-run-list .studio=${this.studio} .runs=${[...teaching.runs]}></bns-run-list>`
          : nothing
      }
      <details ?open=${teaching.runs.length === 0}>
        <summary>How it learns</summary>
        <bns-hyper-form .studio=${this.studio}></bns-hyper-form>
      </details>
      <details>
        <summary>Checkpoints</summary>
        <bns-checkpoint-list .studio=${this.studio} .lesson=${plan.name}></bns-checkpoint-list>
      </details>
      <details>
        <summary>Policies</summary>
        <bns-policy-shelf
          .studio=${this.studio}
          .policy=${lessons.agentOf(plan)?.controller?.policy ?? null}
        ></bns-policy-shelf>
      </details>
    `;
  }

  #controls(plan: LessonPlan): TemplateResult {
    const { lessons, teaching } = this.studio;
    const faults = lessons.problemsOf(plan).filter(({ severity }) => severity === "fault").length;
    const policy = lessons.agentOf(plan)?.controller?.policy;
    const hasPolicy = Boolean(policy);
    if (teaching.isGoingOn) return this.#runControls();
    if (!this.studio.options.makeWorker) return html`<bns-worker-help></bns-worker-help>`;
    const { description } = lessons.agentOf(plan) ?? {};
    const { examination } = teaching;
    return html`<div class="stack">
      <p><span class="soft">Lesson</span> <b>${plan.name}</b></p>
      ${
        faults > 0
          ? html`<p class="problem row">
              ${icon("doubt", 16)}
              <span class="grow">This lesson has ${faults === 1 ? "a fault" : `${faults} faults`}.</span>
              <button class="quiet" @click=${() => this.studio.setState({ tab: "lesson" })}>Show</button>
            </p>`
          : nothing
      }
      <div class="row wrap">
        <button
          class="main grow"
          data-test="teach"
          ?disabled=${faults > 0 || !description}
          @click=${() => this.studio.attempt(() => teaching.start(plan, this.goesOn && hasPolicy))}
        >
          ${icon("play", 14)} Teach
        </button>
        <button
          data-test="check"
          title="The doctor plays it by chance, and says what would keep the agent from learning"
          ?disabled=${faults > 0 || !description || examination.isGoingOn}
          @click=${() => description && void examination.begin(plan, description)}
        >
          ${icon("question", 16)} ${examination.isGoingOn ? "Checking…" : "Check"}
        </button>
        ${
          teaching.canKeep
            ? html`<button class="grow" data-test="keep" @click=${this.#keep}>${icon("keep", 16)} Keep</button>
                <button class="quiet" title="The agent gets back what it had" @click=${() => teaching.discard()}>
                  Discard
                </button>`
            : nothing
        }
      </div>
      ${
        hasPolicy
          ? html`<label class="check"
              ><input
                type="checkbox"
                .checked=${this.goesOn}
                @change=${(event: Event) => (this.goesOn = (event.target as HTMLInputElement).checked)}
              />
              Go on from what it knows</label
            >`
          : nothing
      }
      ${this.goesOn && isClone(policy) ? this.#criticFirst() : nothing}
      ${
        faults === 0
          ? html`<bns-scene-gaps
              .studio=${this.studio}
              .plan=${plan}
              @teach-here=${() => this.studio.attempt(() => teaching.startHere(plan, this.goesOn && hasPolicy))}
            ></bns-scene-gaps>`
          : nothing
      }
    </div>`;
  }

  #criticFirst(): TemplateResult | typeof nothing {
    const decisions = Number(this.studio.teaching.values["criticWarmUp"]);
    if (decisions === 0) return nothing;
    return html`<p class="small soft" data-test="critic-first">
      It knows what was shown, but no reward yet: for the first ${shortNumber(decisions)} decisions only its critic
      learns. See “Critic first” under “How it learns”.
    </p>`;
  }

  #runControls(): TemplateResult {
    const { teaching } = this.studio;
    const isPaused = teaching.run?.phase === "paused";
    return html`<div class="row wrap">
        ${
          isPaused
            ? html`<button class="main grow" @click=${() => teaching.resume()}>${icon("play", 14)} Go on</button>`
            : html`<button class="grow" @click=${() => teaching.pause()}>${icon("pause", 16)} Pause</button>`
        }
        <button class="grow" @click=${() => teaching.stop()}>${icon("stop", 14)} Stop</button>
        <button class="grow" ?disabled=${!teaching.canKeep} @click=${this.#keep}>${icon("keep", 16)} Keep</button>
      </div>
      ${
        teaching.isHere
          ? html`<p class="small soft">It learns in the scene itself, at real time: keep this page in front.</p>`
          : html`<label class="check"
              ><input
                type="checkbox"
                .checked=${teaching.practises}
                @change=${(event: Event) => {
                  teaching.practises = (event.target as HTMLInputElement).checked;
                  teaching.showPractice();
                }}
              />
              Practise in the scene meanwhile</label
            >`
      }`;
  }

  #standing(): TemplateResult | typeof nothing {
    const { teaching } = this.studio;
    const { log, run, playback } = teaching;
    if (!log || !run) return nothing;
    const last = log.last;
    if (!last) {
      const words = teaching.isHere
        ? "It gathers experience first: figures come in a minute or two."
        : "The workers are getting ready…";
      return teaching.isGoingOn ? html`<p class="soft" role="status">${words}</p>` : nothing;
    }
    const device = run.deviceReport;
    return html`<div class="stack">
      <progress
        max=${last.totalDecisions}
        .value=${last.decisions}
        aria-label="Practice"
        aria-valuetext=${`${shortNumber(last.decisions)} of ${shortNumber(last.totalDecisions)} decisions`}
      ></progress>
      <div class="figures">${figures(last, teaching.isGoingOn ? teaching.secondsLeft : NaN)}</div>
      ${device ? learnsOn(device) : nothing}
      ${
        teaching.plan
          ? html`<bns-term-table
              .studio=${this.studio}
              .plan=${teaching.plan}
              .terms=${last.meanTerms}
            ></bns-term-table>`
          : nothing
      }
      ${
        playback && playback.episodes > 0
          ? html`<p class="small soft" role="status">
              In the scene: ${playback.successes} of ${playback.episodes}
              ${playback.episodes === 1 ? "episode" : "episodes"} ended well.
            </p>`
          : nothing
      }
    </div>`;
  }

  /** What was found in the run, or in the lesson before it. */
  #doctor(plan: LessonPlan): TemplateResult | typeof nothing {
    const { teaching } = this.studio;
    const before = teaching.isGoingOn ? null : teaching.examination.of(plan);
    if (!before && teaching.diagnoses.length === 0) return nothing;
    if (before?.length === 0) {
      return html`<p class="row" role="status">
        ${icon("good", 16)} The doctor found nothing that would keep it from learning.
      </p>`;
    }
    return html`<bns-doctor-list
      .diagnoses=${before ?? teaching.diagnoses}
      .studio=${this.studio}
      .open=${before !== null}
    ></bns-doctor-list>`;
  }

  #notes(): TemplateResult | typeof nothing {
    const { run, notes: all } = this.studio.teaching;
    // The choice of the device is told beside the figures.
    const reason = run?.deviceReport?.reason;
    const notes = all.filter(({ words }) => !reason || !words.includes(reason));
    if (notes.length === 0) return nothing;
    return html`<div class="stack" role="log" aria-label="What the run says">
      ${notes.map(
        ({ words, isBad }) =>
          html`<p class=${isBad ? "problem small" : "problem doubt small"}>
            ${icon("doubt", 16)}<span>${words}</span>
          </p>`,
      )}
    </div>`;
  }

  readonly #keep = (): void => {
    const { teaching } = this.studio;
    teaching
      .keep()
      .catch((error: unknown) => this.studio.say(error instanceof Error ? error.message : String(error), "bad"));
  };

  /** Draws anew, but not more often than anybody can read. */
  #soon(): void {
    if (this.#later !== undefined) return;
    const wait = Math.max(0, DRAWING_PERIOD - (performance.now() - this.#drawn));
    this.#later = setTimeout(() => {
      this.#later = undefined;
      this.requestUpdate();
    }, wait);
  }
}

/** On what it learns; why, for those who ask. */
function learnsOn({ device, reason }: DeviceReport): TemplateResult {
  const name = DEVICE_NAMES[device];
  if (!reason) return html`<p class="small soft">Learns on ${name}</p>`;
  return html`<details class="small soft">
    <summary class="plain">Learns on ${name}</summary>
    <p>${reason}</p>
  </details>`;
}

function figures(last: TrainingProgress, secondsLeft: number): TemplateResult[] {
  const rows: [string, string][] = [
    ["Return", shortNumber(last.meanReturn)],
    ["Success", Number.isFinite(last.successRate) ? `${Math.round(100 * last.successRate)} %` : "–"],
    ["Decisions", shortNumber(last.decisions)],
    [
      Number.isFinite(secondsLeft) ? "Time left" : "Took",
      shortTime(Number.isFinite(secondsLeft) ? secondsLeft : last.elapsedSeconds),
    ],
  ];
  return rows.map(([title, value]) => html`<div><span class="small soft">${title}</span><b>${value}</b></div>`);
}
