import { describe, expect, it } from "vitest";
import type { EpisodeLog } from "../../plugin/learn/rollout.ts";
import { scheduled } from "../../plugin/learn/schedule.ts";
import { ScoreBoard } from "../../plugin/learn/score-board.ts";

/** Ended episodes of these returns; lengths are ten times the returns, those above 0 succeeded. */
function log(...returns: number[]): EpisodeLog {
  return {
    count: Int32Array.of(returns.length),
    returns: Float32Array.from([...returns, 77]), // what lies behind the count is old
    lengths: Int32Array.from(returns, (value) => Math.abs(value) * 10),
    succeeded: Uint8Array.from(returns, (value) => (value > 0 ? 1 : 0)),
    termNames: ["near", "time"],
    termSums: Float32Array.from(returns.flatMap((value) => [value + 1, -1])), // each episode costs 1 of time
  };
}

describe("The score board", () => {
  it("knows no means before an episode has ended", () => {
    expect(new ScoreBoard().means()).toEqual({ meanReturn: NaN, meanLength: NaN, successRate: NaN, meanTerms: {} });
  });

  it("means over the episodes so far", () => {
    const board = new ScoreBoard();
    board.add(log(1, -2));
    board.add(log());
    board.add(log(4));
    expect(board.means()).toEqual({
      meanReturn: 1,
      meanLength: 70 / 3,
      successRate: 2 / 3,
      meanTerms: { near: 2, time: -1 },
    });
    expect(board.episodes).toBe(3);
  });

  it("means over the last 100 episodes only", () => {
    const board = new ScoreBoard();
    board.add(log(...Array<number>(60).fill(-1)));
    board.add(log(...Array<number>(90).fill(2)));
    // 10 old ones and 90 new ones.
    expect(board.means()).toEqual({
      meanReturn: 1.7,
      meanLength: 19,
      successRate: 0.9,
      meanTerms: { near: 2.7, time: -1 },
    });
  });

  it("counts the episodes of an earlier process, but does not mean over them", () => {
    const board = new ScoreBoard(1234);
    expect(board.means().meanReturn).toBeNaN();
    board.add(log(3, 5));
    expect([board.episodes, board.means().meanReturn]).toEqual([1236, 4]);
  });
});

describe("A schedule", () => {
  it("that is a number stays", () => {
    expect([scheduled(3, 0), scheduled(3, 1)]).toEqual([3, 3]);
  });

  it("moves evenly from one value to the other", () => {
    expect([0, 0.25, 1].map((progress) => scheduled({ from: 8, to: 4 }, progress))).toEqual([8, 7, 4]);
  });
});
