import type { AgentGroup } from "../../../plugin/index.ts";
import { PixelPicture } from "../../shell/pixel-picture.ts";
import { element, setText } from "../../shell/element.ts";
import { GEMS, seekerConfig } from "../rules/config.ts";
import { GEM_COLOURS } from "./seeker-view.ts";

const WANTED = ["wanted", "not this", "nor this"] as const;

/** Where the golem's pictures are looked at. */
export type Place = "memory" | "gpu";

const PLACES: Readonly<Record<Place, string>> = { memory: "in memory", gpu: "on the GPU" };

/** What the golem's camera shows it, and what it does. */
export class EyePanel {
  readonly root: HTMLElement;
  readonly #picture: PixelPicture;
  readonly #drive = element("i");
  readonly #turn = element("i");
  readonly #chips: readonly HTMLElement[];
  readonly #places = element("div", {
    class: "chips",
    attributes: { role: "radiogroup", "aria-label": "Where it looks at pictures", hidden: "" },
  });
  readonly #stays = element("p", {
    class: "stays",
    text: "The picture stays on the GPU. Two numbers come back: go and turn.",
    attributes: { hidden: "" },
  });
  readonly #score = element("output", { attributes: { "data-test": "score" } });
  /** Pictures drawn so far that were not black. */
  drawn = 0;

  /** @param choose - Called when somebody wants the pictures looked at elsewhere. */
  constructor(container: HTMLElement, choose: (place: Place) => void) {
    const { pixels } = seekerConfig.camera;
    this.#chips = (Object.keys(PLACES) as Place[]).map((place) => {
      const attributes = { type: "button", role: "radio", "data-value": place };
      const chip = element("button", { class: "chip", text: PLACES[place], attributes });
      chip.addEventListener("click", () => choose(place));
      return chip;
    });
    this.#places.append(...this.#chips);
    this.#picture = new PixelPicture(pixels, pixels, "What the golem's camera sees", "sight");
    this.root = element(
      "aside",
      { class: "mind panel", attributes: { "aria-label": "What the golem sees and does" } },
      element(
        "div",
        { class: "mind-sight" },
        element("h3", { text: `Its camera: ${pixels} × ${pixels} pixels` }),
        this.#picture.canvas,
        this.#stays,
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
        this.#places,
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

  /** Shows where pictures are looked at, and that there is a choice. */
  setPlace(place: Place): void {
    this.#places.hidden = false;
    for (const chip of this.#chips) chip.setAttribute("aria-checked", String(chip.dataset["value"] === place));
    this.#picture.canvas.hidden = place === "gpu";
    this.#stays.hidden = place !== "gpu";
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
