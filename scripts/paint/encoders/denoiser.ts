import { DenoiserNet } from "../../../plugin/nets/encoders/denoiser-net.ts";
import { denoiserTask } from "../../../plugin/nets/encoders/denoiser-task.ts";
import { encodeDenoiser } from "../../../plugin/paint/encoders/denoiser-file.ts";
import { NetDenoiser } from "../../../plugin/paint/encoders/net-denoiser.ts";
import { psnr } from "../../../plugin/paint/metrics/signal-to-noise.ts";
import { noisyExam } from "./judge-denoiser.ts";
import { fillNoisyShelf } from "./noisy-shelf.ts";
import { encoderRecipe } from "./recipe.ts";
import { writeDenoiserCard } from "./write-denoiser-card.ts";

/** Classes and seed of the pictures that are looked at while it is taught; the card's are others. */
const GLANCES = ["roofTile", "roughStone", "brick", "sand", "plank"];
const GLANCE_SEED = 900;

/** Teaches the denoising autoencoder. */
export const denoiser = encoderRecipe({
  name: "denoiser",
  describe: "Teaches the network that takes noise out of textures, and writes its model folder.",
  steps: 5000,
  batchSize: 8,
  begin: (random) => new DenoiserNet(random),
  task: async (net, shelf) => denoiserTask(net, await fillNoisyShelf(shelf)),
  async look(net) {
    const pupil = new NetDenoiser(net, "wasm");
    const said: string[] = [];
    for (const name of GLANCES) {
      const { clean, noisy } = noisyExam(name, GLANCE_SEED);
      said.push(`${name} ${psnr(clean, await pupil.denoise(noisy, { edges: "cut" })).toFixed(2)}`);
    }
    return said.join(", ");
  },
  encode: (net, birth) => encodeDenoiser(net, birth, "int8"),
  writeCard: writeDenoiserCard,
});
