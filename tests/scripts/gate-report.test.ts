import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { gate, median, onlyInFull, readCommandLine, type GateGroup } from "../bench/report.ts";
import { runGroups } from "../bench/run-groups.ts";

const reaches = (value: number): GateGroup => ({
  name: "walk",
  describe: "Walks.",
  run: () => ({ seeds: [1, 2], gates: [gate("return", value, "", ">=", 0.9)] }),
});

const printed: string[] = [];

beforeEach(() => {
  vi.spyOn(console, "log").mockImplementation((line: string) => void printed.push(line));
  vi.spyOn(console, "table").mockImplementation(() => undefined);
});

afterEach(() => {
  vi.restoreAllMocks();
  printed.length = 0;
});

describe("A gate", () => {
  it.each([
    [">=", 1, 1, true],
    [">=", 0.99, 1, false],
    ["<=", 1, 1, true],
    ["<=", 1.01, 1, false],
    [">=", Number.NaN, 1, false],
    ["<=", Number.NaN, 1, false],
  ] as const)("%s holds %d against %d: %s", (compare, value, bar, holds) => {
    expect(gate("a", value, "", compare, bar).holds).toBe(holds);
  });
});

describe("The median", () => {
  it("is the middle of an odd count and the mean of the middle two of an even one", () => {
    expect([median([3, 1, 2]), median([4, 1, 3, 2])]).toEqual([2, 2.5]);
  });
});

describe("A gate command", () => {
  it("ends with one JSON object that holds figures and gates", async () => {
    const status = await runGroups([reaches(0.95)], "npm run bench", ["walk", "--json"]);
    const figures = JSON.parse(printed.at(-1)!) as Record<string, unknown>;
    expect(status).toBe(0);
    expect(figures).toMatchObject({ name: "walk", seeds: [1, 2], smoke: false });
    expect(figures["gates"]).toEqual([{ what: "return", value: 0.95, unit: "", compare: ">=", bar: 0.9, holds: true }]);
  });

  it("fails when a gate does not hold", async () => {
    expect(await runGroups([reaches(0.5)], "npm run bench", ["walk", "--json"])).toBe(1);
  });

  it("says how many gates passed and failed", async () => {
    await runGroups([reaches(0.5)], "npm run bench", ["walk"]);
    expect(printed.at(-1)).toMatch(/^walk: 0 passed, 1 failed, in [\d.]+ s\n$/);
  });

  it("judges no speed in a smoke run", async () => {
    const slow: GateGroup = {
      name: "slow",
      describe: "Crawls.",
      run: () => ({ gates: [gate("rate", 1, "GFLOP/s", ">=", 15), gate("ratio", 1, "×", ">=", 20)] }),
    };
    expect(await runGroups([slow], "npm run bench", ["slow"])).toBe(1);
    expect(await runGroups([slow], "npm run bench", ["slow", "--smoke"])).toBe(0);
    expect(printed.at(-1)).toMatch(/^slow: 0 passed, 0 failed, 2 only shown, in [\d.]+ s\n$/);
  });

  it("judges what needs all seeds in a full run only", async () => {
    const rare = { ...reaches(0), run: () => ({ gates: [onlyInFull(gate("gain", 0.1, "", ">=", 0.2))] }) };
    expect(await runGroups([rare], "npm run bench", ["walk", "--smoke"])).toBe(0);
    expect(await runGroups([rare], "npm run bench", ["walk"])).toBe(1);
  });

  it("judges everything else in a smoke run too", async () => {
    expect(await runGroups([reaches(0.5)], "npm run bench", ["walk", "--smoke"])).toBe(1);
  });

  it("lists its names when none is given", async () => {
    expect(await runGroups([reaches(1)], "npm run bench", [])).toBe(0);
    expect(printed.join("\n")).toContain("walk         Walks.");
  });

  it("refuses a name that it does not have", async () => {
    await expect(runGroups([reaches(1)], "npm run bench", ["swim"])).rejects.toThrow(
      new Error('npm run bench: needed one of walk, came "swim". Name one of them.'),
    );
  });

  it("hands seeds and settings on", () => {
    const { args } = readCommandLine(["walk", "--seeds", "3", "--smoke", "--set", "rounds=9"]);
    expect([args.seeds, args.smoke, args.settings]).toEqual([3, true, { rounds: "9" }]);
  });

  it.each([
    [["--seeds", "0"], '--seeds: needed a whole number above 0, came "0". Use e.g. --seeds 10.'],
    [["--set", "rounds"], '--set: needed name=value, came "rounds". Use e.g. --set rounds=9.'],
  ])("refuses %j", (argv, message) => {
    expect(() => readCommandLine(argv)).toThrow(new Error(message));
  });
});
