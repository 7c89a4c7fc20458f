import { cpus } from "node:os";
import type { NetworkSpec } from "../../plugin/core/network-spec.ts";
import type { BirthCertificate } from "../../plugin/core/policy.ts";
import type { PpoSettings } from "../../plugin/learn/ppo.ts";
import type { Recipe } from "./recipe.ts";

/** What a card tells. */
export interface CardFacts {
  readonly birth: BirthCertificate;
  readonly network: NetworkSpec;
  readonly settings: PpoSettings;
  readonly minutes: number;
  readonly workers: number;
  readonly scores: Readonly<Record<string, string>>;
}

/** Writes a model's birth certificate for people to read. */
export function writeCard(recipe: Recipe, facts: CardFacts): string {
  const { birth, network, settings, minutes, workers, scores } = facts;
  const scoreRows = Object.entries(scores).map(([what, figure]) => `| ${what} | ${figure} |`);
  return `# ${recipe.name}

${recipe.describe}

![Learning curve](curve.svg)

| | |
|---|---|
| made by | \`${birth.command ?? ""}\` |
| made on | ${birth.made ?? ""}, ${cpus()[0]?.model.trim() ?? "unknown processor"}, ${workers} workers, ${minutes.toFixed(1)} minutes |
| seed | ${settings.seed} |
| decisions | ${(birth.decisions ?? 0).toLocaleString("en")} |
| network | ${describeConvolutions(network)}${network.hidden.join(" × ")}, ${network.activation}, actor and critic ${network.sharedTrunk ? "joined" : "apart"} |
| arenas | ${recipe.environment.arenas ?? "default"} in each worker |
${scoreRows.join("\n")}

\`policy.bnp\` holds labels, layers, normaliser and this certificate; \`loadPolicy\` reads it.

<details><summary>Settings</summary>

\`\`\`json
${JSON.stringify(settings, (_, value: unknown) => (value === Infinity ? "off" : value), 2)}
\`\`\`
</details>
`;
}

/** `16 filters of 3 × 3, 32 filters of 4 × 4 by steps of 2, then `; nothing without convolutions. */
function describeConvolutions({ convolutions = [] }: NetworkSpec): string {
  const layers = convolutions.map(
    ({ filters, size, stride }) =>
      `${filters} filters of ${size} × ${size}${stride === 1 ? "" : ` by steps of ${stride}`}`,
  );
  return layers.map((layer) => `${layer}, `).join("") + (layers.length > 0 ? "then " : "");
}
