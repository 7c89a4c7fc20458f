import { FIXTURE_PICTURES, textures, type Texture } from "../../../scripts/paint/subjects/textures.ts";
import { runInLanes } from "../paint/lanes.ts";
import type { PictureJob, PictureOutcome } from "../paint/picture-job.ts";
import { readPictureSettings, type PictureSettings } from "../paint/picture-settings.ts";
import { figuresByTexture, qualityGates, rounded, timeGates, type DonePicture } from "../paint/summarise-pictures.ts";
import type { Gate, GateArguments, GateFigures, GateGroup } from "../report.ts";

const TIMED = [
  { side: 128, most: 45 },
  { side: 256, most: 150 },
] as const;

/**
 * `npm run bench -- paint-picture`. Settings: `--set classes=brick,water` (some textures only), `--set pictures=FOLDER` (other
 * photographs, JPEG or PNG), `--seeds N`, `--set first=201` (the first seed), `--set only=quality` or `only=times`, `--set
 * lanes=2` (processes while quality is judged; times are always taken one after the other), `--set quality=good`, `--set
 * by=ours` (or a baseline), `--set side=128`, `--set clock=processor` (on a busy machine).
 */
const paintPictureBench: GateGroup = {
  name: "paint-picture",
  describe: "Seamless pictures from one that is not: how near to other crops of the texture, and how fast.",
  async run(args: GateArguments): Promise<GateFigures> {
    const settings = readPictureSettings(args, FIXTURE_PICTURES);
    const chosen = choose(await textures(settings.folder), settings.names);
    const gates: Gate[] = [];

    // Step 1. Quality: every texture with every seed.
    const judged = settings.only === "times" ? [] : await judgeAll(chosen, settings, args);
    if (judged.length > 0) gates.push(...qualityGates(judged));

    // Step 2. Times: every texture once at each size, alone on the machine.
    const timed: DonePicture[] = [];
    if (settings.only !== "quality") {
      for (const { side, most } of args.smoke ? TIMED.slice(0, 1) : TIMED) {
        const jobs = chosen.map(({ name }) => makeJob(name, settings.seeds[0], side, { settings, isJudged: false }));
        const done = await perform(jobs, 1, args);
        timed.push(...done);
        gates.push(...timeGates(done, most, settings.clock));
      }
    }
    const misses = gates.filter(({ holds }) => !holds).map(({ what, value }) => `${what}: ${value.toPrecision(3)}`);
    const textureFigures = figuresByTexture(judged);
    return {
      ...(args.smoke ? judgeSeamsOnly(gates) : { gates, misses }),
      seeds: settings.seeds,
      work: `one picture, made tileable with a new layout; crops of ${settings.side} px judged, edges cut, 4,096 patches a scale`,
      by: settings.by,
      clock: settings.clock,
      textures: textureFigures,
      seconds: Object.fromEntries(timed.map(describeTime)),
    };
  },
};

export default paintPictureBench;

function choose(all: readonly Texture[], names: readonly string[] | null): Texture[] {
  const unknown = names?.find((name) => !all.some((texture) => texture.name === name));
  if (unknown !== undefined) {
    const known = all.map(({ name }) => name).join(", ");
    throw new Error(`--set classes: needed names of ${known}, came "${unknown}". Correct the name.`);
  }
  return all.filter(({ name }) => names === null || names.includes(name));
}

interface JobChoice {
  readonly settings: PictureSettings;
  readonly isJudged: boolean;
}

function makeJob(texture: string, seed: number, side: number, { settings, isJudged }: JobChoice): PictureJob {
  const { folder, by, quality } = settings;
  return { texture, folder, seed, side, by, quality, isJudged };
}

async function judgeAll(
  chosen: readonly Texture[],
  settings: PictureSettings,
  args: GateArguments,
): Promise<DonePicture[]> {
  const jobs = chosen.flatMap(({ name }) =>
    settings.seeds.map((seed) => makeJob(name, seed, settings.side, { settings, isJudged: true })),
  );
  return perform(jobs, settings.lanes, args);
}

async function perform(jobs: readonly PictureJob[], lanes: number, { log }: GateArguments): Promise<DonePicture[]> {
  const module = new URL("../paint/picture-lane.ts", import.meta.url);
  const outcomes = await runInLanes<PictureJob, PictureOutcome>(jobs, {
    lanes,
    module,
    onOutcome: ({ texture, seed, side }, { wallSeconds, processorSeconds, judgement }) => {
      const seconds = `${wallSeconds.toFixed(1)} s, ${processorSeconds.toFixed(1)} s of processor`;
      const ratio = judgement ? `, ratio ${judgement.ratio.toFixed(2)}` : "";
      log(`  ${texture} ${side}² seed ${seed}: ${seconds}${ratio}`);
    },
  });
  return jobs.map((job, i) => ({ job, outcome: outcomes[i] }));
}

function describeTime({ job, outcome }: DonePicture): [string, Readonly<Record<string, number>>] {
  return [
    `${job.texture} ${job.side}²`,
    {
      wall: rounded(outcome.wallSeconds),
      processor: rounded(outcome.processorSeconds),
      firstPreview: rounded(outcome.previewSeconds),
    },
  ];
}

/** A smoke run is too small for a verdict on likeness. */
function judgeSeamsOnly(gates: readonly Gate[]): { gates: readonly Gate[]; notJudged: Record<string, number> } {
  const isJudged = ({ what, unit }: Gate): boolean => unit === "s" || what.startsWith("all: seam score, mean");
  const others = gates.filter((one) => !isJudged(one)).map(({ what, value }) => [what, rounded(value)]);
  return { gates: gates.filter(isJudged), notJudged: Object.fromEntries(others) as Record<string, number> };
}
