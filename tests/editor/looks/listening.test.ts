import type { ReactiveController } from "lit";
import { describe, expect, it } from "vitest";
import { Listening } from "../../../plugin/editor/looks/listening.ts";
import { Observable } from "../../../plugin/index.ts";

/** An element that shows one thing, as far as listening goes. */
class Shower {
  shown = new Observable<void>();
  told = 0;
  readonly #listening: ReactiveController = new Listening(
    { addController() {}, removeController() {}, requestUpdate() {}, updateComplete: Promise.resolve(true) },
    () => [this.shown],
    () => (this.told += 1),
  );

  connect(): void {
    this.#listening.hostConnected!();
  }

  update(): void {
    this.#listening.hostUpdate!();
  }

  disconnect(): void {
    this.#listening.hostDisconnected!();
  }
}

describe("Listening", () => {
  it("hears while the element is on the page", () => {
    const shower = new Shower();
    shower.update();
    shower.shown.notifyObservers();
    shower.connect();
    shower.shown.notifyObservers();
    shower.disconnect();
    shower.shown.notifyObservers();
    expect(shower.told).toBe(1);
  });

  it("follows what the element shows", () => {
    const shower = new Shower();
    shower.connect();
    const before = shower.shown;
    shower.shown = new Observable<void>();
    shower.update();
    before.notifyObservers();
    expect(shower.told).toBe(0);
    shower.shown.notifyObservers();
    expect(shower.told).toBe(1);
  });
});
