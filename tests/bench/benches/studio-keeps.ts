import { gate, onlyInFull, type Gate, type GateArguments, type GateFigures, type GateGroup } from "../report.ts";

const BLOCKS = 10_000;
/** A block that takes longer hangs the page for people, in milliseconds. */
const LONGEST = 1000;
/** Megabytes. Chosen as what a small game takes; garbage that has not been collected yet counts. */
const MOST_MEMORY = 512;

/** `npm run bench -- studio-keeps`. Needs no browser. */
const studioKeeps: GateGroup = {
  name: "studio-keeps",
  describe: "What scenes keep survives .babylon and glTF files, and hostile files leave the scene usable.",
  async run({ smoke, log }: GateArguments): Promise<GateFigures> {
    const { countLosses } = await import("../studio/kept-scenes.ts");
    const { loadHostileBlocks } = await import("../studio/hostile-blocks.ts");
    const scenes = smoke ? 2 : 25;
    const gates: Gate[] = [];
    for (const format of ["babylon", "gltf"] as const) {
      const losses = await countLosses(format, scenes);
      for (const [what, lost] of Object.entries(losses)) {
        gates.push(gate(`${what} lost in ${scenes} scenes through ${format}`, lost as number, "", "<=", 0));
      }
      log(`${scenes} scenes sent through ${format}`);
    }
    const blocks = smoke ? 300 : BLOCKS;
    const { complaints, ...hostile } = await loadHostileBlocks(blocks, 1, log);
    return {
      gates: [
        ...gates,
        gate("hostile blocks loaded", hostile.blocks, "", ">=", blocks),
        gate("hostile blocks with an unclear message, or that broke something", complaints.length, "", "<=", 0),
        onlyInFull(gate("slowest hostile block", hostile.slowest, "ms", "<=", LONGEST)),
        onlyInFull(gate("memory above that of the beginning", hostile.mostMemory, "MB", "<=", MOST_MEMORY)),
      ],
      ...hostile,
      complaints: complaints.slice(0, 10),
    };
  },
};

export default studioKeeps;
