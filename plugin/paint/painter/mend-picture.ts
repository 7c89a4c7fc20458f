import { ConfigurationError } from "../../core/errors.ts";
import type { Denoiser, DenoiseOptions } from "../encoders/denoiser.ts";
import type {
  EncodeOptions,
  FollowOptions,
  RegrowOptions,
  TextureAutoencoder,
} from "../encoders/texture-autoencoder.ts";
import type { PaintNetworks } from "../generators/paint-networks.ts";
import type { Picture } from "../picture.ts";
import type { PaintWatch } from "../texture-generator.ts";

/** Options without what follows the work and stops it: a painter's watch does that. */
type Plain<Options extends FollowOptions> = Omit<Options, keyof FollowOptions>;

/** How a painter takes noise out of a picture. */
export type PainterDenoiseOptions = Plain<DenoiseOptions>;
/** How a painter reads a picture that it fills or makes from its code. */
export type PainterEncodeOptions = Plain<EncodeOptions>;
/** How a painter grows texture in holes. */
export type PainterRegrowOptions = Plain<RegrowOptions>;

/** A picture that noise was taken out of. */
export interface DenoisedPicture {
  readonly picture: Picture;
  /** The noise that was reckoned with, told or found: its standard deviation, in [0, 0.5]. */
  readonly noise: number;
}

/** What a code has kept of a picture. */
export interface ReconstructedPicture {
  readonly picture: Picture;
  /** How many numbers the code has; a picture has three for each pixel. */
  readonly numbers: number;
}

/** What is done to a picture by networks. */
export type MendJob =
  | { readonly type: "denoise"; readonly picture: Picture; readonly options: PainterDenoiseOptions }
  | { readonly type: "reconstruct"; readonly picture: Picture; readonly options: PainterEncodeOptions }
  | {
      readonly type: "inpaint";
      readonly picture: Picture;
      /** 1 where a pixel is unknown, [height, width]. */
      readonly hole: Uint8Array;
      readonly options: PainterEncodeOptions;
    }
  | {
      readonly type: "regrow";
      readonly picture: Picture;
      /** 1 where texture shall grow anew, [height, width]. */
      readonly hole: Uint8Array;
      readonly options: PainterRegrowOptions;
    };

const STAGES: Readonly<Record<MendJob["type"], string>> = {
  denoise: "Taking noise out",
  reconstruct: "Making it from its code",
  inpaint: "Filling holes",
  regrow: "Growing texture",
};

/**
 * Mends a picture.
 *
 * @throws ConfigurationError where the network that it takes is not there, and for a picture or options that cannot be; the signal's reason
 * when cancelled.
 */
export async function mendPicture(
  job: MendJob,
  { findDenoiser, findAutoencoder }: PaintNetworks,
  { signal, onProgress }: PaintWatch = {},
): Promise<DenoisedPicture | ReconstructedPicture | Picture> {
  const tell = (done: number, stage: string): void => onProgress?.({ done, stage, preview: () => null });
  const follow = { ...(signal ? { signal } : {}), onProgress: (done: number) => tell(done, STAGES[job.type]) };
  const found = async <T>(find: (() => Promise<T>) | null | undefined, words: string): Promise<T> => {
    if (!find) throw new ConfigurationError(`${job.type}: needed ${words}.`);
    tell(0, "Getting ready");
    const network = await find();
    signal?.throwIfAborted();
    return network;
  };
  if (job.type === "denoise") {
    const words = "a network that takes noise out, came none. Give servePainting a denoiserUrl";
    return denoise(await found(findDenoiser, words), job, follow);
  }
  const words = "an autoencoder of textures, came none. Give servePainting an autoencoderUrl";
  const autoencoder = await found(findAutoencoder, words);
  if (job.type === "inpaint") return autoencoder.inpaint(job.picture, job.hole, { ...job.options, ...follow });
  if (job.type === "regrow") return autoencoder.regrow(job.picture, job.hole, { ...job.options, ...follow });
  return reconstruct(autoencoder, job, follow);
}

async function denoise(
  denoiser: Denoiser,
  { picture, options }: Extract<MendJob, { type: "denoise" }>,
  follow: FollowOptions,
): Promise<DenoisedPicture> {
  let { noise = "find" } = options;
  if (noise === "find") {
    // With the network, and not before: a worker that only paints has nothing of networks.
    const { findNoise, MOST_NOISE } = await import("../../nets/encoders/find-noise.ts");
    noise = Math.min(MOST_NOISE, findNoise(picture));
  }
  return { picture: await denoiser.denoise(picture, { ...options, ...follow, noise }), noise };
}

async function reconstruct(
  autoencoder: TextureAutoencoder,
  { picture, options }: Extract<MendJob, { type: "reconstruct" }>,
  { onProgress, ...stop }: FollowOptions,
): Promise<ReconstructedPicture> {
  const share = (from: number, to: number) => (done: number) => onProgress?.(from + (to - from) * done);
  const code = await autoencoder.encode(picture, { ...options, ...stop, onProgress: share(0, 0.8) });
  const made = await autoencoder.decode(code, { ...stop, onProgress: share(0.8, 1) });
  return { picture: made, numbers: code.values.length };
}
