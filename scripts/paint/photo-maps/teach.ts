import { existsSync } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import { Presets, SingleBar } from "cli-progress";
import { train } from "../../../plugin/nets/training/train.ts";
import type { TrainingResult, TrainingTask } from "../../../plugin/nets/training/training-task.ts";

/** How a network is taught. */
export interface Teaching {
  readonly seed: number;
  readonly steps: number;
  /** Photographs of a mini-batch. */
  readonly batchSize: number;
  /** Where its checkpoints lie. */
  readonly file: string;
  /** Whether it goes on from there. */
  readonly resume: boolean;
}

/** Steps from one judgement to the next; what is judged by; see `TrainingOptions`. */
const OPTIONS = { interval: 400, validationShare: 0.04, averageDecay: 0.997 };

/**
 * Teaches a task, shows how far it is, and keeps checkpoints.
 *
 * @param look - Says in one line how good it is by now.
 * @returns The best judgement.
 */
export async function teach<Batch>(
  task: TrainingTask<Batch>,
  { seed, steps, batchSize, file, resume }: Teaching,
  look: () => Promise<string>,
): Promise<TrainingResult["best"]> {
  const checkpoint = resume && existsSync(file) ? { checkpoint: await readFile(file) } : {};
  const bar = new SingleBar(
    {
      format: `${task.name} {bar} {percentage}% | {value}/{total} steps | loss {loss} | judged {judged} | {eta_formatted}`,
      noTTYOutput: true,
      notTTYSchedule: 15_000,
    },
    Presets.shades_classic,
  );
  bar.start(steps, 0, { loss: "–", judged: "–" });
  const { best } = await train(
    task,
    { ...OPTIONS, seed, steps, batchSize, ...checkpoint },
    {
      onProgress({ step, losses, validation }) {
        bar.update(step, {
          loss: Object.values(losses)[0].toFixed(3),
          judged: validation?.toFixed(3) ?? "–",
        });
      },
      async onSample(step) {
        console.log(`\n${step}: ${await look()}`);
      },
      async onCheckpoint(bytes) {
        await writeFile(`${file}.part`, bytes);
        await rename(`${file}.part`, file);
      },
    },
  );
  bar.stop();
  return best;
}
