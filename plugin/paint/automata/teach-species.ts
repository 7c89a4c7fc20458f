import { teachAutomaton } from "../../nets/automata/teach-automaton.ts";
import { middleOf, scaledPicture } from "../generators/fit-picture.ts";
import { picturePreview } from "../generators/preview.ts";
import type { Picture } from "../picture.ts";
import { assertSpeciesName } from "./species-name.ts";
import { speciesOf, type Species } from "./species.ts";
import type { SpeciesLessonOptions, SpeciesLessonWatch, TaughtSpecies } from "./species-lesson.ts";

/** Pixels on each side of what is learned from: the middle of the picture, whose sides are multiples of what the network halves. */
const LARGE = 128;
const SMALL = 64;
/** Mini-batches from one look to the next: some two seconds. */
const INTERVAL = 20;

/**
 * Teaches a species of living texture from a picture. In a worker or in Node, for it computes all the time; `Painter.teachSpecies` does.
 *
 * @param source - Opaque sRGB, [height, width, 3]; its middle is learned, at 128 × 128 pixels or 64 × 64. Patterns that repeat within some 20 pixels suit.
 * @throws ConfigurationError for a name, a picture or options that cannot be; UnsupportedError where the backend cannot be had; TrainingError; the signal's reason.
 */
export async function teachSpecies(
  name: string,
  source: Picture,
  options: SpeciesLessonOptions & { readonly wasmUrl?: string | URL } = {},
  watch: SpeciesLessonWatch = {},
): Promise<TaughtSpecies> {
  assertSpeciesName(name);
  const { seconds = 60, seed = 0, backend = "wasm", checkpoint, wasmUrl } = options;
  const { signal, enough, onProgress } = watch;
  signal?.throwIfAborted();
  const side = Math.min(source.width, source.height) < LARGE ? SMALL : LARGE;
  const target = scaledPicture(middleOf(source, { width: side, height: side }), { width: side, height: side });
  let latest = checkpoint ?? null;
  let far = { step: 0, done: 0, loss: Number.NaN };
  const named = (tensors: Parameters<typeof speciesOf>[1]): Species =>
    speciesOf(name, tensors, {
      ...{ algorithm: "neural cellular automaton", seed, device: backend },
      notes: { steps: far.step },
    });
  const tensors = await teachAutomaton(
    target,
    {
      seconds,
      seed,
      backend,
      interval: INTERVAL,
      ...(checkpoint ? { checkpoint } : {}),
      ...(wasmUrl === undefined ? {} : { wasmUrl }),
      ...(signal ? { signal } : {}),
      ...(enough ? { enough } : {}),
    },
    {
      onProgress: (progress) => {
        far = progress;
        onProgress?.({ ...far, look: null });
      },
      onSample: ({ picture, tensors: soFar }) => {
        onProgress?.({ ...far, look: { preview: picturePreview({ ...picture, channels: 3 }), species: named(soFar) } });
      },
      onCheckpoint: (bytes) => void (latest = bytes),
    },
  );
  return { species: named(tensors), checkpoint: latest, steps: far.step, loss: far.loss };
}
