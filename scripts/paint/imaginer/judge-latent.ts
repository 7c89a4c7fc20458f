import { Random } from "../../../plugin/core/random.ts";
import type { Imaginer } from "../../../plugin/paint/imaginer/imaginer.ts";
import { stackColours, stackPicture } from "../../../plugin/paint/imaginer/stack-picture.ts";
import { mixCodes, type TextureCode } from "../../../plugin/paint/imaginer/texture-code.ts";
import type { Attributes } from "../../../plugin/paint/materials/attributes.ts";
import { proceduralMaterial } from "../../../plugin/paint/materials/procedural-material.ts";
import { randomAttributes } from "../../../plugin/paint/materials/random-attributes.ts";
import { patchSwd } from "../../../plugin/paint/metrics/patch-swd.ts";
import { picture, type Picture } from "../../../plugin/paint/picture.ts";
import { StackProbe, type KnownStack, type StackFacts } from "./stack-probe.ts";
import { drawMaterial, SHOWN_CLASSES, SIDE } from "./stack-shelf.ts";

/** Attributes that arithmetic adds: things that happen to a material, whatever it is. */
export const HAPPENINGS = ["wear", "moss", "wetness", "cracks", "dirt"] as const;

/** What came of adding an attribute. */
export interface AdditionScore {
  /** How many times it was added: differences of mean codes, or how far a slider was moved. */
  readonly times: number;
  /** Share of materials in which the probe sees the attribute then. */
  readonly changed: number;
  /** Share of materials whose class the probe sees then. */
  readonly right: number;
  /** The same share of those whose class it sees without the addition: what is not drawn well enough, no addition can keep. */
  readonly kept: number;
}

/** How arithmetic with one attribute went. */
export interface LatentScore {
  readonly attribute: (typeof HAPPENINGS)[number];
  /** Of how many held-out real materials the probe tells the attribute rightly. */
  readonly probe: number;
  /** Without any addition: in what share of materials the probe sees the attribute, and the class. */
  readonly before: Pick<AdditionScore, "changed" | "right">;
  /** With the difference of the mean codes of materials that have it and of such that have not. */
  readonly difference: AdditionScore;
  /** With the slider of that name, `Imaginer.moved`. */
  readonly slider: AdditionScore;
}

/** How much is drawn. */
export interface JudgeLatentSizes {
  /** Materials of each class that the probe learns from, and that directions are told from. */
  readonly taught: number;
  readonly probeSteps: number;
  /** Taught materials of each class without an attribute that how far to go is told from. */
  readonly tried: number;
  /** Held-out materials of each class and seed. */
  readonly heldOut: number;
}

/**
 * How often a difference is added, and how far a slider is moved: an encoder that is not sure says less than there is, so that means of its
 * codes differ too little. The fewest that are enough for taught materials are taken.
 */
const TIMES = { difference: [1, 1.5, 2, 3, 4], slider: [0.5, 0.75, 1] } as const;
const ENOUGH = 0.9;

/** Materials of these streams are in no shelf. */
const TAUGHT_STREAM = 0x51de;
const HELD_OUT_STREAM = 0x51df;
const METRIC = { edges: "wrap" as const };

/**
 * Adds attributes to the codes of held-out materials, in two ways: as the difference of the mean codes of real materials that have it and of
 * such that have not, and by the imaginer's own sliders. A probe that was taught on real materials says what came of it.
 */
export async function judgeAddition(
  imaginer: Imaginer,
  { seeds, sizes }: { readonly seeds: readonly number[]; readonly sizes: JudgeLatentSizes },
): Promise<{ readonly scores: LatentScore[]; readonly classAccuracy: number }> {
  // Step 1. A probe, and what to add to a code for each attribute.
  const taught = someMaterials(TAUGHT_STREAM, 0, sizes.taught);
  const probe = new StackProbe(taught, SHOWN_CLASSES.length);
  await probe.learn(sizes.probeSteps);
  const codes = await encodeAll(imaginer, taught);

  // Step 2. Held-out materials without it, and with it.
  const real = seeds.flatMap((seed) => someMaterials(HELD_OUT_STREAM, seed * 1000, sizes.heldOut));
  const seen = probe.see(real.map(({ stack }) => stack));
  const scores: LatentScore[] = [];
  const [heldOut, known] = [
    await drawAll(imaginer, probe, real),
    await drawAll(imaginer, probe, tried(taught, sizes.tried)),
  ];
  for (const [at, attribute] of HAPPENINGS.entries()) {
    const difference = differenceOf(taught, codes, at);
    const judge = async (add: Addition["add"], times: readonly number[]): Promise<AdditionScore> => {
      const addition = { imaginer, probe, at, add };
      return addTo(heldOut, addition, await enoughTimes(known, addition, times));
    };
    const without = heldOut.filter(({ material }) => !material.has[at]);
    scores.push({
      attribute,
      probe: share(real.map(({ has }, i) => seen[i].has[at] === has[at])),
      before: {
        changed: share(without.map(({ before }) => before.has[at])),
        right: share(without.map(({ before, material }) => before.kind === material.kind)),
      },
      difference: await judge((code, times) => code.map((value, c) => value + times * difference[c]), TIMES.difference),
      slider: await judge((code, times) => imaginer.moved(code, { [attribute]: times }), TIMES.slider),
    });
  }
  probe.dispose();
  return { scores, classAccuracy: share(real.map(({ kind }, i) => seen[i].kind === kind)) };
}

const share = (flags: readonly boolean[]): number => flags.filter(Boolean).length / Math.max(1, flags.length);

interface Addition {
  readonly imaginer: Imaginer;
  readonly probe: StackProbe;
  /** Which attribute. */
  readonly at: number;
  readonly add: (code: TextureCode, times: number) => TextureCode;
}

/** A material's code, and what the probe sees in what is imagined from it. */
interface DrawnMaterial {
  readonly material: SomeMaterial;
  readonly code: TextureCode;
  readonly seed: number;
  readonly before: StackFacts;
}

async function drawAll(
  imaginer: Imaginer,
  probe: StackProbe,
  materials: readonly SomeMaterial[],
): Promise<DrawnMaterial[]> {
  const codes = await encodeAll(imaginer, materials);
  const drawn: Picture[] = [];
  for (const [seed, code] of codes.entries()) drawn.push(await drawCode(imaginer, code, seed));
  const seen = probe.see(drawn);
  return materials.map((material, seed) => ({ material, code: codes[seed], seed, before: seen[seed] }));
}

async function encodeAll(imaginer: Imaginer, materials: readonly SomeMaterial[]): Promise<TextureCode[]> {
  const codes: TextureCode[] = [];
  for (const { colours } of materials) codes.push(await imaginer.encode(colours));
  return codes;
}

async function drawCode(imaginer: Imaginer, code: TextureCode, seed: number): Promise<Picture> {
  return stackPicture(await imaginer.imagine(code, { seed, size: SIDE }));
}

/** The taught materials that it is tried on how often something has to be added: of each class some with each attribute missing. */
function tried(taught: readonly SomeMaterial[], count: number): SomeMaterial[] {
  return SHOWN_CLASSES.flatMap((_, kind) => {
    const own = taught.filter((one) => one.kind === kind);
    return [...new Set(HAPPENINGS.flatMap((_, at) => own.filter(({ has }) => !has[at]).slice(0, count)))];
  });
}

/** How often something has to be added until the attribute is nearly always seen in taught materials. */
async function enoughTimes(
  materials: readonly DrawnMaterial[],
  addition: Addition,
  choices: readonly number[],
): Promise<number> {
  let best = { times: choices[0], changed: 0 };
  for (const times of choices) {
    const { changed } = await addTo(materials, addition, times);
    if (changed > best.changed) best = { times, changed };
    if (changed >= ENOUGH) break;
  }
  return best.times;
}

/** What the probe sees before and after an addition to the codes of those materials that have not what is added. */
async function addTo(
  materials: readonly DrawnMaterial[],
  { imaginer, probe, at, add }: Addition,
  times: number,
): Promise<AdditionScore> {
  const without = materials.filter(({ material }) => !material.has[at]);
  const added: Picture[] = [];
  for (const { code, seed } of without) added.push(await drawCode(imaginer, add(code, times), seed));
  const after = probe.see(added);
  const isRight = after.map(({ kind }, i) => kind === without[i].material.kind);
  return {
    times,
    changed: share(after.map(({ has }) => has[at])),
    right: share(isRight),
    kept: share(isRight.filter((_, i) => without[i].before.kind === without[i].material.kind)),
  };
}

interface SomeMaterial extends KnownStack {
  readonly colours: Picture;
}

/** Of each class so many; each attribute is clearly there, or not at all. */
function someMaterials(stream: number, first: number, count: number): SomeMaterial[] {
  return SHOWN_CLASSES.flatMap((name, kind) =>
    Array.from({ length: count }, (_, i) => {
      const random = new Random((first + i) * SHOWN_CLASSES.length + kind, stream);
      const has = HAPPENINGS.map(() => random.uniform() < 0.5);
      const amounts = HAPPENINGS.map((attribute, at) => [attribute, has[at] ? random.between(0.6, 0.9) : 0] as const);
      const attributes: Attributes = { ...randomAttributes(name, random), ...Object.fromEntries(amounts) };
      const maps = proceduralMaterial(name, { seed: random.uint32(), size: SIDE, attributes });
      return { kind, has, stack: stackPicture(maps), colours: stackColours(maps) };
    }),
  );
}

/** The mean code of those that have an attribute, less that of those that have not; the classes' own means do not count. */
function differenceOf(known: readonly KnownStack[], codes: readonly TextureCode[], at: number): Float32Array {
  const difference = new Float32Array(codes[0].length);
  SHOWN_CLASSES.forEach((_, kind) => {
    const own = known.flatMap((one, i) => (one.kind === kind ? [i] : []));
    const sides = [true, false].map((side) => own.filter((i) => known[i].has[at] === side));
    if (sides.some((side) => side.length === 0)) return;
    for (let c = 0; c < difference.length; c++) {
      const [withIt, without] = sides.map((side) => side.reduce((sum, i) => sum + codes[i][c] / side.length, 0));
      difference[c] += (withIt - without) / SHOWN_CLASSES.length;
    }
  });
  return difference;
}

/** How a mix of two codes compares with a mix of pixels. */
export interface MixScore {
  readonly classes: readonly [string, string];
  /** Patch distance of what is imagined from half of each code to the nearest class. */
  readonly latent: number;
  /** The same of half of each pixel. */
  readonly pixels: number;
}

/** Which mixes are judged. */
export interface JudgeMixesOptions {
  readonly seeds: readonly number[];
  /** Materials of each mix. */
  readonly count: number;
  /** Default: all that were shown. */
  readonly names?: readonly string[];
}

/** Holds half and half of two materials, mixed as codes and as pixels, against the real class that is nearest to it. */
export async function judgeMixes(
  imaginer: Imaginer,
  { seeds, count, names = SHOWN_CLASSES }: JudgeMixesOptions,
): Promise<MixScore[]> {
  const scores: MixScore[] = [];
  for (const seed of seeds) {
    const classes = names.map((name) => {
      const of = (first: number): Picture[] =>
        Array.from({ length: count }, (_, i) =>
          stackColours(drawMaterial(name, seed * 1000 + first + i, HELD_OUT_STREAM)),
        );
      return { name, real: of(0), mixed: of(count) };
    });
    for (const [at, one] of classes.entries()) {
      const other = classes[(at + 1 + (seed % (classes.length - 1))) % classes.length];
      const [imagined, faded]: [Picture[], Picture[]] = [[], []];
      for (let i = 0; i < count; i++) {
        const codes = [await imaginer.encode(one.mixed[i]), await imaginer.encode(other.mixed[i])];
        imagined.push(stackColours(await imaginer.imagine(mixCodes(codes), { seed: seed * 100 + i, size: SIDE })));
        faded.push(halfAndHalf(one.mixed[i], other.mixed[i]));
      }
      const nearest = (made: readonly Picture[]): number =>
        Math.min(...classes.map(({ real }) => patchSwd(real, made, METRIC).distance));
      scores.push({ classes: [one.name, other.name], latent: nearest(imagined), pixels: nearest(faded) });
    }
  }
  return scores;
}

function halfAndHalf(one: Picture, other: Picture): Picture {
  return picture(
    one.height,
    one.width,
    one.channels,
    one.pixels.map((value, i) => 0.5 * (value + other.pixels[i])),
  );
}
