import { element } from "../../shell/element.ts";
import { enterAt, rove } from "./rove.ts";

/** What the sheet shows on narrow screens. */
export type PhoneTab = "make" | "adjust" | "view" | "keep";

const TABS: readonly (readonly [PhoneTab, string])[] = [
  ["make", "Make"],
  ["adjust", "Adjust"],
  ["view", "View"],
  ["keep", "Keep"],
];

/** The tabs of the sheet at the lower edge of narrow screens; wide ones show everything at once. */
export class PhoneTabs {
  readonly root: HTMLElement;
  readonly #container: HTMLElement;
  readonly #buttons: ReadonlyMap<PhoneTab, HTMLButtonElement>;
  readonly #onPick: () => void;

  /** @param container - Gets the tab's name as `data-tab`, for the style. */
  constructor(container: HTMLElement, onPick: () => void) {
    this.#container = container;
    this.#onPick = onPick;
    this.#buttons = new Map(
      TABS.map(([tab, label]) => [
        tab,
        element("button", {
          class: "phone-tab",
          text: label,
          attributes: { type: "button", role: "tab", "data-value": tab },
          onClick: () => this.pick(tab),
        }),
      ]),
    );
    const buttons = [...this.#buttons.values()];
    this.root = element(
      "nav",
      { class: "phone-tabs", attributes: { role: "tablist", "aria-label": "Sheet" } },
      ...buttons,
    );
    rove(this.root, () => buttons);
    this.pick("make");
  }

  pick(tab: PhoneTab): void {
    this.#container.dataset["tab"] = tab;
    for (const [each, button] of this.#buttons) button.setAttribute("aria-selected", String(each === tab));
    enterAt([...this.#buttons.values()], this.#buttons.get(tab));
    this.#onPick();
  }
}
