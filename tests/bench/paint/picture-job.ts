import { textures } from "../../../scripts/paint/subjects/textures.ts";
import { CONTENDERS, type SynthesisWish } from "./contenders.ts";
import { judgeResult, type Judgement } from "./judge-result.ts";

/** How much time ours may take. */
export type Quality = NonNullable<SynthesisWish["quality"]>;

/** One picture to synthesise, and what to find out. */
export interface PictureJob {
  /** Name of a texture. */
  readonly texture: string;
  /** Where its photographs are. */
  readonly folder: string;
  readonly seed: number;
  /** Of source and result, in pixels. */
  readonly side: number;
  /** Name in `CONTENDERS`. */
  readonly by: string;
  readonly quality?: Quality | undefined;
  /** Whether to judge the result, or time it only. */
  readonly isJudged: boolean;
}

/** What came out. */
export interface PictureOutcome {
  /** Seconds on the clock, of the synthesis alone. */
  readonly wallSeconds: number;
  /** Seconds of processor time. */
  readonly processorSeconds: number;
  /** Until there was something to see, on the clock; NaN for contenders without previews. */
  readonly previewSeconds: number;
  readonly judgement: Judgement | null;
}

/** Synthesises once and measures. A judged texture must have room for two crops. */
export async function runPictureJob(job: PictureJob): Promise<PictureOutcome> {
  const texture = (await textures(job.folder)).find(({ name }) => name === job.texture);
  if (!texture) throw new Error(`paint-picture: there is no texture "${job.texture}" any more. Start again.`);
  const side = job.isJudged ? Math.min(job.side, texture.mostSide) : job.side;
  const pair = job.isJudged
    ? texture.pair(job.seed, side)
    : { source: texture.single(job.seed, side), otherCrop: null };
  let previewed = Number.NaN;
  const start = performance.now();
  const used = process.cpuUsage();
  const result = await CONTENDERS[job.by](pair.source, {
    seed: job.seed,
    side,
    quality: job.quality,
    onFirstPreview: () => (previewed = performance.now()),
  });
  const wallSeconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(used);
  return {
    wallSeconds,
    processorSeconds: (user + system) / 1e6,
    previewSeconds: (previewed - start) / 1000,
    judgement: job.isJudged ? judgeResult(pair, result) : null,
  };
}
