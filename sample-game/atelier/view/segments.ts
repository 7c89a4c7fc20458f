import { element } from "../../shell/element.ts";
import { enterAt, rove } from "./rove.ts";

/** One of a few words, joined to a bar. */
export class Segments<T extends string> {
  readonly root: HTMLElement;
  readonly #buttons: ReadonlyMap<T, HTMLButtonElement>;

  /** @param label - What is chosen, for screen readers; shown too where `caption` is set. */
  constructor(
    label: string,
    options: readonly (readonly [value: T, text: string, hint?: string])[],
    onPick: (value: T) => void,
    caption = false,
  ) {
    this.#buttons = new Map(
      options.map(([value, text, hint]) => [
        value,
        element("button", {
          class: "segment",
          text,
          attributes: { type: "button", role: "radio", "data-value": value, title: hint ?? null },
          onClick: () => onPick(value),
        }),
      ]),
    );
    const buttons = [...this.#buttons.values()];
    const bar = element(
      "div",
      { class: "segments", attributes: { role: "radiogroup", "aria-label": label } },
      ...buttons,
    );
    rove(bar, () => buttons);
    this.root = caption
      ? element("div", { class: "captioned" }, element("span", { class: "caption", text: label }), bar)
      : bar;
  }

  choose(value: T): void {
    for (const [each, button] of this.#buttons) button.setAttribute("aria-checked", String(each === value));
    enterAt([...this.#buttons.values()], this.#buttons.get(value));
  }

  /** Greys an option out, or not. */
  allow(value: T, allowed: boolean): void {
    this.#buttons.get(value)!.disabled = !allowed;
  }
}
