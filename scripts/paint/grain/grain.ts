import { GrainNet } from "../../../plugin/nets/encoders/grain-net.ts";
import { encodeGrain } from "../../../plugin/paint/grain/grain-file.ts";
import { grainTask } from "../../../plugin/paint/grain/grain-task.ts";
import { NetFrameCleaner } from "../../../plugin/paint/grain/net-frame-cleaner.ts";
import { psnr } from "../../../plugin/paint/metrics/signal-to-noise.ts";
import { encoderRecipe } from "../encoders/recipe.ts";
import { grainExam, NIGHT, type GrainExam } from "./grain-exam.ts";
import { writeGrainCard } from "./write-grain-card.ts";

/** Classes and seed of the scenes that are looked at while it is taught; the card's are others. */
const GLANCES = ["roofTile", "roughStone", "brick", "sand", "plank"];
const GLANCE_SEED = 900;
let exams: readonly GrainExam[] | null = null;

/** Teaches the network that takes the noise of a dim camera out of frames. */
export const grain = encoderRecipe({
  name: "grain",
  describe: "Teaches the network that cleans a noisy camera's frames, and writes its model folder.",
  steps: 14_000,
  batchSize: 8,
  begin: (random) => new GrainNet(random),
  task: (net, shelf) => grainTask(net, shelf),
  async look(net) {
    const pupil = new NetFrameCleaner(net, "wasm");
    const said: string[] = [];
    exams ??= GLANCES.map((name) => grainExam(name, GLANCE_SEED));
    for (const [i, { clean, noisy }] of exams.entries()) {
      said.push(
        `${GLANCES[i]} ${psnr(clean, noisy).toFixed(2)} > ${psnr(clean, await pupil.clean(noisy, NIGHT)).toFixed(2)}`,
      );
    }
    return said.join(", ");
  },
  encode: (net, birth) => encodeGrain(net, birth, "int8"),
  writeCard: writeGrainCard,
});
