import { UnsupportedError } from "../../core/errors.ts";
import { Random } from "../../core/random.ts";
import { sha256 } from "../../core/sha-256.ts";
import { fitImaginerNet, type FitNetProgress } from "../../nets/imaginer/fit-imaginer-net.ts";
import type { ImaginerNet } from "../../nets/imaginer/imaginer-net.ts";
import { startBackend } from "../../nets/start-backend.ts";
import { surfacePreview } from "../generators/preview.ts";
import { buildFittedNet, changesOf } from "./build-fitted-net.ts";
import { fitExample } from "./fit-example.ts";
import type { FitImaginerOptions, FitImaginerWatch, FitSources, TaughtImaginer } from "./fit-lesson.ts";
import { assertFitName } from "./fit-name.ts";
import { buildImaginerNet, decodeImaginer } from "./imaginer-file.ts";
import { decodeImaginerFit, encodeImaginerFit } from "./imaginer-fit.ts";
import { imagineStack } from "./net-stacks.ts";

const STEPS = 240;
const PREVIEW = 128;

/**
 * Fits an imaginer to a picture or a stack of maps, or to several together: first the code, then a few parameters, then all. What it was
 * taught before is where it begins, so that it is far nearer than one from chance would be. In a worker or in Node, for it computes all the
 * time; `Painter.fitImaginer` does.
 *
 * @param name - For people, 1 to 40 characters; no class of the imaginer.
 * @param imaginer - The bytes of its file.
 * @param source - One, or a list of 1 to 50 of the same kind, of which the code begins at the mean of their codes. Of pictures only the
 * colours are known: the other maps stay as the imaginer told them.
 * @throws ConfigurationError for a name, a source or options that cannot be, and for lists that are empty, too long or mixed; PolicyFileError for bytes that are no imaginer, or a fit of
 * another one; UnsupportedError where the backend cannot be had; TrainingError; the signal's reason.
 */
export async function fitImaginer(
  name: string,
  imaginer: Uint8Array,
  source: FitSources,
  options: FitImaginerOptions & { readonly wasmUrl?: string | URL } = {},
  watch: FitImaginerWatch = {},
): Promise<TaughtImaginer> {
  const { steps = STEPS, depth = "all", from, seed = 0, backend = "wasm", wasmUrl } = options;
  const { signal, enough, onProgress } = watch;
  signal?.throwIfAborted();
  const who = "Imaginer file";
  const file = decodeImaginer(imaginer, who);
  assertFitName(name, file.map.classes);
  const example = fitExample(source);
  const base = await sha256(Uint8Array.from(imaginer));
  if (base === null) {
    throw new UnsupportedError(
      "fitImaginer: needed the browser's cryptography, came a page without it. Serve the page by https or from localhost.",
    );
  }
  const place = wasmUrl === undefined ? {} : { wasmUrl };
  await startBackend(backend, place);
  const earlier = from ? decodeImaginerFit(from, "to go on from") : null;
  const net = earlier ? buildFittedNet(file, base, earlier, who) : buildImaginerNet(file, who);
  let far: FitNetProgress = { stage: depth, step: 0, done: 0, loss: Number.NaN };
  try {
    const fitted = await fitImaginerNet(
      net,
      example,
      {
        steps,
        depth,
        seed,
        backend,
        ...place,
        ...(earlier ? { code: earlier.code } : {}),
        ...(signal ? { signal } : {}),
        ...(enough ? { enough } : {}),
      },
      {
        onProgress: (progress) => {
          far = progress;
          onProgress?.({ ...far, preview: null });
        },
        onSample: async (_step, code) => {
          if (onProgress) onProgress({ ...far, preview: surfacePreview(await draw(net, code)) });
        },
      },
    );
    const { code, changed, loss } = fitted;
    const taken = fitted.steps + Number(earlier?.birth.notes?.["steps"] ?? 0);
    const fit = encodeImaginerFit({
      name,
      base,
      code,
      changes: changesOf(await net.parameters.read(), file.tensors, [
        ...changed,
        ...Object.keys(earlier?.changes ?? {}),
      ]),
      birth: { algorithm: "warm start of an imaginer", seed, device: backend, notes: { steps: taken } },
    });
    return { fit, steps: taken, loss };
  } finally {
    net.dispose();
  }
}

const draw = (net: ImaginerNet, code: Float32Array): ReturnType<typeof imagineStack> =>
  imagineStack(net, code, { width: PREVIEW, height: PREVIEW, random: new Random(0) });
