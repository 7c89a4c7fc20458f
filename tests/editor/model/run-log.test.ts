import { describe, expect, it } from "vitest";
import { RunLog, smoothCurve, toCsv } from "../../../plugin/editor/model/run-log.ts";
import type { TrainingProgress } from "../../../plugin/index.ts";

const progress = (decisions: number, meanReturn = decisions): TrainingProgress => ({
  decisions,
  totalDecisions: 1e6,
  updates: 1,
  elapsedSeconds: 1,
  decisionsPerSecond: 2000,
  episodes: 3,
  meanReturn,
  meanLength: 40,
  successRate: 0.5,
  meanTerms: { "rewards[0] approach": 2 * meanReturn },
  statistics: {
    policyLoss: 0,
    valueLoss: 0.25,
    entropy: 1.5,
    approximateKl: 0.01,
    clipFraction: 0,
    gradientNorm: 1,
    minibatches: 4,
    stoppedEarly: false,
    explainedVariance: 0,
    learningRate: 1e-3,
  },
});

describe("RunLog", () => {
  it("takes down each curve", () => {
    const log = new RunLog("one", 0);
    log.add(progress(100, 7));
    expect(log.decisions).toEqual([100]);
    expect([log.values.meanReturn, log.values.entropy, log.values.decisionsPerSecond]).toEqual([[7], [1.5], [2000]]);
  });

  it("takes the same moment down once", () => {
    const log = new RunLog("one", 0);
    log.add(progress(100));
    log.add(progress(100));
    expect(log.decisions).toEqual([100]);
  });

  it("thins itself, and still tells the whole run", () => {
    const log = new RunLog("one", 0);
    for (let i = 1; i <= 10_000; i++) log.add(progress(i));
    expect(log.decisions.length).toBeLessThan(2400);
    expect(log.decisions.length).toBeGreaterThan(1000);
    expect(log.decisions[0]).toBeLessThan(20);
    expect(log.decisions.at(-1)).toBeGreaterThan(9980);
    expect(log.values.meanReturn).toEqual(log.decisions);
    expect(log.terms["rewards[0] approach"]).toEqual(log.decisions.map((decisions) => 2 * decisions));
  });
});

describe("smoothCurve", () => {
  it("starts without bias and forgets", () => {
    // Weights 0.5 and 0.5: (0.5·0.5·2 + 0.5·4) / (0.25 + 0.5) = 2.5 / 0.75
    expect(smoothCurve([2, 4], 0.5)).toEqual([2, 2.5 / 0.75]);
  });

  it("leaves a curve as it is at strength 0", () => {
    expect(smoothCurve([1, 5, 2], 0)).toEqual([1, 5, 2]);
  });

  it("passes over what is no number", () => {
    expect(smoothCurve([NaN, 3, NaN], 0.5)).toEqual([NaN, 3, 3]);
  });
});

describe("toCsv", () => {
  it("writes a line of names and a row for each sample, with empty cells where there was no number", () => {
    const log = new RunLog('run "1"', 0);
    log.add(progress(100, NaN));
    expect(toCsv([log])).toBe(
      "run,decisions,meanReturn,successRate,meanLength,entropy,valueLoss,approximateKl,decisionsPerSecond," +
        '"rewards[0] approach"\n"run ""1""",100,,0.5,40,1.5,0.25,0.01,2000,\n',
    );
  });

  it("gives each term of the reward a column, empty for runs without it", () => {
    const first = new RunLog("first", 0);
    first.add(progress(100, 4));
    const second = new RunLog("second", 1);
    second.add({ ...progress(200), meanTerms: { "ends[0] reached": 1 } });
    const [head, ...rows] = toCsv([first, second]).trim().split("\n");
    expect(head.split(",").slice(9)).toEqual(['"rewards[0] approach"', '"ends[0] reached"']);
    expect(rows.map((row) => row.split(",").slice(9))).toEqual([
      ["8", ""],
      ["", "1"],
    ]);
  });

  it("keeps spreadsheets from running a name", () => {
    const log = new RunLog("=1+1", 0);
    log.add(progress(1));
    expect(toCsv([log]).split("\n")[1]).toMatch(/^"'=1\+1",/);
  });
});
