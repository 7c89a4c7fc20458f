import { element } from "../../shell/element.ts";

/** How a message is meant. */
export type ToastKind = "good" | "bad" | "plain";

/** Something that a message offers to do. */
export interface ToastOffer {
  readonly title: string;
  act(): void;
}

const SECONDS: Readonly<Record<ToastKind, number>> = { good: 3.5, plain: 5, bad: 12 };
/** An offer waits as long as bad news. */
const OFFER_SECONDS = SECONDS.bad;
const MOST = 3;

/** Short messages that go by themselves; what went wrong stays longer and can be put away. */
export class Toasts {
  readonly root = element("div", { class: "atelier-toasts", attributes: { "data-test": "toasts" } });
  readonly #timers = new Map<HTMLElement, number>();

  /** Shows a message. An equal one that is still there is shown anew. */
  say(text: string, kind: ToastKind = "plain", offer: ToastOffer | null = null): void {
    for (const shown of this.#timers.keys()) if (shown.dataset["text"] === text) this.#drop(shown);
    const toast = element(
      "div",
      {
        class: `atelier-toast panel ${kind}`,
        attributes: { role: kind === "bad" ? "alert" : "status", "data-text": text },
      },
      element("span", { text }),
      ...(offer ? [this.#offer(offer, () => this.#drop(toast))] : []),
      element("button", {
        class: "button quiet round",
        text: "×",
        attributes: { type: "button", "aria-label": "Put this message away" },
        onClick: () => this.#drop(toast),
      }),
    );
    this.root.append(toast);
    this.#timers.set(
      toast,
      window.setTimeout(() => this.#drop(toast), 1000 * (offer ? OFFER_SECONDS : SECONDS[kind])),
    );
    const [oldest] = this.#timers.keys();
    if (this.#timers.size > MOST) this.#drop(oldest);
  }

  dispose(): void {
    for (const toast of [...this.#timers.keys()]) this.#drop(toast);
    this.root.remove();
  }

  #offer({ title, act }: ToastOffer, drop: () => void): HTMLElement {
    return element("button", {
      class: "button",
      text: title,
      attributes: { type: "button" },
      onClick: () => {
        drop();
        act();
      },
    });
  }

  #drop(toast: HTMLElement): void {
    window.clearTimeout(this.#timers.get(toast));
    this.#timers.delete(toast);
    toast.remove();
  }
}
