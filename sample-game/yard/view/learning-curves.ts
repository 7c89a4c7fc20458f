import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { element } from "../../shell/element.ts";
import { Choice } from "../../shell/choice.ts";
import { shorten } from "./shorten.ts";
import { smooth } from "./smooth.ts";
import type { TeachingSample } from "./teaching.ts";

type CurveName = "catchRate" | "meanReturn" | "meanLength";

const CURVES: Readonly<Record<CurveName, { label: string; title: string; colour: string; scale: number }>> = {
  catchRate: {
    label: "Caught",
    title: "Share of games in which the thief is caught, in percent",
    colour: "#ffb45e",
    scale: 100,
  },
  meanReturn: { label: "Return", title: "Mean sum of rewards of a game", colour: "#9cc0ff", scale: 1 },
  meanLength: { label: "Length", title: "Mean decisions until a game ends", colour: "#4ff0bd", scale: 1 },
};
const AXIS = { stroke: "#7f88a3", font: "11px system-ui, sans-serif" } as const;

/** Live curves of a run: the raw values faint, the smoothed ones bold, over decisions. */
export class LearningCurves {
  readonly root: HTMLElement;
  readonly #place = element("div", { class: "curve", attributes: { role: "img", "aria-label": "Learning curve" } });
  readonly #smoothing = element("input", {
    attributes: { type: "range", min: "0", max: "0.97", step: "0.01", value: "0.6", id: "smoothing" },
  });
  readonly #choice: Choice<CurveName>;
  readonly #resize: ResizeObserver;
  #plot: uPlot | null = null;
  #curve: CurveName = "catchRate";
  #samples: readonly TeachingSample[] = [];
  #drawn = -1;

  constructor() {
    this.#choice = new Choice<CurveName>("Curve", (curve) => this.#pick(curve));
    this.#smoothing.addEventListener("input", () => this.#draw());
    this.root = element(
      "div",
      {},
      element("div", { class: "curve-tools" }, this.#choice.root),
      this.#place,
      element(
        "div",
        { class: "smoothing" },
        element("label", { text: "Smoothing", attributes: { for: "smoothing" } }),
        this.#smoothing,
      ),
    );
    this.#resize = new ResizeObserver(() => {
      if (this.#place.clientWidth > 0) this.#draw();
      if (this.#plot) this.#plot.setSize({ width: this.#place.clientWidth, height: this.#place.clientHeight });
    });
    this.#resize.observe(this.#place);
    this.#showChoice();
  }

  /** Shows these samples; cheap when nothing was added. */
  update(samples: readonly TeachingSample[]): void {
    this.#samples = samples;
    if (samples.length === this.#drawn || this.#place.clientWidth === 0) return;
    this.#draw();
  }

  dispose(): void {
    this.#resize.disconnect();
    this.#plot?.destroy();
    this.#plot = null;
  }

  #pick(curve: CurveName): void {
    this.#curve = curve;
    this.#showChoice();
    this.#plot?.destroy();
    this.#plot = null;
    this.#draw();
  }

  #showChoice(): void {
    const items = Object.entries(CURVES).map(([value, { label, title }]) => ({
      value: value as CurveName,
      label,
      title,
    }));
    this.#choice.set(items, this.#curve);
  }

  #draw(): void {
    this.#drawn = this.#samples.length;
    const { scale, label } = CURVES[this.#curve];
    const x = this.#samples.map((sample) => sample.decisions);
    const raw = this.#samples.map((sample) => sample[this.#curve] * scale);
    const smoothed = smooth(raw, this.#smoothing.valueAsNumber);
    const data: uPlot.AlignedData = [x, raw, smoothed];
    if (this.#plot) this.#plot.setData(data);
    else this.#plot = this.#create(data);
    const last = smoothed.at(-1);
    const said = last === undefined ? "nothing yet" : `${last.toFixed(1)} after ${x.at(-1)} decisions`;
    this.#place.setAttribute("aria-label", `Learning curve, ${label}: ${said}`);
  }

  #create(data: uPlot.AlignedData): uPlot {
    const { colour } = CURVES[this.#curve];
    const percent = this.#curve === "catchRate";
    const grid = { stroke: "rgb(255 255 255 / 7%)", width: 1 };
    return new uPlot(
      {
        width: this.#place.clientWidth,
        height: this.#place.clientHeight,
        cursor: { show: false },
        legend: { show: false },
        scales: { x: { time: false }, y: percent ? { range: [0, 100] } : {} },
        axes: [
          { ...AXIS, grid, ticks: grid, size: 28, space: 56, values: (_, ticks) => ticks.map(shorten) },
          {
            ...AXIS,
            grid,
            ticks: grid,
            size: 48,
            space: 32,
            values: (_, ticks) => ticks.map((tick) => `${tick}${percent ? "%" : ""}`),
          },
        ],
        series: [
          {},
          { stroke: `${colour}55`, width: 1, points: { show: false } },
          { stroke: colour, width: 2.4, points: { show: false } },
        ],
      },
      data,
      this.#place,
    );
  }
}
