import { element } from "./element.ts";

/** One of several chips. */
export interface ChoiceItem<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly title?: string;
  readonly enabled?: boolean;
}

/** A row of chips of which one is chosen; arrow keys move as in any group of radio buttons. */
export class Choice<T extends string> {
  readonly root: HTMLElement;
  readonly #onPick: (value: T) => void;
  #items: readonly ChoiceItem<T>[] = [];

  constructor(label: string, onPick: (value: T) => void) {
    this.root = element("div", { class: "chips", attributes: { role: "radiogroup", "aria-label": label } });
    this.#onPick = onPick;
    this.root.addEventListener("keydown", (event) => this.#step(event));
  }

  /** Shows the items anew; keeps the focus. */
  set(items: readonly ChoiceItem<T>[], chosen: T): void {
    this.#items = items;
    const hadFocus = this.root.contains(document.activeElement);
    this.root.replaceChildren(
      ...items.map(({ value, label, title, enabled = true }) =>
        element("button", {
          class: "chip",
          text: label,
          attributes: {
            type: "button",
            role: "radio",
            title: title ?? null,
            "data-value": value,
            "aria-checked": String(value === chosen),
            tabindex: value === chosen ? "0" : "-1",
            disabled: enabled ? null : "",
          },
          onClick: () => this.#onPick(value),
        }),
      ),
    );
    if (hadFocus) this.root.querySelector<HTMLElement>('[aria-checked="true"]')?.focus();
  }

  #step(event: KeyboardEvent): void {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const open = this.#items.filter((item) => item.enabled !== false);
    const at = open.findIndex((item) => item.value === (event.target as HTMLElement).dataset["value"]);
    const next = open[(at + by + open.length) % open.length];
    if (next) this.#onPick(next.value);
  }
}
