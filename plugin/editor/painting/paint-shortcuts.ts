import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Observer } from "../../index.ts";
import { deedOfKey, PAINT_KEYS } from "./paint-keys.ts";
import type { Painting } from "./painting.ts";

/** Lets keys paint while the panel has the focus and the host is on the page. */
export class PaintShortcuts implements ReactiveController {
  readonly #painting: () => Painting;
  readonly #letGo = (): void => this.#painting().comparison.hold(false);
  readonly #release = ({ code }: KeyboardEvent): void => {
    if (code === `Key${PAINT_KEYS.holdEarlier}`) this.#letGo();
  };
  #observer: Observer | null = null;

  /** @param painting - Asked when the host comes onto the page, and at each key. */
  constructor(host: ReactiveControllerHost, painting: () => Painting) {
    this.#painting = painting;
    host.addController(this);
  }

  hostConnected(): void {
    this.#observer = this.#painting().studio.onKeyObservable.add((event) => this.#press(event));
    addEventListener("keyup", this.#release);
    addEventListener("blur", this.#letGo);
  }

  hostDisconnected(): void {
    this.#observer?.remove();
    removeEventListener("keyup", this.#release);
    removeEventListener("blur", this.#letGo);
  }

  #press(event: KeyboardEvent): void {
    const painting = this.#painting();
    if (event.defaultPrevented || !painting.mesh) return;
    if (event.key === "Escape") {
      if (leave(painting)) event.preventDefault();
      return;
    }
    const deed = deedOfKey(event, PAINT_KEYS);
    if (deed === "rollSeed") painting.rollSeed();
    else if (deed === "keep") void painting.keep();
    else if (deed === "paint" && !painting.work) void painting.paint();
    else if (deed === "holdEarlier") painting.comparison.hold(true);
    else if (deed === "toggleSplit") painting.comparison.split(!painting.comparison.isSplit);
    else return;
    event.preventDefault();
  }
}

/** Leaves what is under way. @returns Whether something was. */
function leave(painting: Painting): boolean {
  if (painting.work || painting.hasDraft) painting.cancel();
  else if (painting.comparison.isSplit) painting.comparison.split(false);
  else return false;
  return true;
}
