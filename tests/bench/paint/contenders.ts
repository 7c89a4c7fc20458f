import type { Picture } from "../../../plugin/paint/picture.ts";
import type { SynthesisOptions } from "../../../plugin/paint/synthesis/synthesis-options.ts";
import { synthesise } from "../../../plugin/paint/synthesis/synthesise.ts";
import { quilt } from "./peers/image-quilting.ts";
import { sampleStochastically } from "./peers/stochastic-sampling.ts";

/** What a contender is asked for. */
export interface SynthesisWish {
  readonly seed: number;
  /** Pixels of the square result. */
  readonly side: number;
  /** Of ours: `"fast"`, `"good"` or `"best"`; the others have one quality. */
  readonly quality?: SynthesisOptions["quality"] | undefined;
  /** Called when there is something to see for the first time. */
  readonly onFirstPreview: () => void;
}

/** Somebody who makes a tiling picture from one that does not tile. */
export type Synthesiser = (source: Picture, wish: SynthesisWish) => Promise<Picture>;

/** Ours and what it is held against, by name. */
export const CONTENDERS: Readonly<Record<string, Synthesiser>> = {
  ours: async (source, { seed, side, quality, onFirstPreview }) => {
    let isFirst = true;
    return synthesise(source, {
      seed,
      ...(quality === undefined ? {} : { quality }),
      size: { height: side, width: side },
      onProgress: ({ preview }) => {
        if (!isFirst) return;
        isFirst = false;
        preview();
        onFirstPreview();
      },
    });
  },
  quilting: async (source, { seed, side }) => quilt(source, side, seed),
  sampling: async (source, { seed, side }) => sampleStochastically(source, side, seed),
};
