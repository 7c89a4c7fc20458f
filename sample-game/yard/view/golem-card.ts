import { element, setText } from "../../shell/element.ts";

/** What a golem's card shows. */
export interface GolemMind {
  readonly number: number;
  /** E.g. `"Sees the thief"`. */
  readonly mood: string;
  /** Name of its policy. */
  readonly mind: string;
  /** One name per observation. */
  readonly senses: readonly string[];
  /** What it sensed when it decided last, [senses]. */
  readonly observations: ArrayLike<number>;
  /** In [-1, 1]. */
  readonly drive: number;
  /** In [-1, 1]; above 0 turns to the right. */
  readonly turn: number;
}

const DIAL = 84;

/** The card of a golem: what it senses, what it wants. */
export class GolemCard {
  readonly #root: HTMLElement;
  readonly #title = element("h2", { class: "title" });
  readonly #mood = element("p");
  readonly #drive = element("dd");
  readonly #turn = element("dd");
  readonly #dial = element("canvas", { attributes: { width: "168", height: "168", "aria-hidden": "true" } });
  readonly #senses = element("div", { class: "senses" });
  #rows: readonly { bar: HTMLElement; value: HTMLElement }[] = [];
  #labels: readonly string[] = [];

  /** @param onClose - Called when the player closes the card. */
  constructor(container: HTMLElement, onClose: () => void) {
    this.#dial.style.width = this.#dial.style.height = `${DIAL}px`;
    const close = element("button", {
      class: "button quiet round",
      text: "✕",
      attributes: { type: "button", "aria-label": "Close" },
      onClick: onClose,
    });
    this.#root = element(
      "aside",
      { class: "golem-card panel", attributes: { "aria-label": "What a golem senses and wants", hidden: "" } },
      element("div", { class: "panel-head" }, this.#title, close),
      element(
        "div",
        { class: "panel-body" },
        this.#mood,
        element("h3", { text: "What it wants" }),
        element(
          "div",
          { class: "wants" },
          this.#dial,
          element("dl", {}, element("dt", { text: "Drive" }), this.#drive, element("dt", { text: "Turn" }), this.#turn),
        ),
        element("h3", { text: "What it senses" }),
        this.#senses,
      ),
    );
    container.append(this.#root);
  }

  get root(): HTMLElement {
    return this.#root;
  }

  show(visible: boolean): void {
    this.#root.hidden = !visible;
  }

  /** Call a few times a second while the card is open. */
  update(golem: GolemMind): void {
    setText(this.#title, `Golem ${golem.number}`);
    setText(this.#mood, `${golem.mood}. Mind: ${golem.mind}.`);
    setText(this.#drive, describe(golem.drive, "ahead", "back"));
    setText(this.#turn, describe(golem.turn, "right", "left"));
    this.#drawDial(golem.drive, golem.turn);
    if (golem.senses.join() !== this.#labels.join()) this.#relabel(golem.senses);
    for (let i = 0; i < this.#rows.length; i++) {
      const value = golem.observations[i] ?? 0;
      const { bar, value: text } = this.#rows[i];
      bar.style.transform = `scaleX(${Math.max(-1, Math.min(1, value)).toFixed(3)})`;
      setText(text, value.toFixed(2));
    }
  }

  dispose(): void {
    this.#root.remove();
  }

  #relabel(labels: readonly string[]): void {
    this.#labels = [...labels];
    this.#rows = labels.map(() => ({ bar: element("i"), value: element("output") }));
    this.#senses.replaceChildren(
      ...labels.flatMap((label, index) => {
        const { bar, value } = this.#rows[index];
        return [
          element("span", { text: label, attributes: { title: label } }),
          element("div", { class: "bar" }, bar),
          value,
        ];
      }),
    );
  }

  /** The golem from above, looking up: a straight arrow for driving, a bent one for turning. */
  #drawDial(drive: number, turn: number): void {
    const pen = this.#dial.getContext("2d");
    if (!pen) return;
    pen.setTransform(2, 0, 0, 2, DIAL, DIAL);
    pen.clearRect(-DIAL, -DIAL, DIAL * 2, DIAL * 2);
    pen.lineCap = "round";
    pen.strokeStyle = "rgb(255 255 255 / 14%)";
    pen.lineWidth = 1.5;
    pen.beginPath();
    pen.arc(0, 0, 33, 0, 2 * Math.PI);
    pen.stroke();
    pen.lineWidth = 5;
    pen.strokeStyle = pen.fillStyle = "#ffb45e";
    if (Math.abs(drive) > 0.04) {
      const tip = -30 * drive;
      pen.beginPath();
      pen.moveTo(0, 0);
      pen.lineTo(0, tip);
      pen.stroke();
      head(pen, 0, tip, drive > 0 ? -Math.PI / 2 : Math.PI / 2);
    }
    pen.strokeStyle = pen.fillStyle = "#9cc0ff";
    if (Math.abs(turn) > 0.04) {
      const end = -Math.PI / 2 + turn * 1.7;
      pen.beginPath();
      pen.arc(0, 0, 33, -Math.PI / 2, end, turn < 0);
      pen.stroke();
      head(pen, Math.cos(end) * 33, Math.sin(end) * 33, end + (turn > 0 ? Math.PI / 2 : -Math.PI / 2));
    }
    pen.fillStyle = "#c9cede";
    pen.beginPath();
    pen.arc(0, 0, 7, 0, 2 * Math.PI);
    pen.fill();
  }
}

function head(pen: CanvasRenderingContext2D, x: number, y: number, angle: number): void {
  pen.beginPath();
  for (const [along, aside] of [
    [8, 0],
    [-3, 7],
    [-3, -7],
  ] as const) {
    pen.lineTo(
      x + Math.cos(angle) * along - Math.sin(angle) * aside,
      y + Math.sin(angle) * along + Math.cos(angle) * aside,
    );
  }
  pen.fill();
}

function describe(value: number, above: string, below: string): string {
  const percent = Math.round(Math.abs(value) * 100);
  return percent < 4 ? "–" : `${percent}% ${value > 0 ? above : below}`;
}
