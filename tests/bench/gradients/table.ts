import { writeFileSync } from "node:fs";
import { describeMachine } from "../report.ts";

/** One operation, and its error on each backend. */
export interface GradientRow {
  readonly name: string;
  readonly errors: Readonly<Record<string, number>>;
}

/** Writes `tests/bench/gradients.md`. @param bar - The most that an error may be. */
export function writeGradientTable(rows: readonly GradientRow[], bar: number, chromium: string): void {
  const backends = Object.keys(rows[0].errors);
  const { cpu, node, date } = describeMachine();
  const cell = (error: number): string => `${error.toExponential(1)}${error <= bar ? "" : " **wrong**"}`;
  const lines = [
    "# Gradients",
    "",
    "Every operation that our networks use, on every backend of TensorFlow.js 4.22.0 with the kernels and repairs of",
    "`plugin/nets`, against central differences on tfjs-cpu. Each number is the distance of the two gradients over the length",
    `of one, the worst of all inputs; at most ${bar} is right.`,
    "",
    `Written by \`npm run bench -- gradients\` on ${date.slice(0, 10)}: ${cpu}, Node ${node}, Chromium ${chromium} with WebGPU by SwiftShader.`,
    "",
    `| operation | ${backends.join(" | ")} |`,
    `| --- | ${backends.map(() => "---:").join(" | ")} |`,
    ...rows.map(({ name, errors }) => `| ${name} | ${backends.map((backend) => cell(errors[backend])).join(" | ")} |`),
    "",
  ];
  writeFileSync(new URL("../gradients.md", import.meta.url), lines.join("\n"));
}
