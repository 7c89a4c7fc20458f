import { LitElement, css, html, type TemplateResult } from "lit";
import type uPlot from "uplot";
import { chartStyle } from "../looks/chart-style.ts";
import { controls } from "../looks/controls.ts";
import { runColour } from "../looks/run-colours.ts";
import { CURVES, smoothCurve, type CurveName, type RunLog } from "../model/run-log.ts";
import { shortNumber } from "../model/short-number.ts";

const HEIGHT = 190;
const NAMES = Object.keys(CURVES) as CurveName[];

/** One curve of several runs over one another, raw and smoothed, with a read-out under the pointer. */
export class CurveChart extends LitElement {
  static override properties = {
    runs: { attribute: false },
    version: { type: Number },
    curve: { state: true },
    smoothing: { state: true },
    readOut: { state: true },
  };
  static override styles = [
    controls,
    chartStyle,
    css`
      .chips {
        display: flex;
        flex-wrap: wrap;
        gap: 4px;
      }
      .chips button {
        min-width: var(--touch);
        min-height: max(26px, var(--touch));
        padding: 2px 9px;
        border-radius: 99px;
        font-size: var(--small);
      }
      .plot {
        height: ${HEIGHT}px;
        margin: 8px 0 2px;
      }
      .none {
        padding: 12px 0 4px;
      }
      .out {
        min-height: 1.5em;
        display: flex;
        flex-wrap: wrap;
        gap: 2px 12px;
      }
      .out i {
        display: inline-block;
        width: 9px;
        height: 9px;
        margin-right: 5px;
        border-radius: 3px;
      }
      .smooth input {
        flex: 1;
        max-width: 160px;
      }
    `,
  ];
  declare runs: readonly RunLog[];
  /** Grows whenever a run has told something. */
  declare version: number;
  declare curve: CurveName;
  declare smoothing: number;
  declare readOut: number | null;
  #plot: uPlot | null = null;
  /** Comes when it is first needed: most pages with a panel never draw a curve. */
  #Plot: typeof uPlot | null = null;
  #plotted = "";
  #resize: ResizeObserver | null = null;

  constructor() {
    super();
    this.runs = [];
    this.version = 0;
    this.curve = "meanReturn";
    this.smoothing = 0.6;
    this.readOut = null;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize?.disconnect();
    this.#resize = null;
    this.#forgetPlot();
  }

  override render(): TemplateResult {
    const { title, hint } = CURVES[this.curve];
    return html`
      <div class="chips" role="group" aria-label="Curve">
        ${NAMES.map(
          (name) =>
            html`<button
              aria-pressed=${name === this.curve}
              title=${CURVES[name].hint}
              @click=${() => (this.curve = name)}
            >
              ${CURVES[name].title}
            </button>`,
        )}
      </div>
      ${
        this.#shown.length === 0
          ? html`<p class="soft small none">Nothing to draw yet: the curve begins with the first figures of a run.</p>`
          : ""
      }
      <div class="plot" role="img" aria-label=${this.#describe()} ?hidden=${this.#shown.length === 0}></div>
      <div class="out small number" aria-hidden="true">${this.#readOut()}</div>
      <div class="row small soft smooth">
        <label for="smoothing">Smoothing</label>
        <input
          id="smoothing"
          type="range"
          min="0"
          max="0.98"
          step="0.01"
          .value=${String(this.smoothing)}
          @input=${(event: InputEvent) => (this.smoothing = (event.target as HTMLInputElement).valueAsNumber)}
        />
      </div>
      <p class="small soft">${title}: ${hint}</p>
    `;
  }

  override updated(): void {
    const place = this.renderRoot.querySelector<HTMLElement>(".plot");
    if (!place) return;
    if (!this.#Plot) {
      void import("uplot").then(({ default: Plot }) => {
        this.#Plot = Plot;
        this.requestUpdate();
      });
      return;
    }
    if (!this.#resize) {
      this.#resize = new ResizeObserver(() => this.#fit(place));
      this.#resize.observe(place);
    }
    this.#draw(place);
  }

  get #shown(): readonly RunLog[] {
    return this.runs.filter(({ shown, decisions }) => shown && decisions.length > 0);
  }

  #draw(place: HTMLElement): void {
    const Plot = this.#Plot;
    if (!Plot) return;
    const shown = this.#shown;
    const tables = shown.map((run): uPlot.AlignedData => {
      const raw = run.values[this.curve].map((value) => (Number.isFinite(value) ? value : null));
      const smooth = smoothCurve(run.values[this.curve], this.smoothing);
      return [run.decisions, raw, smooth.map((value) => (Number.isFinite(value) ? value : null))];
    });
    const data: uPlot.AlignedData = tables.length > 0 ? Plot.join(tables) : [[]];
    const { color } = getComputedStyle(this);
    const plotted = [this.curve, color, ...shown.map(({ colour }) => colour)].join();
    if (this.#plot && this.#plotted === plotted) return this.#plot.setData(data);
    this.#forgetPlot();
    if (place.clientWidth === 0) return;
    this.#plotted = plotted;
    this.#plot = new Plot(this.#options(place.clientWidth, shown), data, place);
  }

  #options(width: number, shown: readonly RunLog[]): uPlot.Options {
    const look = getComputedStyle(this);
    const stroke = look.getPropertyValue("--ink-soft");
    const grid = { stroke: look.getPropertyValue("--line"), width: 1 };
    const axis = { stroke, grid, ticks: { ...grid, size: 4 }, font: "11px system-ui, sans-serif" };
    return {
      width,
      height: HEIGHT,
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
      scales: { x: { time: false } },
      axes: [
        { ...axis, size: 26, space: 60, values: (_, ticks) => ticks.map(shortNumber) },
        { ...axis, size: 46, space: 30, values: (_, ticks) => ticks.map(shortNumber) },
      ],
      series: [
        {},
        ...shown.flatMap(({ colour }) => [
          { stroke: `${runColour(colour)}50`, width: 1, spanGaps: true, points: { show: false } },
          { stroke: runColour(colour), width: 2.2, spanGaps: true, points: { show: false } },
        ]),
      ],
      hooks: { setCursor: [({ cursor }) => (this.readOut = cursor.idx ?? null)] },
    };
  }

  #readOut(): TemplateResult[] {
    const at = this.readOut;
    const plot = this.#plot;
    if (!plot || at === null || plot.data[0][at] === undefined) {
      return this.#shown.map((run) => this.#value(run, smoothCurve(run.values[this.curve], this.smoothing).at(-1)));
    }
    const values = this.#shown.map((run, index) => this.#value(run, plot.data[2 + 2 * index]?.[at] ?? NaN));
    return [html`<span>${shortNumber(plot.data[0][at])} decisions</span>`, ...values];
  }

  #value(run: RunLog, value: number | undefined): TemplateResult {
    return html`<span
      ><i style=${`background: ${runColour(run.colour)}`}></i>${run.name} <b>${shortNumber(value ?? NaN)}</b></span
    >`;
  }

  #describe(): string {
    const { title } = CURVES[this.curve];
    const said = this.#shown.map((run) => `${run.name} ${shortNumber(run.values[this.curve].at(-1) ?? NaN)}`);
    return `${title} over decisions: ${said.join(", ") || "nothing yet"}`;
  }

  #fit(place: HTMLElement): void {
    if (!this.#plot) this.#draw(place);
    else if (place.clientWidth > 0) this.#plot.setSize({ width: place.clientWidth, height: HEIGHT });
  }

  #forgetPlot(): void {
    this.#plot?.destroy();
    this.#plot = null;
    this.#plotted = "";
  }
}
