import type { AgentGroup, EncoderView, Policy } from "../../../plugin/index.ts";
import { element, setText } from "../../shell/element.ts";
import { SEEN_TAGS } from "../lesson/maze-bodies.ts";
import { mazeConfig } from "../rules/config.ts";
import { WAYS } from "../rules/walk.ts";
import { PixelPicture, type Rgb } from "../../shell/pixel-picture.ts";
import { WayOdds } from "./way-odds.ts";

const SIDE = 2 * mazeConfig.sight + 1;
/** Colours of the channels, in the order of `SEEN_TAGS`; later ones lie over earlier ones. */
const COLOURS: readonly Rgb[] = [
  [62, 92, 66],
  [79, 240, 189],
  [222, 228, 255],
  [232, 104, 80],
];
const NAMES = ["hedge", "gem", "its chalk", "crossed out"] as const;
const GROUND: Rgb = [20, 24, 40];
const SELF: Rgb = [255, 180, 94];
/** Tiles of the first layer side by side. */
const COLUMNS = 8;

/** What the golem sees, what its first layer makes of it, and where it wants to go. */
export class MindPanel {
  readonly root: HTMLElement;
  readonly #sight = new PixelPicture(SIDE, SIDE, "What the golem sees, from above, ahead is up", "sight");
  readonly #layerPlace = element("div", { class: "layer" });
  readonly #layerTitle = element("h3", { text: "First layer" });
  readonly #bars: readonly HTMLElement[];
  readonly #ways: readonly HTMLElement[];
  readonly #expected = element("output");
  readonly #odds = new WayOdds();
  #layer: PixelPicture | null = null;
  #view: EncoderView | null = null;
  #policy: Policy | null = null;
  /** Highest activation of each filter so far: tiles keep their brightness from move to move. */
  #peaks = new Float32Array(0);
  /** Pictures drawn so far. */
  drawn = 0;

  constructor(container: HTMLElement) {
    this.#bars = WAYS.map(() => element("i"));
    this.#ways = WAYS.map((way, index) =>
      element("div", { class: `way way-${way}` }, element("span", { text: way }), this.#bars[index]),
    );
    this.root = element(
      "aside",
      { class: "mind panel", attributes: { "aria-label": "What the golem sees and wants" } },
      element(
        "div",
        { class: "mind-sight" },
        element("h3", { text: "What it sees" }),
        this.#sight.canvas,
        element(
          "ul",
          { class: "legend" },
          ...NAMES.map((name, index) =>
            element(
              "li",
              {},
              element("i", { attributes: { style: `background: rgb(${COLOURS[index].join(" ")})` } }),
              name,
            ),
          ),
        ),
      ),
      element("div", { class: "mind-layer" }, this.#layerTitle, this.#layerPlace),
      element(
        "div",
        { class: "mind-ways" },
        element("h3", { text: "Where it wants to go" }),
        element("div", { class: "ways" }, ...this.#ways),
        element("p", { class: "expected" }, "It expects ", this.#expected),
      ),
    );
    container.append(this.root);
  }

  /** Shows another mind; null where there is none. The panel disposes of the view. */
  setMind(policy: Policy | null, view: EncoderView | null): void {
    this.#view?.dispose();
    this.#view = view;
    this.#policy = policy;
    this.root.classList.toggle("mindless", policy === null);
    const first = view?.layers[0];
    this.#layer = null;
    if (!first) return;
    const rows = Math.ceil(first.filters / COLUMNS);
    const [width, height] = [COLUMNS * (first.width + 1) - 1, rows * (first.height + 1) - 1];
    this.#layer = new PixelPicture(
      width,
      height,
      `What the ${first.filters} filters of the first layer answer`,
      "filters",
    );
    this.#layer.canvas.style.aspectRatio = `${width} / ${height}`;
    this.#peaks = new Float32Array(first.filters).fill(1e-6);
    setText(this.#layerTitle, `First layer: ${first.filters} filters`);
    this.#layerPlace.replaceChildren(this.#layer.canvas);
  }

  /** Draws one decision. Costs far less than a millisecond. */
  show(group: AgentGroup): void {
    this.drawn++;
    this.#drawSight(group.images);
    if (!this.#policy) return;
    this.#odds.ask(this.#policy, group);
    const taken = group.actions.discrete[0];
    for (let way = 0; way < WAYS.length; way++) {
      const share = this.#odds.odds[way];
      this.#bars[way].style.transform = `scaleX(${share.toFixed(3)})`;
      this.#ways[way].classList.toggle("taken", way === taken);
      this.#ways[way].classList.toggle("closed", group.masks[way] === 0);
      this.#ways[way].title = group.masks[way] === 0 ? "a hedge" : `${Math.round(share * 100)}%`;
    }
    setText(this.#expected, this.#odds.expected.toFixed(2));
    this.#drawLayer(group.images);
  }

  dispose(): void {
    this.#view?.dispose();
    this.#view = null;
    this.root.remove();
  }

  #drawSight(images: Uint8Array): void {
    const middle = mazeConfig.sight;
    const channels = SEEN_TAGS.length;
    this.#sight.draw((column, row) => {
      if (column === middle && row === middle) return SELF;
      const at = (row * SIDE + column) * channels;
      for (let channel = channels - 1; channel >= 0; channel--) {
        // The gem lies over everything.
        const shown = channel === channels - 1 ? 1 : channel === 0 ? 0 : channel + 1;
        if (images[at + shown] > 0) return COLOURS[shown];
      }
      return GROUND;
    });
  }

  #drawLayer(images: Uint8Array): void {
    const first = this.#view?.look(images)[0];
    if (!first || !this.#layer) return;
    const { width, height, filters, activations } = first;
    for (let i = 0; i < activations.length; i++) {
      const filter = i % filters;
      if (activations[i] > this.#peaks[filter]) this.#peaks[filter] = activations[i];
    }
    this.#layer.draw((column, row) => {
      const across = column % (width + 1);
      const down = row % (height + 1);
      const filter = Math.floor(row / (height + 1)) * COLUMNS + Math.floor(column / (width + 1));
      if (across === width || down === height || filter >= filters) return BETWEEN;
      const share = activations[(down * width + across) * filters + filter] / this.#peaks[filter];
      return glow(share);
    });
  }
}

const BETWEEN: Rgb = [13, 17, 31];

/** From night blue over lamp light to white. */
function glow(share: number): Rgb {
  const s = Math.min(1, share);
  return [24 + 231 * Math.min(1, s * 1.5), 30 + 210 * s * s, 58 + 120 * s * s * s];
}
