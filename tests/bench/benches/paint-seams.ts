import { MATERIAL_NAMES } from "../../../plugin/paint/materials/material-classes.ts";
import { hasShippedEstimator } from "../../../scripts/paint/subjects/shipped-estimator.ts";
import { FIXTURE_PICTURES, textures } from "../../../scripts/paint/subjects/textures.ts";
import { runInLanes } from "../paint/lanes.ts";
import { SEAM_GENERATORS, type SeamJob } from "../paint/seam-job.ts";
import { seamFigures, seamGates, seamMisses } from "../paint/summarise-seams.ts";
import type { SurfaceSeams } from "../paint/surface-seams.ts";
import type { Gate, GateArguments, GateFigures, GateGroup } from "../report.ts";

/** Nothing was tuned on these. */
const FIRST_SEED = 201;
const SIDE = { full: { procedural: 256, others: 128 }, smoke: { procedural: 64, others: 32 } };
const SMOKE_CLASSES = ["brick", "sand"];

/**
 * `npm run bench -- paint-seams`. Settings: `--set generators=procedural,photograph`, `--set classes=brick,water`, `--set
 * pictures=FOLDER` (other photographs), `--seeds N`, `--set lanes=2`, `--set quality=good` (of syntheses).
 */
const paintSeamsBench: GateGroup = {
  name: "paint-seams",
  describe: "Whether every map of every generator tiles on both axes: the local seam score.",
  async run(args: GateArguments): Promise<GateFigures> {
    const { settings, smoke } = args;
    const folder = settings["pictures"] ?? FIXTURE_PICTURES;
    const seeds = Array.from({ length: args.seeds ?? (smoke ? 1 : 5) }, (_, i) => FIRST_SEED + i);
    const names = settings["classes"]?.split(",") ?? (smoke ? SMOKE_CLASSES : null);
    const wanted = settings["generators"]?.split(",") ?? SEAM_GENERATORS;
    const all = (await textures(folder)).map(({ name }) => name);
    const chosen = all.filter((name) => names === null || names.includes(name));
    const jobs = SEAM_GENERATORS.filter((generator) => wanted.includes(generator))
      .filter((generator) => generator !== "photograph" || hasShippedEstimator())
      .flatMap((generator) => {
        const sides = SIDE[smoke ? "smoke" : "full"];
        const side = generator === "procedural" ? sides.procedural : sides.others;
        const quality = settings["quality"] ?? (smoke ? "fast" : "good");
        return chosen
          .filter((texture) => generator === "example" || MATERIAL_NAMES.includes(texture))
          .flatMap((texture) => seeds.map((seed): SeamJob => ({ generator, texture, folder, seed, side, quality })));
      });
    if (jobs.length === 0) {
      throw new Error(
        `paint-seams: needed generators of ${SEAM_GENERATORS.join(", ")} and classes of ${all.join(", ")}, came ${JSON.stringify(settings)}. Correct the names.`,
      );
    }
    const outcomes = await runInLanes<SeamJob, SurfaceSeams>(jobs, {
      lanes: Number(settings["lanes"] ?? 2),
      module: new URL("../paint/seam-lane.ts", import.meta.url),
      onOutcome: ({ generator, texture, seed }, { seams }) => {
        const worst = Math.max(
          ...Object.values(seams).flatMap(({ sideBySide, oneAboveOther }) => [sideBySide, oneAboveOther]),
        );
        args.log(`  ${generator} ${texture} seed ${seed}: worst ${worst.toFixed(2)}`);
      },
    });
    const done = jobs.map((job, i) => ({ job, outcome: outcomes[i] }));
    const gates = seamGates(done);
    return {
      ...(smoke ? judgeProceduralOnly(gates) : { gates }),
      seeds,
      work: "albedo, heights, roughness, metallic, normal, occlusion and ORM, both axes; flat maps do not count",
      estimator: hasShippedEstimator() ? "shipped" : "none: example with flat maps, photograph not measured",
      generators: seamFigures(done),
      misses: seamMisses(done),
    };
  },
};

export default paintSeamsBench;

/** The syntheses of a smoke run are too small and too hasty for a verdict. */
function judgeProceduralOnly(gates: readonly Gate[]): { gates: readonly Gate[]; notJudged: Record<string, number> } {
  const isJudged = ({ what }: Gate): boolean => what.startsWith("procedural");
  const others = gates.filter((one) => !isJudged(one)).map(({ what, value }) => [what, value]);
  return { gates: gates.filter(isJudged), notJudged: Object.fromEntries(others) as Record<string, number> };
}
