import { describe, expect, it } from "vitest";
import type { YardLayout } from "../../../../sample-game/yard/rules/layout.ts";
import { Referee, type YardEvent } from "../../../../sample-game/yard/rules/referee.ts";

const FAR = [{ x: 9, z: 9 }];

const layout: YardLayout = {
  obstacles: [],
  gate: { side: "south", x: 0, z: -10, yaw: 0, width: 2.4 },
  loot: [
    { x: 0, z: 0 },
    { x: 5, z: 0 },
  ],
  thief: { x: 0, z: -8, yaw: 0 },
  golems: [{ x: 9, z: 9, yaw: 0 }],
};

/** Visits places one after the other, a second at each. */
function visit(referee: Referee, ...places: (readonly [number, number])[]): YardEvent[] {
  return places.flatMap(([x, z]) => [...referee.advance(1, { x, z }, FAR)]);
}

describe("A referee", () => {
  it("lets the thief pick up a piece within reach", () => {
    const referee = new Referee(layout);
    expect(visit(referee, [0, -1], [0, -0.5])).toEqual([{ kind: "picked", piece: 0 }]);
    expect(referee.carried).toBe(0);
  });

  it("lets the thief carry one piece at a time", () => {
    const referee = new Referee(layout);
    visit(referee, [0, 0]);
    expect(visit(referee, [5, 0])).toEqual([]);
    expect(referee.pieces[1].state).toBe("lying");
  });

  it("counts a piece that is brought to the gate", () => {
    const referee = new Referee(layout);
    expect(visit(referee, [0, 0], [0, -8.9])).toEqual([
      { kind: "picked", piece: 0 },
      { kind: "carriedOut", piece: 0, piecesLeft: 1 },
    ]);
    expect(referee.score).toBe(100);
    expect(referee.outcome).toBe("playing");
  });

  it("lets the thief escape with the last piece, and pays for the seconds left", () => {
    const referee = new Referee(layout, { timeLimit: 20 });
    const events = visit(referee, [0, 0], [0, -9], [5, 0], [0, -9]);
    expect(events.at(-1)).toEqual({ kind: "escaped" });
    expect(referee.outcome).toBe("escaped");
    // Two pieces and 16 seconds left, 5 points each.
    expect(referee.score).toBe(280);
  });

  it("ends the game when a golem is near enough, and lets the loot fall", () => {
    const referee = new Referee(layout);
    visit(referee, [0, 0]);
    expect(referee.advance(1, { x: 1, z: 0 }, [...FAR, { x: 1, z: 1.05 }])).toEqual([
      { kind: "dropped", piece: 0 },
      { kind: "caught", golem: 1 },
    ]);
    expect(referee.outcome).toBe("caught");
    expect(referee.pieces[0]).toEqual({ x: 1, z: 0, state: "lying" });
  });

  it("does nothing once the game is over", () => {
    const referee = new Referee(layout);
    referee.advance(1, { x: 0, z: 5 }, [{ x: 0, z: 5.5 }]);
    expect(referee.advance(1, { x: 0, z: 0 }, FAR)).toEqual([]);
    expect(referee.elapsed).toBe(1);
  });

  it("ends the game when time is up", () => {
    const referee = new Referee(layout, { timeLimit: 2 });
    expect(visit(referee, [3, 3], [3, 3])).toEqual([{ kind: "timeUp" }]);
    expect(referee.outcome).toBe("timeUp");
    expect(referee.secondsLeft).toBe(0);
  });

  it("does not hand a dropped piece back before the thief has left it", () => {
    const referee = new Referee(layout);
    visit(referee, [0, 0]);
    expect(referee.drop({ x: 2, z: 0 })).toEqual([{ kind: "dropped", piece: 0 }]);
    expect(visit(referee, [2, 0.5])).toEqual([]);
    expect(visit(referee, [2, 3], [2, 0])).toEqual([{ kind: "picked", piece: 0 }]);
  });
});
