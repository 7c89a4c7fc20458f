import { describe, expect, it } from "vitest";
import { Holding } from "../../../plugin/editor/looks/holding.ts";
import { Observable } from "../../../plugin/index.ts";

/** Something held, that tells whether it was let go of. */
class Thing {
  readonly onChangeObservable = new Observable<void>();
  readonly of: string;
  isDisposed = false;

  constructor(of: string) {
    this.of = of;
  }

  dispose(): void {
    this.isDisposed = true;
  }
}

/** An element that shows one thing, as far as holding goes. */
class Shower {
  chosen: string | null = "one";
  drawings = 0;
  readonly holding = new Holding(
    {
      addController() {},
      removeController() {},
      requestUpdate: () => (this.drawings += 1),
      updateComplete: Promise.resolve(true),
    },
    () => this.chosen,
    (chosen) => new Thing(chosen),
  );
}

describe("Holding", () => {
  it("holds nothing before the element is on the page", () => {
    const { holding } = new Shower();
    holding.hostUpdate();
    expect(holding.held).toBeNull();
  });

  it("keeps what it holds as long as the same is chosen", () => {
    const { holding } = new Shower();
    holding.hostConnected();
    holding.hostUpdate();
    const before = holding.held;
    holding.hostUpdate();
    expect(holding.held).toBe(before);
    expect(before?.of).toBe("one");
  });

  it("lets go of what it holds when another is chosen", () => {
    const shower = new Shower();
    shower.holding.hostConnected();
    shower.holding.hostUpdate();
    const before = shower.holding.held;
    shower.chosen = "other";
    shower.holding.hostUpdate();
    expect([before?.isDisposed, shower.holding.held?.of]).toEqual([true, "other"]);
  });

  it("lets go of it when the element leaves the page, and makes it anew when it comes back", () => {
    const { holding } = new Shower();
    holding.hostConnected();
    holding.hostUpdate();
    const before = holding.held;
    holding.hostDisconnected();
    expect([before?.isDisposed, holding.held]).toEqual([true, null]);
    holding.hostConnected();
    holding.hostUpdate();
    expect(holding.held?.isDisposed).toBe(false);
  });

  it("has the element drawn when what it holds tells of a change, and not when it is gone", () => {
    const shower = new Shower();
    shower.holding.hostConnected();
    shower.holding.hostUpdate();
    const before = shower.holding.held;
    before?.onChangeObservable.notifyObservers();
    shower.chosen = null;
    shower.holding.hostUpdate();
    before?.onChangeObservable.notifyObservers();
    expect(shower.drawings).toBe(1);
  });
});
