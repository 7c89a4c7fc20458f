import { AutoencoderNet } from "../../../plugin/nets/encoders/autoencoder-net.ts";
import { autoencoderTask } from "../../../plugin/nets/encoders/autoencoder-task.ts";
import { polishTask } from "../../../plugin/nets/encoders/polish-task.ts";
import { decodeAutoencoder, encodeAutoencoder } from "../../../plugin/paint/encoders/autoencoder-file.ts";
import { NetAutoencoder } from "../../../plugin/paint/encoders/net-autoencoder.ts";
import { psnr } from "../../../plugin/paint/metrics/signal-to-noise.ts";
import { examPicture } from "./picture-shelf.ts";
import { linearStart } from "./linear-start.ts";
import { encoderRecipe } from "./recipe.ts";
import { writeAutoencoderCard } from "./write-autoencoder-card.ts";

/** Classes and seed of the pictures that are looked at while it is taught; the card's are others. */
const GLANCES = ["roofTile", "roughStone", "brick", "sand", "plank"];
const GLANCE_SEED = 900;

/** Teaches the autoencoder with a spatial code. */
export const autoencoder = encoderRecipe({
  name: "autoencoder",
  describe: "Teaches the autoencoder of textures with a spatial code, and writes its model folder.",
  steps: 11500,
  batchSize: 8,
  begin(random, shelf) {
    const net = new AutoencoderNet(random);
    net.beginWith(linearStart(shelf));
    return net;
  },
  task: autoencoderTask,
  lastLesson: {
    steps: 750,
    batchSize: 6,
    pictures: 660,
    task: polishTask,
    decode: decodeAutoencoder,
  },
  async look(net) {
    const pupil = new NetAutoencoder(net, "wasm");
    const said: string[] = [];
    for (const name of GLANCES) {
      const source = examPicture(name, GLANCE_SEED);
      said.push(`${name} ${psnr(source, await pupil.reconstruct(source)).toFixed(2)}`);
    }
    return said.join(", ");
  },
  encode: (net, birth) => encodeAutoencoder(net, birth, "int8"),
  writeCard: writeAutoencoderCard,
});
