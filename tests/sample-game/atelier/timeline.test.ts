import { describe, expect, it } from "vitest";
import { Timeline } from "../../../sample-game/atelier/rules/timeline.ts";

const FREE = { steps: 100, weight: Infinity };

function filled(...steps: string[]): Timeline<string> {
  const timeline = new Timeline(steps[0], FREE);
  for (const step of steps.slice(1)) timeline.push(step);
  return timeline;
}

describe("A timeline", () => {
  it("goes back and forth, and stays where there is no further way", () => {
    const timeline = filled("a", "b", "c");
    expect([timeline.undo(), timeline.undo(), timeline.undo()]).toEqual(["b", "a", null]);
    expect(timeline.present).toBe("a");
    expect([timeline.redo(), timeline.redo(), timeline.redo()]).toEqual(["b", "c", null]);
    expect([timeline.canUndo, timeline.canRedo]).toEqual([true, false]);
  });

  it("forgets what was undone when something new is done", () => {
    const timeline = filled("a", "b", "c");
    timeline.undo();
    timeline.push("d");
    expect(timeline.steps).toEqual(["a", "b", "d"]);
    expect(timeline.canRedo).toBe(false);
  });

  it("goes to any step at once, and to none that is not there", () => {
    const timeline = filled("a", "b", "c");
    expect(timeline.jump(0)).toBe("a");
    expect([timeline.jump(3), timeline.jump(-1), timeline.jump(0.5)]).toEqual([null, null, null]);
    expect(timeline.index).toBe(0);
  });

  it("drops the oldest steps beyond its limit", () => {
    const timeline = new Timeline("a", { steps: 3, weight: Infinity });
    for (const step of ["b", "c", "d"]) timeline.push(step);
    expect(timeline.steps).toEqual(["b", "c", "d"]);
    expect(timeline.present).toBe("d");
  });

  it("drops the oldest when all weigh too much, but keeps the way back of one step", () => {
    const timeline = new Timeline(50, { steps: 100, weight: 100 }, (weight) => weight);
    timeline.push(40);
    timeline.push(30);
    expect(timeline.steps).toEqual([40, 30]); // 120 is too much, 70 is not
    timeline.push(90);
    expect(timeline.steps).toEqual([30, 90]); // 120 is too much, but two stay
  });

  it("replaces the present step in its place", () => {
    const timeline = filled("a", "b");
    timeline.undo();
    timeline.replace("A");
    expect(timeline.steps).toEqual(["A", "b"]);
    expect(timeline.previous).toBeNull();
  });
});
