import { Random } from "../../../plugin/core/random.ts";
import { AutoencoderNet } from "../../../plugin/nets/encoders/autoencoder-net.ts";
import { DenoiserNet } from "../../../plugin/nets/encoders/denoiser-net.ts";
import { startBackend } from "../../../plugin/nets/start-backend.ts";
import { encodeAutoencoder } from "../../../plugin/paint/encoders/autoencoder-file.ts";
import { encodeDenoiser } from "../../../plugin/paint/encoders/denoiser-file.ts";

/** Numbers of a cell's code. */
export const CODE = 6;

/** Files of a small denoiser and a small autoencoder as they were drawn: what they make of pictures is nonsense, but always the same. */
export async function untaughtEncoders(
  seed: number,
): Promise<Readonly<Record<"denoiser" | "autoencoder", Uint8Array>>> {
  await startBackend("wasm");
  const denoiser = new DenoiserNet(new Random(seed), { widths: [4, 6], blocks: [0, 1] });
  const none = [0, 0, 0] as const;
  const spec = { code: CODE, widths: [4, 4, 4], down: none, up: none } as const;
  const autoencoder = new AutoencoderNet(new Random(seed), spec);
  try {
    return {
      denoiser: await encodeDenoiser(denoiser, {}, "int8"),
      autoencoder: await encodeAutoencoder(autoencoder, {}, "int8"),
    };
  } finally {
    denoiser.dispose();
    autoencoder.dispose();
  }
}
