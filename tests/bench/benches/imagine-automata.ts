import { readdir, readFile } from "node:fs/promises";
import { judgeSpecies, type SpeciesScore } from "../../../scripts/paint/automata/judge-species.ts";
import { decodeSpecies, type Species } from "../../../plugin/paint/automata/species.ts";
import { equivarianceShift } from "../../paint/automata/equivariance-shift.ts";
import type { LivingCounts } from "../../browser/pages/living.ts";
import { liveHeap } from "../soak/live-memory.ts";
import { gate, onlyInFull, type Gate, type GateArguments, type GateFigures, type GateGroup } from "../report.ts";

const SEEDS = 5;
const AGES = [200, 2000];
/** How much farther from its class a species may be than its class's pictures are from each other. */
const FARTHEST = 1.3;
/** How much farther an old texture may be than a young one. */
const DRIFT = 0.1;
/** How many more patches than of other real pictures may be copies of the picture that was learned from. */
const COPIES = 0.05;
const SHIFT = 1e-4;
/** Of numbers around 1 after 24 steps; the GPU adds in another order, and in 32 bits. */
const DIFFERENCE = 1e-3;
const SOAK_MINUTES = 20;
/** Of the page's heap, in kB: what the measuring itself leaves behind, and no more. */
const HEAP = 1000;
const MODELS = new URL("../../../models/automata/", import.meta.url);

/**
 * `npm run bench -- imagine-automata`. `--set side=64` judges smaller pictures, `--set species=sand` one species, `--set minutes=1` soaks for a
 * shorter time, `--set browser=no` leaves Chromium out.
 */
const imagineAutomata: GateGroup = {
  name: "imagine-automata",
  describe:
    "Living textures: likeness, drift, copies, equivariance; in Chromium dispatches a step, agreement and memory.",
  async run(args: GateArguments): Promise<GateFigures> {
    const seeds = Array.from({ length: args.seeds ?? (args.smoke ? 1 : SEEDS) }, (_, i) => i + 1);
    const side = Number(args.settings["side"] ?? (args.smoke ? 32 : 128));
    const ages = args.smoke ? [4, 8] : AGES;
    const all = await shippedSpecies(args.settings["species"]);
    const gates: Gate[] = [onlyInFull(gate("shipped species", all.length, "", ">=", args.settings["species"] ? 1 : 4))];
    const largest = Math.max(...all.map(({ bytes }) => bytes));
    gates.push(gate("largest species file", largest / 1000, "kB", "<=", 60));
    const scores: SpeciesScore[] = [];
    for (const { species } of args.smoke ? all.slice(0, 1) : all) {
      args.log(`${species.name} …`);
      const score = await judgeSpecies(species, { ages, seeds, side });
      scores.push(score);
      for (const { steps, ratio } of score.ratios) {
        gates.push(onlyInFull(gate(`${score.name} after ${steps} steps: SWD ÷ floor`, ratio, "", "<=", FARTHEST)));
      }
      const [young, old] = score.ratios;
      gates.push(onlyInFull(gate(`${score.name}: drift of SWD ÷ floor`, old.ratio - young.ratio, "", "<=", DRIFT)));
      const copies = score.copied - score.realCopied;
      gates.push(onlyInFull(gate(`${score.name}: copied patches above real ones`, copies, "", "<=", COPIES)));
      const roll = { width: 32, height: 24, steps: args.smoke ? 4 : 40, down: 5, right: 11 };
      gates.push(gate(`${score.name}: equivariance under rolls`, equivarianceShift(species, roll), "", "<=", SHIFT));
    }
    const misses = scores
      .filter(({ ratios }) => ratios.some(({ ratio }) => !(ratio <= FARTHEST)))
      .map(({ name }) => name);
    const figures = scores.map(({ name, floor, ratios, copied, realCopied }) => ({
      name,
      floor,
      ratios,
      copied,
      realCopied,
    }));
    const browser = args.settings["browser"] === "no" ? {} : await measureInChromium(all[0], args, gates);
    return { gates, seeds, side, misses, figures, ...browser };
  },
};

interface Shipped {
  readonly species: Species;
  readonly bytes: number;
  readonly text: string;
}

async function shippedSpecies(only: string | undefined): Promise<Shipped[]> {
  const names = (await readdir(MODELS)).filter((name) => name.endsWith(".bnw")).sort();
  const shipped: Shipped[] = [];
  for (const name of names.filter((candidate) => only === undefined || candidate === `${only}.bnw`)) {
    const bytes = await readFile(new URL(name, MODELS));
    shipped.push({ species: decodeSpecies(bytes, name), bytes: bytes.length, text: bytes.toString("base64") });
  }
  if (shipped.length > 0) return shipped;
  throw new Error(`imagine-automata: needed a species in models/automata, came none. Teach one by npm run paint.`);
}

/** Counts on SwiftShader, so a busy machine gives the same. */
async function measureInChromium({ text }: Shipped, args: GateArguments, gates: Gate[]): Promise<object> {
  const { buildSite } = await import("../pages/build-page.ts");
  const { launchChromium, openPage, serveSite } = await import("../../browser/harness.ts");
  args.log("Building the page …");
  const built = await buildSite({ root: new URL("../../browser/pages/", import.meta.url), page: "living.html" });
  const site = await serveSite({ folder: built.folder });
  const browser = await launchChromium();
  const minutes = Number(args.settings["minutes"] ?? (args.smoke ? 0.05 : SOAK_MINUTES));
  const stepsOnScreen: Record<string, number> = {};
  try {
    for (const wish of ["webgpu", "webgl2"] as const) {
      const { page } = await openPage(browser, `${site.url}living.html`);
      await page.evaluate((order) => globalThis.livingPage.start(...order), [wish, { size: 64, file: text }] as const);
      const counts = (): Promise<LivingCounts> => page.evaluate(() => globalThis.livingPage.counts());
      const difference = await page.evaluate((steps) => globalThis.livingPage.beside(steps), args.smoke ? 4 : 24);
      gates.push(gate(`${wish} beside ordinary memory: furthest number`, difference, "", "<=", DIFFERENCE));
      await page.evaluate(() => globalThis.livingPage.grow(4));
      const before = await counts();
      const steps = args.smoke ? 8 : 200;
      for (let i = 0; i < steps; i += 4) await page.evaluate(() => globalThis.livingPage.grow(4));
      const after = await counts();
      if (wish === "webgpu") {
        const dispatches = (after.calls.dispatches - before.calls.dispatches) / steps;
        gates.push(gate("webgpu: dispatches a step, at most", dispatches, "", "<=", 1));
        gates.push(gate("webgpu: dispatches a step, at least", dispatches, "", ">=", 1));
        gates.push(
          gate("webgpu: readbacks while it grows", after.calls.readbacks - before.calls.readbacks, "", "<=", 0),
        );
      }
      args.log(`${wish}: on screen for ${minutes} minutes …`);
      const heap = await liveHeap(page);
      const end = Date.now() + 60_000 * minutes;
      while (Date.now() < end) await page.evaluate(() => globalThis.livingPage.grow(8));
      const late = await counts();
      stepsOnScreen[wish] = late.steps - after.steps;
      const grown = (kind: (all: LivingCounts) => number): number => kind(late) - kind(after);
      const kinds = {
        "GPU buffers": (all: LivingCounts) => all.webgpu.buffers,
        "GPU bytes": (all: LivingCounts) => all.webgpu.bufferBytes,
        "GPU textures": (all: LivingCounts) => all.webgpu.textures,
        "GL textures": (all: LivingCounts) => all.glTextures,
        "GL buffers": (all: LivingCounts) => all.glBuffers,
        "textures of the engine": (all: LivingCounts) => all.cached,
      };
      for (const [name, kind] of Object.entries(kinds)) {
        gates.push(gate(`${wish}, ${minutes} minutes on screen: ${name} left behind`, grown(kind), "", "<=", 0));
      }
      const heapGrown = ((await liveHeap(page)) - heap) / 1000;
      gates.push(
        onlyInFull(
          // In the few seconds of a smoke run the page is still warming up.
          onlyInFull(
            gate(`${wish}, ${minutes} minutes on screen: the page's heap, more by`, heapGrown, "kB", "<=", HEAP),
          ),
        ),
      );
      const complaints = await page.evaluate(() => globalThis.livingPage.errors());
      gates.push(gate(`${wish}: complaints of the GPU`, complaints.length, "", "<=", 0));
      await page.close();
    }
    return { chromium: browser.version(), adapter: "SwiftShader", minutes, stepsOnScreen };
  } finally {
    await browser.close();
    await site.close();
    await built.remove();
  }
}

export default imagineAutomata;
