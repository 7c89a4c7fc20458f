import { beforeEach, describe, expect, it } from "vitest";
import { Strokes, type Moment } from "../../../sample-game/atelier/rules/strokes.ts";

interface NumberMoment extends Moment {
  readonly value: number;
}

/** What is painted on: a number. */
let value: number;
let alive: Set<NumberMoment>;

beforeEach(() => {
  value = 0;
  alive = new Set();
});

function open(strokes = 3, bytes = 1000): Strokes<NumberMoment> {
  const take = (): NumberMoment => {
    const moment = { value, bytes: 10, dispose: () => void alive.delete(moment) };
    alive.add(moment);
    return moment;
  };
  return new Strokes({ take, bring: (moment) => (value = moment.value) }, { strokes, bytes });
}
function stroke(strokes: Strokes<NumberMoment>, next: number): void {
  strokes.begin();
  value = next;
}

describe("Strokes", () => {
  it("are taken back one by one, and done again", () => {
    const strokes = open();
    for (const next of [1, 2]) stroke(strokes, next);
    const seen: number[] = [];
    for (const step of ["undo", "undo", "undo", "redo", "redo", "redo"] as const) {
      strokes[step]();
      seen.push(value);
    }
    expect(seen).toEqual([1, 0, 0, 1, 2, 2]);
    expect([strokes.canUndo, strokes.canRedo]).toEqual([true, false]);
  });

  it("come back as they had grown when they were taken back", () => {
    const strokes = open();
    stroke(strokes, 1);
    value = 1.5; // by itself
    strokes.undo();
    expect(value).toBe(0);
    strokes.redo();
    expect(value).toBe(1.5);
  });

  it("that were taken back are forgotten when another one begins", () => {
    const strokes = open();
    for (const next of [1, 2]) stroke(strokes, next);
    strokes.undo();
    stroke(strokes, 3);
    expect([strokes.canRedo, alive.size]).toEqual([false, 2]);
    strokes.undo();
    expect(value).toBe(1);
  });

  it.each([
    ["number", 3, 1000, 3],
    ["memory", 9, 25, 2],
    ["memory, but for the last one", 9, 5, 1],
  ])("are remembered up to a %s", (_what, most, bytes, kept) => {
    const strokes = open(most, bytes);
    for (const next of [1, 2, 3, 4, 5]) stroke(strokes, next);
    expect(alive.size).toBe(kept);
    for (let i = 0; i < 9; i++) strokes.undo();
    expect(value).toBe(5 - kept);
    strokes.clear();
    expect([alive.size, strokes.canUndo, strokes.canRedo]).toEqual([0, false, false]);
  });

  it("begin where nothing can be remembered, and cannot be taken back", () => {
    const strokes = new Strokes<NumberMoment>({ take: () => null, bring: () => {} }, { strokes: 3, bytes: 9 });
    strokes.begin();
    expect(strokes.canUndo).toBe(false);
  });
});
