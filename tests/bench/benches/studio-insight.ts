import { gate, type GateArguments, type GateFigures, type GateGroup } from "../report.ts";

/** `npm run bench -- studio-insight`. */
const studioInsight: GateGroup = {
  name: "studio-insight",
  describe:
    "Whether explanations equal finite differences, and recorded decisions come out the same again, bit for bit.",
  async run({ seeds, smoke, log }: GateArguments): Promise<GateFigures> {
    const { createSaliency } = await import("../../../plugin/compute/saliency.ts");
    const { drawSubject, worstSaliencyError } = await import("../../compute/saliency-subjects.ts");
    const { countDifferences, recordFlight } = await import("../../scene/recorder/recorded-flight.ts");
    const { createTestWorld } = await import("../../scene/test-world.ts");

    const networks = smoke ? 60 : 1000;
    log(`Explaining ${networks} random networks …`);
    let worst = 0;
    let explained = 0;
    const began = performance.now();
    for (let seed = 0; seed < networks; seed++) {
      const { data, observations, rows } = drawSubject(seed);
      const saliency = await createSaliency(data);
      worst = Math.max(worst, worstSaliencyError(saliency, data, observations, rows));
      explained += rows * saliency.outputs.length;
      saliency.dispose();
    }
    const explaining = (performance.now() - began) / 1000;

    const flights = smoke ? 1 : (seeds ?? 5);
    log(`Recording ${flights} × 30 seconds of six agents, and deciding all of it again …`);
    let decisions = 0;
    let different = 0;
    for (let flight = 0; flight < flights; flight++) {
      const world = await createTestWorld();
      const { recorder } = await recordFlight(world, 30, 100 * flight);
      const counted = await countDifferences(recorder);
      decisions += counted.decisions;
      different += counted.different;
      world.dispose();
    }
    return {
      gates: [
        gate("saliency against central finite differences, worst of all", worst, "", "<=", 1e-3),
        gate("replayed decisions that differ in any bit", different, "", "<=", 0),
        gate("replayed decisions", decisions, "", ">=", 1800 * flights),
      ],
      networks,
      explained,
      secondsOfExplaining: explaining,
      flights,
      decisions,
      different,
    };
  },
};

export default studioInsight;
