import type { Gate, GateArguments } from "../report.ts";

/**
 * Takes gates of speed out of judgement in a smoke run: its turns are too short, and its machine is seldom quiet. What
 * was measured is published all the same.
 */
export function judgeSpeed(
  { smoke }: GateArguments,
  gates: readonly Gate[],
): { gates: readonly Gate[]; notJudged?: Readonly<Record<string, string>> } {
  const isSpeed = ({ unit }: Gate): boolean => ["×", "GFLOP/s", "steps/s"].includes(unit);
  if (!smoke) return { gates };
  const measured = gates.filter(isSpeed).map(({ what, value, unit }) => [what, `${value.toPrecision(3)} ${unit}`]);
  return {
    gates: gates.filter((one) => !isSpeed(one)),
    notJudged: Object.fromEntries(measured) as Record<string, string>,
  };
}
