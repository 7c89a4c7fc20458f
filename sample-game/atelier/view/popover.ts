import { element } from "../../shell/element.ts";

/** Something that a button opens beside it; Escape, a click elsewhere and the button close it. */
export class Popover {
  readonly root: HTMLElement;
  readonly #button: HTMLButtonElement;
  readonly #panel: HTMLElement;
  readonly #onToggle: (open: boolean) => void;
  readonly #away = (event: Event): void => {
    if (!this.root.contains(event.target as Node)) this.close();
  };

  /** @param closesOnPick - Whether a click on a button in it closes it. Default true. */
  constructor(
    button: HTMLButtonElement,
    panel: HTMLElement,
    label: string,
    options: { closesOnPick?: boolean; onToggle?: (open: boolean) => void } = {},
  ) {
    const { closesOnPick = true, onToggle = () => {} } = options;
    this.#button = button;
    this.#panel = panel;
    this.#onToggle = onToggle;
    panel.hidden = true;
    panel.setAttribute("role", "group");
    panel.setAttribute("aria-label", label);
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", () => (panel.hidden ? this.open() : this.close()));
    this.root = element("div", { class: "popover" }, button, panel);
    this.root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || panel.hidden) return;
      event.stopPropagation();
      this.close();
      button.focus();
    });
    panel.addEventListener("click", (event) => {
      if (closesOnPick && (event.target as Element).closest("button")) this.close();
    });
  }

  get isOpen(): boolean {
    return !this.#panel.hidden;
  }

  open(): void {
    if (this.isOpen) return;
    this.#panel.hidden = false;
    this.#button.setAttribute("aria-expanded", "true");
    document.addEventListener("pointerdown", this.#away, true);
    this.#panel.querySelector<HTMLElement>("button, input, [tabindex='0']")?.focus({ preventScroll: true });
    this.#onToggle(true);
  }

  close(): void {
    if (!this.isOpen) return;
    this.#panel.hidden = true;
    this.#button.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", this.#away, true);
    this.#onToggle(false);
  }
}
