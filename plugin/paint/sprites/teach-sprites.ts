import { ConfigurationError } from "../../core/errors.ts";
import type { BirthCertificate } from "../../core/policy.ts";
import { Random } from "../../core/random.ts";
import type { CodeShape } from "../../nets/generative/code-shape.ts";
import { Critic } from "../../nets/generative/critic.ts";
import { ganTask, type GanLesson } from "../../nets/generative/gan-task.ts";
import { Generator } from "../../nets/generative/generator.ts";
import type { PictureSource } from "../../nets/generative/picture-source.ts";
import { readCodes } from "../../nets/generative/read-codes.ts";
import { vaeTask, type VaeLesson } from "../../nets/generative/vae-task.ts";
import { Vae } from "../../nets/generative/vae.ts";
import { startBackend } from "../../nets/start-backend.ts";
import { train } from "../../nets/training/train.ts";
import type { NetTrainingProgress, TrainingOptions } from "../../nets/training/training-task.ts";
import { SpriteModel, type SpriteModelKind, type SpriteModelSpec } from "./sprite-model.ts";
import { SPRITE_CHANNELS, SPRITE_SIDE, type Sprite } from "./sprite.ts";

/** Sprites to learn from. */
export interface SpriteShelf {
  /** How many there are, at least 64. */
  readonly count: number;
  /** Sprite number `index`; the same one whenever it is asked for. */
  sprite(index: number): Sprite;
}

/** How a model of sprites is taught. */
export interface TeachSpritesOptions {
  /** An autoencoder, for codes, walks and arithmetic; or an adversarial network, for sharper sprites of noise. */
  readonly kind: SpriteModelKind;
  /**
   * Mini-batches: of 16 sprites for a "vae", default 4000; of 32 for a "gan", default 5000. The rate of a "vae" falls over 4000, or over all where there are more: one that
   * shall go on from a checkpoint is told the same number.
   */
  readonly steps?: number;
  /** Fixes all chance. Default 0. */
  readonly seed?: number;
  /** Numbers of a code. Default 48. */
  readonly code?: number;
  /** See `SpriteModelSpec`. Default [96, 48, 24, 16]. */
  readonly widths?: SpriteModelSpec["widths"];
  /** Mini-batches from one sample and checkpoint to the next. Default 200. */
  readonly interval?: number;
  /** For a "vae": what a nat of the code costs, see `VaeLesson`. Default 0.05. */
  readonly beta?: number;
  /**
   * For a "gan": a "vae" of the same size, as whose decoder it begins (Larsen et al. 2016, https://arxiv.org/abs/1512.09300v2, join the two for
   * good). Colours and parts are right from the start, and the critic makes them sharp. Default: it begins with nothing.
   */
  readonly begin?: SpriteModel;
  /** Written into the model. */
  readonly birth?: BirthCertificate;
  readonly backend?: "webgpu" | "wasm" | "cpu";
  readonly wasmUrl?: string | URL;
  readonly checkpoint?: Uint8Array;
  readonly signal?: AbortSignal;
}

/** How teaching is followed. All are awaited. */
export interface TeachSpritesWatch {
  /** Called every 20 mini-batches, and after the last. */
  readonly onProgress?: (progress: NetTrainingProgress) => void | Promise<void>;
  /** Called at each interval: what it can by now. */
  readonly onSample?: (model: SpriteModel, step: number) => void | Promise<void>;
  /** Called at each interval, after the last mini-batch, and when aborted. */
  readonly onCheckpoint?: (bytes: Uint8Array) => void | Promise<void>;
}

const BATCH = { vae: 16, gan: 32 } as const;
/** Fewer sprites are too few for any model. */
const FEWEST = 64;
const STEPS = { vae: 4000, gan: 5000 } as const;
/** Of the weights' moving average, which is what is kept. */
const AVERAGE = 0.995;
/** How fast a "gan" learns that begins as a decoder, which could be spoilt by a critic that knows nothing yet. */
const CAREFUL_RATE = 4e-4;
/** Pictures of an autoencoder that are only judged by, at most. */
const JUDGED = 500;

/**
 * Teaches a model of sprites by examples. In a worker or in Node: it computes for minutes.
 *
 * The same shelf, options and seed give the same model in the same engine on wasm and cpu, also when it was ended and went on from a
 * checkpoint.
 *
 * @throws ConfigurationError for a shelf or options that cannot be; TrainingError; the signal's reason.
 */
export async function teachSprites(
  shelf: SpriteShelf | readonly Sprite[],
  options: TeachSpritesOptions,
  watch: TeachSpritesWatch = {},
): Promise<SpriteModel> {
  const { kind, code = 48, widths = [96, 48, 24, 16], seed = 0, birth = {} } = options;
  const spec: SpriteModelSpec = { kind, code, widths };
  assertBegin(spec, options.begin);
  const source = sourceOf("sprite" in shelf ? shelf : { count: shelf.length, sprite: (index) => shelf[index] });
  const shape: CodeShape = { side: SPRITE_SIDE, channels: SPRITE_CHANNELS, code, widths };
  const { backend = "wasm", wasmUrl } = options;
  await startBackend(backend, wasmUrl === undefined ? {} : { wasmUrl });
  const taught =
    kind === "vae" ? new VaePupil(shape, source, options) : new GanPupil(shape, source, { ...options, seed });
  const modelNow = async (): Promise<SpriteModel> => new SpriteModel(spec, await taught.read(), { birth });
  try {
    await taught.learn(trainingOptions(options, source.count), {
      ...(watch.onProgress ? { onProgress: watch.onProgress } : {}),
      ...(watch.onCheckpoint ? { onCheckpoint: watch.onCheckpoint } : {}),
      onSample: async (step) => watch.onSample?.(await modelNow(), step),
    });
    return await modelNow();
  } finally {
    taught.dispose();
  }
}

type Watch = Parameters<typeof train>[2];
type Tensors = ConstructorParameters<typeof SpriteModel>[1];

/** What is being taught. */
interface Pupil {
  learn(options: TrainingOptions, watch: Watch): Promise<unknown>;
  read(): Promise<Tensors>;
  dispose(): void;
}

class VaePupil implements Pupil {
  readonly #vae: Vae;
  readonly #source: PictureSource;
  readonly #lesson: VaeLesson;

  constructor(shape: CodeShape, source: PictureSource, { seed = 0, steps = STEPS.vae, beta }: TeachSpritesOptions) {
    this.#vae = new Vae(shape, new Random(seed, 1));
    this.#source = source;
    const horizon = Math.max(steps, STEPS.vae); // one that is taught for longer learns fast for longer
    this.#lesson = { horizon, ...(beta === undefined ? {} : { beta }) };
  }

  learn(options: TrainingOptions, watch: Watch): Promise<unknown> {
    return train(vaeTask(this.#vae, this.#source, this.#lesson), options, watch);
  }

  async read(): Promise<Tensors> {
    const { code } = this.#vae.shape;
    const { mean, factor } = await readCodes(this.#vae, this.#source);
    return {
      ...(await this.#vae.parameters.read()),
      "code mean": { shape: [code], values: mean },
      "code factor": { shape: [code, code], values: factor },
    };
  }

  dispose(): void {
    this.#vae.dispose();
  }
}

class GanPupil implements Pupil {
  readonly #generator: Generator;
  readonly #critic: Critic;
  readonly #source: PictureSource;
  readonly #lesson: GanLesson;

  constructor(
    shape: CodeShape,
    source: PictureSource,
    { seed, begin }: { readonly seed: number; readonly begin?: SpriteModel },
  ) {
    this.#generator = new Generator(shape, new Random(seed, 1));
    this.#critic = new Critic(shape, new Random(seed, 2));
    this.#source = source;
    this.#lesson = begin ? { learningRate: CAREFUL_RATE } : {};
    if (begin) this.#generator.parameters.write(decoderOfNoise(begin), "teachSprites");
  }

  learn(options: TrainingOptions, watch: Watch): Promise<unknown> {
    const both = { generator: this.#generator, critic: this.#critic };
    return train(ganTask(both, this.#source, this.#lesson), options, watch);
  }

  read(): Promise<Tensors> {
    return this.#generator.parameters.read();
  }

  dispose(): void {
    this.#generator.dispose();
    this.#critic.dispose();
  }
}

/** The decoder of an autoencoder, which takes standard normal noise instead of codes: what makes codes of it goes into its first layer. */
function decoderOfNoise({ spec: { code }, tensors }: SpriteModel): Tensors {
  const [weights, biases] = [tensors["decoder code weights"], tensors["decoder code biases"]];
  const [factor, mean] = [tensors["code factor"].values, tensors["code mean"].values];
  const rows = biases.values.length;
  const ofNoise = new Float32Array(rows * code);
  const moved = biases.values.slice();
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < code; k++) {
      const weight = weights.values[row * code + k];
      moved[row] += weight * mean[k];
      for (let c = 0; c < code; c++) ofNoise[row * code + c] += weight * factor[k * code + c];
    }
  }
  return {
    ...tensors,
    "decoder code weights": { shape: weights.shape, values: ofNoise },
    "decoder code biases": { shape: biases.shape, values: moved },
  };
}

function assertBegin({ kind, code, widths }: SpriteModelSpec, begin: SpriteModel | undefined): void {
  if (!begin) return;
  const say = (spec: SpriteModelSpec): string =>
    `a "${spec.kind}" of ${spec.code} numbers and [${spec.widths.join(", ")}]`;
  const wanted = say({ kind: "vae", code, widths });
  if (kind === "gan" && say(begin.spec) === wanted) return;
  const came = kind === "gan" ? say(begin.spec) : `one to begin a "${kind}" with`;
  throw new ConfigurationError(`teachSprites: needed ${wanted} to begin a "gan" with, came ${came}. Leave it out.`);
}

function trainingOptions(options: TeachSpritesOptions, count: number): TrainingOptions {
  const { kind, steps = STEPS[kind], seed = 0, interval = 200, backend = "wasm" } = options;
  const { wasmUrl, checkpoint, signal } = options;
  return {
    steps,
    seed,
    interval,
    backend,
    batchSize: BATCH[kind],
    averageDecay: AVERAGE,
    validationShare: kind === "vae" ? Math.min(0.1, JUDGED / count) : 0,
    ...(wasmUrl === undefined ? {} : { wasmUrl }),
    ...(checkpoint ? { checkpoint } : {}),
    ...(signal ? { signal } : {}),
  };
}

function sourceOf({ count, sprite }: SpriteShelf): PictureSource {
  if (!(count >= FEWEST)) {
    throw new ConfigurationError(
      `teachSprites: needed at least ${FEWEST} sprites, came ${count}. Give more, also mirrored or in other colours.`,
    );
  }
  return {
    count,
    picture(index) {
      const { height, width, channels, pixels } = sprite(index);
      if (height === SPRITE_SIDE && width === SPRITE_SIDE && channels === SPRITE_CHANNELS) return pixels;
      throw new ConfigurationError(
        `teachSprites: needed sprites of ${SPRITE_SIDE}×${SPRITE_SIDE}×${SPRITE_CHANNELS}, came ${height}×${width}×${channels} as number ${index}. Scale it, and give it an opacity.`,
      );
    },
  };
}
