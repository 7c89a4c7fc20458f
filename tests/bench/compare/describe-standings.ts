import type { Crossing, Standing, Standings } from "../pages/compare.ts";
import type { Machine } from "../report.ts";

/** Everything that one run of the benchmark found. */
export interface Comparison {
  readonly machine: Machine;
  readonly chromium: string;
  /** What computes WebGPU. */
  readonly adapter: string;
  readonly rounds: number;
  /** By shape, e.g. `"64 × 256"` for width and rows. */
  readonly learning: Readonly<Record<string, Standings>>;
  /** By how many agents decide together. */
  readonly deciding: Readonly<Record<string, Standings>>;
  readonly crossing: Readonly<Record<string, Crossing>>;
  readonly crossingMinibatches: number;
  /** Whatever else a reader should know, e.g. that the machine was busy. */
  readonly remark: string;
}

/** Whom the others are compared with. */
const REFERENCE = "ours, wasm strict";

/** Writes a comparison as a page of Markdown. */
export function describeComparison(comparison: Comparison): string {
  const { machine, chromium, adapter, rounds, learning, deciding, crossing, crossingMinibatches, remark } = comparison;
  const isSoftware = /swiftshader|llvmpipe/i.test(adapter);
  return [
    "# Results",
    `Made by \`npm run bench -- compare\` on ${machine.date.slice(0, 10)}: ${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, Chromium ${chromium}, WebGPU by ${adapter}.${remark === "" ? "" : ` ${remark}`}`,
    isSoftware
      ? `**${adapter} computes WebGPU on the processor: its milliseconds say nothing about GPUs, and do not even rank what runs on one. Its counts of dispatches, submits and bytes hold everywhere.**`
      : "",
    `All contenders run in one page without shared memory, so one thread each, in turns; times are medians of ${rounds} rounds, with the fastest and the slowest. The difference is the largest one of any number from TensorFlow.js on its cpu backend, the oracle: nobody is timed who computes something else. What they ask of WebGPU was counted by wrapping its interface, on a run after all others.`,
    "## Learning: one PPO step on a minibatch",
    "From a rollout's arrays to new weights and six statistics on the host: 16 observations, 4 continuous actions, 2 hidden layers with tanh, actor and critic apart, clip by global norm, Adam. The difference is that of the weights after the first steps; the counts of several steps in one update are the whole update's.",
    ...Object.entries(learning).flatMap(([shape, standings]) => [
      `### ${shape} (width × rows)`,
      tableOf(standings, (milliseconds) => `${digits(milliseconds)} ms`),
    ]),
    "## Deciding: observations in, greedy actions out",
    "16 observations, 2 hidden layers of 64 with tanh, 4 continuous actions, from array to array.",
    ...Object.entries(deciding).flatMap(([agents, standings]) => [
      `### ${agents} agents together`,
      tableOf(standings, (milliseconds) => `${digits(1000 * milliseconds)} µs`),
    ]),
    "## Where WASM ends and WebGPU begins",
    `Our own learners, milliseconds a minibatch in updates of ${crossingMinibatches} minibatches, WASM with relaxed SIMD. Above a ratio of 1 the GPU is faster.`,
    crossingTable(crossing, crossingMinibatches),
    "",
  ]
    .filter((block, index, all) => block !== "" || index === all.length - 1)
    .join("\n\n");
}

function tableOf(standings: Standings, show: (milliseconds: number) => string): string {
  const reference = standings[REFERENCE]?.timing?.milliseconds ?? Number.NaN;
  const counted = ["dispatches", "submits", "passes", "bindGroups", "buffers", "readbacks", "bytesUp", "bytesDown"];
  const names = ["dispatches", "submits", "passes", "bind groups", "buffers", "readbacks", "bytes up", "bytes down"];
  const row = (name: string, { timing, difference, calls, missing }: Standing): string[] => {
    if (!timing) return [name, `not timed: ${missing ?? "no reason given"}`];
    const { milliseconds, fastest, slowest } = timing;
    const times = [show(milliseconds), `${show(fastest)} – ${show(slowest)}`, digits(milliseconds / reference)];
    return [name, ...times, difference!.toExponential(0), ...counted.map((key) => (calls ? String(calls[key]) : ""))];
  };
  const head = ["contender", "median", "fastest – slowest", `× ${REFERENCE}`, "difference", ...names];
  return table(
    head,
    Object.entries(standings).map(([name, standing]) => row(name, standing)),
  );
}

function crossingTable(crossing: Readonly<Record<string, Crossing>>, minibatches: number): string {
  const head = ["width × rows", "wasm", "webgpu", "wasm ÷ webgpu", "dispatches a minibatch", "bytes up", "bytes down"];
  const rows = Object.entries(crossing).map(([shape, { wasm, webgpu, calls }]) => [
    shape,
    `${digits(wasm.milliseconds)} ms`,
    `${digits(webgpu.milliseconds)} ms`,
    digits(wasm.milliseconds / webgpu.milliseconds),
    String(calls["dispatches"] / minibatches),
    String(calls["bytesUp"]),
    String(calls["bytesDown"]),
  ]);
  return table(head, rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${head.map((_, i) => (cells[i] ?? "").replaceAll("|", "\\|").replace(/\s+/g, " ")).join(" | ")} |`;
  const rule = `|${head.map((_, i) => (i === 0 ? " --- " : " ---: ")).join("|")}|`;
  return [line(head), rule, ...rows.map(line)].join("\n");
}

/** Two digits, and never an exponent. */
function digits(value: number): string {
  if (!Number.isFinite(value)) return "–";
  return value >= 10 ? String(Math.round(value)) : String(Number(value.toPrecision(2)));
}
