import { describe, expect, it } from "vitest";
import { Turns } from "../../../plugin/editor/model/turns.ts";

describe("Turns", () => {
  it("give each its turn, one a step, and then rest until the next round", () => {
    const turns = new Turns();
    const drawn: string[] = [];
    turns.add(() => drawn.push("a"));
    const b = turns.add(() => drawn.push("b"));
    turns.step();
    expect(drawn).toEqual([]);
    turns.begin();
    for (let step = 0; step < 4; step++) turns.step();
    expect(drawn).toEqual(["a", "b"]);
    b.remove();
    turns.begin();
    for (let step = 0; step < 4; step++) turns.step();
    expect(drawn).toEqual(["a", "b", "a"]);
  });

  it("do not begin again while a round goes on, but after it", () => {
    const turns = new Turns();
    const drawn: string[] = [];
    turns.add(() => drawn.push("a"));
    turns.add(() => drawn.push("b"));
    turns.begin();
    turns.step();
    turns.begin();
    turns.step();
    expect(drawn).toEqual(["a", "b"]);
    for (let step = 0; step < 4; step++) turns.step();
    expect(drawn).toEqual(["a", "b", "a", "b"]);
  });
});
