import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";

const MEGABYTES = "64"; // of young generation: more than the program allocates, so that nothing is collected meanwhile

describe("Bytes allocated once the engine has compiled everything", () => {
  const flags = [`--min-semi-space-size=${MEGABYTES}`, `--max-semi-space-size=${MEGABYTES}`, "--expose-gc"];
  const program = resolve(import.meta.dirname, "measure-allocations.ts");
  // The least of three runs: what a step allocates it allocates in each, what a busy machine compiles late in one.
  const runs = Array.from({ length: 3 }, () => {
    const output = execFileSync(process.execPath, [...flags, "--import", "tsx", program], { encoding: "utf8" });
    return JSON.parse(output) as Record<"decide" | "see" | "collect" | "diagnose" | "allocate", number>;
  });
  const least = (of: keyof (typeof runs)[number]): number => Math.min(...runs.map((run) => run[of]));
  const bytes = {
    decide: least("decide"),
    see: least("see"),
    collect: least("collect"),
    diagnose: least("diagnose"),
    allocate: least("allocate"),
  };

  it("are seen by the measurement at all: one array of 16 numbers", () => {
    expect(bytes.allocate).toBeGreaterThan(64);
  });

  it("are next to none a decision of 16 agents", () => {
    // Compiling late leaves some 60 kB behind, shared by 20,000 decisions.
    expect(bytes.decide).toBeLessThan(16);
  });

  it("are next to none a decision of 16 agents that see pictures", () => {
    expect(bytes.see).toBeLessThan(16);
  });

  it("are next to none a collected step of 16 agents, ends of episodes included", () => {
    expect(bytes.collect).toBeLessThan(16);
  });

  it("are next to none a step of 16 agents that the doctor notes", () => {
    expect(bytes.diagnose).toBeLessThan(16);
  });
});
