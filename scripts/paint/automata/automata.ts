import { mkdir, writeFile } from "node:fs/promises";
import { teachAutomaton } from "../../../plugin/nets/automata/teach-automaton.ts";
import type { NetsBackend } from "../../../plugin/nets/start-backend.ts";
import { encodeSpecies, speciesOf } from "../../../plugin/paint/automata/species.ts";
import { HELD_OUT_CLASSES, MATERIAL_NAMES } from "../../../plugin/paint/materials/material-classes.ts";
import type { PaintRecipe } from "../recipe.ts";
import { materialPicture } from "./material-picture.ts";
import { writeCards } from "./write-cards.ts";

/** Classes whose parts have no places of their own: what cells that see only their neighbours can grow. */
export const SPECIES_CLASSES: readonly string[] = [
  "grass",
  "sand",
  "soil",
  "woodGrain",
  "fabricWeave",
  "plaster",
  "marble",
];

const STEPS = 1600;

/** Teaches a living texture for each class that suits, and writes `models/automata`. */
export const automata: PaintRecipe = {
  name: "automata",
  describe: "Teaches living textures, one for each class that suits; --only cards judges and describes what is there.",
  takesBackend: true,
  async run({ only, seed = 0, steps = STEPS, backend = "wasm", out = "models/automata" }) {
    await mkdir(out, { recursive: true });
    const classes = MATERIAL_NAMES.filter((name) => !HELD_OUT_CLASSES.includes(name));
    const chosen = only === undefined ? SPECIES_CLASSES : classes.filter((name) => name === only);
    if (chosen.length === 0 && only !== "cards") {
      throw new Error(`--only: needed one of ${classes.join(", ")} or cards, came "${only}". Choose a name of these.`);
    }
    for (const name of chosen) await teach(name, { seed, steps, backend, out });
    await writeCards(out);
  },
};

interface Order {
  readonly seed: number;
  readonly steps: number;
  readonly backend: NetsBackend;
  readonly out: string;
}

async function teach(name: string, { seed, steps, backend, out }: Order): Promise<void> {
  const start = process.cpuUsage();
  const target = materialPicture(name, 0);
  const tensors = await teachAutomaton(
    target,
    { seed, steps, backend },
    {
      onProgress: ({ step, loss }) => {
        if (step % 20 === 0 || step === steps) console.log(`${name}  ${step} of ${steps}  ${loss.toFixed(3)}`);
      },
    },
  );
  const { user, system } = process.cpuUsage(start);
  const minutes = Number(((user + system) / 6e7).toFixed(1));
  const species = speciesOf(name, tensors, {
    lesson: `procedural ${name}, seed 0, 128 × 128`,
    algorithm: "neural cellular automaton",
    seed,
    command: `npm run paint -- automata --seed ${seed} --only ${name} --steps ${steps}${backend === "wasm" ? "" : ` --backend ${backend}`}`,
    made: new Date().toISOString().slice(0, 10),
    device: backend,
    notes: { steps, minutes },
  });
  const bytes = encodeSpecies(species);
  await writeFile(`${out}/${name}.bnw`, bytes);
  console.log(`${out}/${name}.bnw  ${(bytes.length / 1000).toFixed(1)} kB, ${minutes} minutes of one core`);
}
