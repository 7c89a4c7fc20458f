import { element, setText } from "../../shell/element.ts";
import { createFace, setFace } from "./face.ts";
import type { Work } from "../work/workshop.ts";

/** Quick paintings come and go without it. */
const WAIT_MILLISECONDS = 450;

/** What is being painted: how far it is, what it looks like by now, and a way to stop it. */
export class ProgressCard {
  readonly root: HTMLElement;
  readonly #face = createFace("progress-face");
  readonly #stage = element("span", { class: "progress-stage", attributes: { role: "status" } });
  readonly #share = element("output");
  readonly #bar = element("div", {
    class: "progress-bar",
    attributes: { role: "progressbar", "aria-label": "Painting", "aria-valuemin": "0", "aria-valuemax": "100" },
  });
  readonly #fill = element("i");
  #timer = 0;
  #preview: Work["preview"] = null;

  constructor(onCancel: () => void) {
    this.#face.hidden = true; // until there is a preview
    this.#bar.append(this.#fill);
    this.root = element(
      "div",
      { class: "progress-card panel", attributes: { hidden: "", "data-test": "progress" } },
      this.#face,
      element(
        "div",
        { class: "progress-words" },
        element("div", { class: "progress-line" }, this.#stage, this.#share),
        this.#bar,
      ),
      element("button", {
        class: "button",
        text: "Cancel",
        attributes: { type: "button", "data-test": "cancel", title: "Stop it at once (Esc)" },
        onClick: onCancel,
      }),
    );
  }

  set(work: Work | null): void {
    if (!work) {
      window.clearTimeout(this.#timer);
      this.#timer = 0;
      this.root.hidden = true;
      this.#face.hidden = true;
      this.#preview = null;
      return;
    }
    if (this.root.hidden && !this.#timer) {
      this.#timer = window.setTimeout(() => {
        this.#timer = 0;
        this.root.hidden = false;
      }, WAIT_MILLISECONDS);
    }
    const percent = Math.round(100 * work.done);
    setText(this.#stage, work.stage);
    setText(this.#share, `${percent} %`);
    this.#bar.setAttribute("aria-valuenow", String(percent));
    this.#fill.style.transform = `scaleX(${work.done.toFixed(3)})`;
    if (!work.preview || work.preview === this.#preview) return;
    this.#preview = work.preview;
    const { width, height, pixels } = work.preview;
    setFace(this.#face, pixels, width, height);
    this.#face.hidden = false;
  }

  dispose(): void {
    window.clearTimeout(this.#timer);
    this.root.remove();
  }
}
