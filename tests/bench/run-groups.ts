import { readdir } from "node:fs/promises";
import { describeMachine, isSpeed, readCommandLine, type Gate, type GateFigures, type GateGroup } from "./report.ts";

/**
 * Runs the groups that the command line names and says on stdout how each gate fared.
 *
 * @param command - For messages, e.g. `"npm run bench"`.
 * @returns The exit status: 0 when every gate holds.
 * @throws Error with one line for a name that no group has, or an option that cannot be.
 */
export async function runGroups(
  groups: readonly GateGroup[],
  command: string,
  argv: readonly string[],
): Promise<number> {
  const line = readCommandLine(argv);
  if (line.names.length === 0 && !line.all) {
    console.log(`${command} -- NAME… [--all] [--json] [--smoke] [--seeds N] [--set name=value]\n`);
    for (const group of groups) console.log(`  ${group.name.padEnd(12)} ${group.describe}`);
    return 0;
  }
  const unknown = line.names.find((name) => !groups.some((group) => group.name === name));
  if (unknown !== undefined) {
    const names = groups.map((group) => group.name).join(", ") || "none yet";
    throw new Error(`${command}: needed one of ${names}, came "${unknown}". Name one of them.`);
  }
  let holds = true;
  for (const group of groups.filter((candidate) => line.all || line.names.includes(candidate.name))) {
    const start = performance.now();
    const figures = await group.run(line.args);
    const seconds = Math.round((performance.now() - start) / 100) / 10;
    const judged = figures.gates.filter((gate) => !(line.args.smoke && (isSpeed(gate) || gate.fullOnly)));
    const failed = judged.filter((gate) => !gate.holds).length;
    holds &&= failed === 0;
    if (line.json) {
      console.log(
        JSON.stringify({ name: group.name, machine: describeMachine(), smoke: line.args.smoke, seconds, ...figures }),
      );
    } else {
      printFigures(group.name, figures);
      const shown = figures.gates.length - judged.length;
      const counts = `${judged.length - failed} passed, ${failed} failed${shown > 0 ? `, ${shown} only shown` : ""}`;
      console.log(`${group.name}: ${counts}, in ${seconds} s\n`);
    }
  }
  return holds ? 0 : 1;
}

/**
 * Runs groups as a whole program: a complaint is one line, and the exit status says whether all gates hold.
 *
 * @param folder - Holds one file per group, each with a `GateGroup` as its default export.
 */
export async function runGroupsAsProgram(folder: URL, command: string): Promise<void> {
  try {
    process.exitCode = await runGroups(await loadGroups(folder), command, process.argv.slice(2));
  } catch (error) {
    console.error(process.env["DEBUG"] || !(error instanceof Error) ? error : error.message);
    if (!process.env["DEBUG"]) console.error("Set DEBUG=1 to see where that came from.");
    process.exitCode = 1;
  }
}

async function loadGroups(folder: URL): Promise<GateGroup[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".ts")).sort();
  const groups: GateGroup[] = [];
  for (const name of names) {
    const module = (await import(new URL(name, folder).href)) as { default?: GateGroup } & Partial<GateGroup>;
    const group = module.default ?? module;
    if (typeof group.name !== "string" || typeof group.describe !== "string" || typeof group.run !== "function") {
      throw new Error(
        `${name}: needed a default export with name, describe and run, came something else. Export a GateGroup.`,
      );
    }
    groups.push(group as GateGroup);
  }
  return groups;
}

function printFigures(name: string, figures: GateFigures): void {
  const machine = describeMachine();
  console.log(`${name} on ${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, ${machine.date}`);
  console.table(
    Object.fromEntries(
      figures.gates.map((gate) => [
        gate.what,
        {
          value: readable(gate.value),
          unit: gate.unit,
          bar: `${gate.compare} ${readable(gate.bar)}`,
          ...verdict(gate),
        },
      ]),
    ),
  );
  for (const [key, figure] of Object.entries(figures)) {
    if (key !== "gates") console.log(`${key}: ${typeof figure === "string" ? figure : JSON.stringify(figure)}`);
  }
}

function verdict(gate: Gate): { holds: string } {
  return { holds: gate.holds ? "yes" : "NO" };
}

function readable(value: number): string {
  if (!Number.isFinite(value) || Number.isInteger(value)) return String(value);
  return Math.abs(value) >= 1e-3 && Math.abs(value) < 1e6
    ? String(Number(value.toPrecision(4)))
    : value.toExponential(2);
}
