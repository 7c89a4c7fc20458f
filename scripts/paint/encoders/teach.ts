import { existsSync } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import { Presets, SingleBar } from "cli-progress";
import { train } from "../../../plugin/nets/training/train.ts";
import type { TrainingTask } from "../../../plugin/nets/training/training-task.ts";

/** How a network is taught. */
export interface Teaching {
  readonly seed: number;
  readonly steps: number;
  /** Crops of a mini-batch. */
  readonly batchSize: number;
  /** Where its checkpoints lie. */
  readonly file: string;
  /** Whether it goes on from there. */
  readonly resume: boolean;
}

/** Steps from one judgement to the next; the weights' moving average. Nothing is put aside: whatever is seen last is kept. */
const OPTIONS = { interval: 200, validationShare: 0, averageDecay: 0.998 };

/**
 * Teaches a task, shows how far it is, and keeps checkpoints.
 *
 * @param look - Says in one line how good it is by now.
 * @returns Minutes of one core that it took, those before it went on included.
 */
export async function teach<Batch>(
  task: TrainingTask<Batch>,
  { seed, steps, batchSize, file, resume }: Teaching,
  look: () => Promise<string>,
): Promise<number> {
  const goesOn = resume && existsSync(file);
  const checkpoint = goesOn ? { checkpoint: await readFile(file) } : {};
  const before = goesOn ? Number(await readFile(`${file}.minutes`, "utf8")) : 0;
  const began = process.cpuUsage();
  const minutes = (): number => {
    const { user, system } = process.cpuUsage(began);
    return before + (user + system) / 6e7;
  };
  const bar = new SingleBar(
    {
      format: `${task.name} {bar} {percentage}% | {value}/{total} steps | {losses} | {eta_formatted}`,
      noTTYOutput: true,
      notTTYSchedule: 15_000,
    },
    Presets.shades_classic,
  );
  bar.start(steps, 0, { losses: "" });
  try {
    await train(
      task,
      { ...OPTIONS, batchSize, seed, steps, ...checkpoint },
      {
        onProgress({ step, losses }) {
          const said = Object.entries(losses).map(([name, loss]) => `${name} ${loss.toFixed(3)}`);
          bar.update(step, { losses: said.join(", ") });
        },
        async onSample(step) {
          console.log(`\n${step}: ${await look()}`);
        },
        async onCheckpoint(bytes) {
          await writeFile(`${file}.part`, bytes);
          await rename(`${file}.part`, file);
          await writeFile(`${file}.minutes`, minutes().toFixed(2));
        },
      },
    );
  } finally {
    bar.stop();
  }
  return minutes();
}
