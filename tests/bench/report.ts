import { cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";

/** How a measured value is held against its bar. */
export type Comparison = ">=" | "<=";

/** One promise with the value that was measured for it. Make one with `gate`. */
export interface Gate {
  /** What was measured, e.g. `"64 wide, minibatch 256, against tfjs-wasm"`. */
  readonly what: string;
  readonly value: number;
  /** e.g. `"×"`, `"GFLOP/s"`, `"return"`; empty for a plain number. */
  readonly unit: string;
  readonly compare: Comparison;
  readonly bar: number;
  readonly holds: boolean;
  /** Whether it says something only with all its seeds: a smoke run shows it and does not judge it. */
  readonly fullOnly?: true;
}

/** What the command line asked for. */
export interface GateArguments {
  /** How many seeds; undefined where the group's own number counts. */
  readonly seeds: number | undefined;
  /** Only show that everything runs, within 60 seconds; gates about speed are shown and not judged. */
  readonly smoke: boolean;
  /** What a group wants to know beyond that: `--set name=value`, as often as needed. */
  readonly settings: Readonly<Record<string, string>>;
  /** Tells a person how it goes; goes to stderr, so that stdout keeps the figures only. */
  readonly log: (line: string) => void;
}

/** What a group has measured. Any further key is published as it is. */
export interface GateFigures {
  readonly gates: readonly Gate[];
  /** The seeds that were used. */
  readonly seeds?: readonly number[];
  readonly [figure: string]: unknown;
}

/** A named command that measures something and holds it against bars. A file exports one as its default. */
export interface GateGroup {
  /** As on the command line. */
  readonly name: string;
  /** One sentence for the list of names. */
  readonly describe: string;
  run(args: GateArguments): GateFigures | Promise<GateFigures>;
}

/** The machine and the moment that figures belong to. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly platform: string;
  readonly node: string;
  /** ISO date, to the second. */
  readonly date: string;
}

/** Holds a measured value against its bar. NaN never holds. */
export function gate(what: string, value: number, unit: string, compare: Comparison, bar: number): Gate {
  const holds = compare === ">=" ? value >= bar : value <= bar;
  return { what, value, unit, compare, bar, holds };
}

/** The same gate, for figures that are statistics: a smoke run, which has one seed, does not judge it. */
export function onlyInFull(judged: Gate): Gate {
  return { ...judged, fullOnly: true };
}

/**
 * Whether a gate is about speed, told by its unit. A smoke run measures briefly on a machine that may be busy, so it shows
 * speeds and does not judge them.
 */
export function isSpeed({ unit }: Gate): boolean {
  return /^(×|µs|ms|s|min)$|\/s$/.test(unit);
}

/** The middle of some numbers; of an even count, the mean of the middle two. NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Describes the machine that this runs on. */
export function describeMachine(): Machine {
  const processors = cpus();
  return {
    cpu: processors[0]?.model.trim() ?? "unknown",
    cores: processors.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    date: `${new Date().toISOString().slice(0, 19)}Z`,
  };
}

/** The command line, taken apart. */
export interface CommandLine {
  readonly names: readonly string[];
  readonly all: boolean;
  readonly json: boolean;
  readonly args: GateArguments;
}

/**
 * Takes the command line apart: `NAME… [--all] [--json] [--smoke] [--seeds N] [--set name=value]…`.
 *
 * @throws Error with one line for an unknown option or a number of seeds below 1.
 */
export function readCommandLine(argv: readonly string[]): CommandLine {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      all: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      smoke: { type: "boolean", default: false },
      seeds: { type: "string" },
      set: { type: "string", multiple: true, default: [] },
    },
  });
  const seeds = values.seeds === undefined ? undefined : Number(values.seeds);
  if (seeds !== undefined && (!Number.isInteger(seeds) || seeds < 1)) {
    throw new Error(`--seeds: needed a whole number above 0, came "${values.seeds}". Use e.g. --seeds 10.`);
  }
  const settings: Record<string, string> = {};
  for (const pair of values.set) {
    const equals = pair.indexOf("=");
    if (equals < 1) throw new Error(`--set: needed name=value, came "${pair}". Use e.g. --set rounds=9.`);
    settings[pair.slice(0, equals)] = pair.slice(equals + 1);
  }
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  return {
    names: positionals,
    all: values.all,
    json: values.json,
    args: { seeds, smoke: values.smoke, settings, log },
  };
}
