import type { AgentGroup } from "../../../plugin/index.ts";
import { PixelPicture } from "../../maze/view/pixel-picture.ts";
import { element, setText } from "../../shell/element.ts";
import { GEMS, seekerConfig } from "../rules/config.ts";
import { GEM_COLOURS } from "./seeker-view.ts";

const WANTED = ["wanted", "not this", "nor this"] as const;

/** What the golem's camera shows it, and what it does. */
export class EyePanel {
  readonly root: HTMLElement;
  readonly #picture: PixelPicture;
  readonly #drive = element("i");
  readonly #turn = element("i");
  readonly #score = element("output", { attributes: { "data-test": "score" } });
  /** Pictures drawn so far that were not black. */
  drawn = 0;

  constructor(container: HTMLElement) {
    const { pixels } = seekerConfig.camera;
    this.#picture = new PixelPicture(pixels, pixels, "What the golem's camera sees", "sight");
    this.root = element(
      "aside",
      { class: "mind panel", attributes: { "aria-label": "What the golem sees and does" } },
      element(
        "div",
        { class: "mind-sight" },
        element("h3", { text: `Its camera: ${pixels} × ${pixels} pixels` }),
        this.#picture.canvas,
        element(
          "ul",
          { class: "legend" },
          ...GEMS.map((name, index) =>
            element(
              "li",
              {},
              element("i", { attributes: { style: `background: ${GEM_COLOURS[index]}` } }),
              `${name}: ${WANTED[index]}`,
            ),
          ),
        ),
      ),
      element(
        "div",
        { class: "mind-does" },
        element("h3", { text: "What it does" }),
        element(
          "div",
          { class: "ways" },
          element("div", { class: "way" }, element("span", { text: "go" }), this.#drive),
          element("div", { class: "way" }, element("span", { text: "turn" }), this.#turn),
        ),
        element("p", { class: "expected" }, this.#score),
      ),
    );
    container.append(this.root);
  }

  /** Draws one decision. */
  show({ images, actions }: AgentGroup): void {
    const { pixels } = seekerConfig.camera;
    if (images.some((byte) => byte > 0)) this.drawn++;
    this.#picture.draw((column, row) => {
      const at = 3 * (row * pixels + column);
      return [images[at], images[at + 1], images[at + 2]];
    });
    const [drive, turn] = actions.continuous;
    this.#drive.style.transform = `scaleX(${clip(drive).toFixed(3)})`;
    const side = Math.min(1, Math.abs(turn)) / 2;
    this.#turn.style.transform = `translateX(${turn < 0 ? (0.5 - side) * 100 : 50}%) scaleX(${side.toFixed(3)})`;
  }

  /** Says how it went so far. */
  tell(found: number, walked: number): void {
    setText(this.#score, walked === 0 ? "No court walked yet." : `Found ${found} of ${walked} emeralds.`);
  }

  dispose(): void {
    this.root.remove();
  }
}

function clip(value: number): number {
  return Math.min(1, Math.max(0, value));
}
