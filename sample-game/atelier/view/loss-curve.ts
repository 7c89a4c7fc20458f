const NAMESPACE = "http://www.w3.org/2000/svg";
const [WIDTH, HEIGHT] = [100, 30];

/** How a lesson goes: one line, lower is better. */
export class LossCurve {
  readonly root = document.createElementNS(NAMESPACE, "svg");
  readonly #line = document.createElementNS(NAMESPACE, "polyline");

  constructor() {
    this.root.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
    this.root.setAttribute("preserveAspectRatio", "none");
    this.root.setAttribute("class", "loss-curve");
    this.root.setAttribute("role", "img");
    this.root.append(this.#line);
  }

  /** @param losses - The newest last. */
  set(losses: readonly number[]): void {
    this.root.toggleAttribute("hidden", losses.length < 2);
    const most = Math.max(1, ...losses);
    const across = (index: number): number => (WIDTH * index) / Math.max(1, losses.length - 1);
    const points = losses.map(
      (loss, index) => `${across(index).toFixed(1)},${(HEIGHT * (1 - loss / most)).toFixed(1)}`,
    );
    this.#line.setAttribute("points", points.join(" "));
    const last = losses.at(-1);
    this.root.setAttribute(
      "aria-label",
      last === undefined
        ? "Nothing learned yet"
        : `Distance to what is learned, ${losses[0].toFixed(2)} to ${last.toFixed(2)}`,
    );
  }
}
