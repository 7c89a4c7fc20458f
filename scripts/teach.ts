/** `npm run teach -- NAME [--seed N] [--decisions N] [--workers N] [--out DIR] [--resume]`: makes a shipped model anew. */
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { Presets, SingleBar } from "cli-progress";
import { createPolicy } from "../plugin/compute/wasm-policy.ts";
import { encodePolicy } from "../plugin/core/policy-file.ts";
import type { TrainingProgress } from "../plugin/learn/messages.ts";
import { ppo } from "../plugin/learn/ppo.ts";
import { resumeTeaching, teach } from "../plugin/learn/teach.ts";
import { startBrowserWorker } from "./browser-worker.ts";
import { describeDiagnosis } from "./describe-diagnosis.ts";
import { drawCurve } from "./recipes/draw-curve.ts";
import { writeCard } from "./recipes/model-card.ts";
import { maze } from "./recipes/maze.ts";
import { reach } from "./recipes/reach.ts";
import type { Recipe } from "./recipes/recipe.ts";
import { yard, yardHalf } from "./recipes/yard.ts";
import { seeker } from "./recipes/seeker.ts";
import { startWorker } from "./start-worker.ts";

const RECIPES: readonly Recipe[] = [reach, yard, yardHalf, maze, seeker];

const usage = "npm run teach -- NAME [--seed N] [--decisions N] [--workers N] [--out DIR] [--resume]";

/** A number of the command line, or the one that counts without it. */
function wholeNumber(name: string, text: string | undefined, otherwise: number, least: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (Number.isInteger(value) && value >= least) return value;
  throw new Error(`--${name}: needed a whole number of at least ${least}, came "${text}". Use: ${usage}`);
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seed: { type: "string" },
      decisions: { type: "string" },
      workers: { type: "string" },
      out: { type: "string" },
      resume: { type: "boolean", default: false },
    },
  });
  const recipe = RECIPES.find((candidate) => candidate.name === positionals[0]);
  if (!recipe) {
    console.log(`${usage}\n\n${RECIPES.map(({ name, describe }) => `  ${name}  ${describe}`).join("\n")}`);
    if (positionals.length > 0)
      throw new Error(`teach: there is no recipe "${positionals[0]}". Use one of the names above.`);
    return;
  }

  // Step 1. Settings, from the recipe and the command line.
  const seed = wholeNumber("seed", values.seed, 0, 0);
  const workers = wholeNumber("workers", values.workers, recipe.workers, 1);
  const decisions = wholeNumber("decisions", values.decisions, recipe.options.decisions ?? 500_000, 1);
  const out = values.out ?? `models/${recipe.name}`;
  const settings = ppo({ ...recipe.options, seed, decisions });
  const checkpointFile = `.checkpoints/${recipe.name}-${seed}.ckpt`;
  const checkpointUrl = pathToFileURL(checkpointFile).href;

  // Step 2. Teach, with a progress bar and checkpoints.
  const makeWorker = (): ReturnType<typeof startWorker> =>
    recipe.runsInBrowser ? startBrowserWorker(recipe.worker) : startWorker(recipe.worker);
  const isResuming = values.resume && existsSync(checkpointFile);
  const began = performance.now();
  const run = isResuming
    ? await resumeTeaching(makeWorker, await readFile(checkpointFile), { checkpointUrl })
    : teach(makeWorker, settings, { ...recipe.environment, workers, checkpointUrl });
  const curve: TrainingProgress[] = [];
  const bar = new SingleBar(
    {
      format: `${recipe.name} {bar} {percentage}% | {value}/{total} decisions | {speed}/s | return {return} | success {success} | {eta_formatted}`,
      noTTYOutput: true,
      notTTYSchedule: 15_000,
    },
    Presets.shades_classic,
  );
  bar.start(decisions, 0, { speed: 0, return: "–", success: "–" });
  run.onNoticeObservable.add((notice) => console.log(`\n${notice}`));
  run.onDiagnosisObservable.add(({ kind, diagnosis }) => {
    if (kind === "added") console.log(`\n${describeDiagnosis(diagnosis)}`);
    if (kind === "gone") console.log(`\nNo longer so: ${diagnosis.words}`);
  });
  run.onProgressObservable.add((progress) => {
    const last = curve.at(-1);
    if (!last || progress.decisions - last.decisions >= decisions / 200 || progress.decisions >= decisions) {
      curve.push(progress);
    }
    bar.update(progress.decisions, {
      speed: Math.round(progress.decisionsPerSecond),
      return: progress.meanReturn.toFixed(2),
      success: `${(progress.successRate * 100).toFixed(0)}%`,
    });
  });
  process.once("SIGINT", () => {
    console.log("\nStopping after this update. Go on later with --resume.");
    void run.stop();
  });
  const result = await run.finished.finally(() => bar.stop());
  if (run.diagnoses.length > 0)
    console.log(["\nWhat the doctor finds at the end:", ...run.diagnoses.map(describeDiagnosis)].join("\n"));
  const minutes = (performance.now() - began) / 60_000;
  if (result.stopped) return;

  // Step 3. Score and write the model's folder.
  const [data] = Object.values(result.policies);
  console.log("Scoring …");
  const scores = await recipe.score(await createPolicy(data), () => {});
  const command = `npm run teach -- ${recipe.name} --seed ${seed}${values.decisions ? ` --decisions ${decisions}` : ""}`;
  const birth = {
    ...data.birth,
    lesson: recipe.name,
    command,
    made: new Date().toISOString().slice(0, 10),
    notes: { minutes: Number(minutes.toFixed(1)), workers, ...scores },
  };
  await mkdir(out, { recursive: true });
  await writeFile(`${out}/policy.bnp`, encodePolicy({ ...data, birth }));
  await writeFile(`${out}/curve.svg`, drawCurve(curve));
  await writeFile(
    `${out}/README.md`,
    writeCard(recipe, { birth, network: data.network, settings, minutes, workers, scores }),
  );
  await rm(checkpointFile, { force: true });
  for (const [what, figure] of Object.entries(scores)) console.log(`${what}: ${figure}`);
  console.log(`Wrote ${out}/policy.bnp after ${minutes.toFixed(1)} minutes.`);
}

try {
  await main();
  process.exit(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
