import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import { decodeSpriteModel, drawShield, randomShield, SHIELD_KINDS, type SpriteModel } from "../../../plugin/paint.ts";
import type { ShieldLook } from "../../../sample-game/atelier/rules/shield-look.ts";
import { SHEET_SHIELDS, WALK_STEPS, type SpriteNetwork } from "../../../sample-game/atelier/rules/spriting.ts";
import { studyShields, type ShieldStudy } from "../../../sample-game/atelier/work/shield-study.ts";
import { createSpriteArtist } from "../../../sample-game/atelier/work/sprite-artist.ts";
import { answerSpriteCall } from "../../../sample-game/atelier/work/sprite-messages.ts";
import { Spriter } from "../../../sample-game/atelier/work/spriter.ts";

const KINDS = ["outline", "charge", "division", "border"] as const;
const models = {} as Record<SpriteNetwork, SpriteModel>;

beforeAll(() => {
  for (const network of ["vae", "gan"] as const) {
    const file = `models/sprites/${network}.bnw`;
    models[network] = decodeSpriteModel(new Uint8Array(readFileSync(file)), file);
  }
});

/** A session whose artist computes here. @param failures - How often the networks cannot be had at first. */
function open(failures = 0): Spriter {
  let left = failures;
  const artist = createSpriteArtist({
    load: async (network) => {
      if (left-- > 0) throw new Error("The network is nowhere.");
      return models[network];
    },
    studied: 100,
    breathe: () => Promise.resolve(),
  });
  return new Spriter({ artist, seed: 7 });
}

/** Waits until nothing is being done. */
function settled(spriter: Spriter): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (spriter.isWorking) return;
      stop();
      resolve();
    };
    const stop = spriter.onChange.add(look);
    look();
  });
}

describe("Shields in the Atelier", () => {
  it("come as a sheet, and lie on the way from one to another, in codes and in pixels", async () => {
    const spriter = open();
    spriter.begin();
    await settled(spriter);
    expect(spriter.sheet).toHaveLength(SHEET_SHIELDS);
    const [first, second] = spriter.sheet;
    spriter.pick(first);
    spriter.pick(second);
    await settled(spriter);
    const { codes, pixels } = spriter.result!;
    expect([codes.length, pixels.length, spriter.at]).toEqual([WALK_STEPS, WALK_STEPS, 3]);
    expect([codes[0], codes[6]]).toEqual([first.sprite, second.sprite]);
    expect([pixels[0].pixels, pixels[6].pixels]).toEqual([first.sprite.pixels, second.sprite.pixels]);
    expect(codes[3].pixels).not.toEqual(pixels[3].pixels);

    // Chosen shields outlive the sheet, and all is taken back step by step.
    spriter.rollSeed();
    await settled(spriter);
    expect(spriter.step.places.A).toBe(first);
    expect(spriter.sheet).not.toContain(first);
    spriter.undo();
    spriter.undo();
    await settled(spriter);
    expect([spriter.result, spriter.step.places.B]).toEqual([null, null]);
    spriter.redo();
    await settled(spriter);
    expect(spriter.result!.codes).toEqual(codes);
    spriter.setLocked(true);
    spriter.rollSeed();
    expect(spriter.step.seed).toBe(7);
  }, 60_000);

  it("become what is asked for; what one slider does is one step", async () => {
    const spriter = open();
    spriter.begin();
    await settled(spriter);
    spriter.setTool("change");
    spriter.pick(spriter.sheet[0]);
    await settled(spriter);
    const before = spriter.result!;
    expect(before.codes[6].pixels).toEqual(before.codes[0].pixels);
    const { index } = spriter;
    for (const wear of [0.2, 0.5, 1]) spriter.change({ wear }, "wear");
    spriter.change({ border: !spriter.look!.border });
    await settled(spriter);
    expect(spriter.index).toBe(index + 2);
    expect(spriter.step.wish.wear).toBe(1);
    expect(spriter.result!.codes[6].pixels).not.toEqual(before.codes[6].pixels);
    spriter.resetWish();
    await settled(spriter);
    expect(spriter.result!.codes).toEqual(before.codes);
  }, 60_000);

  it("say what went wrong, and come when it is tried again", async () => {
    const spriter = open(1);
    spriter.begin();
    await settled(spriter);
    expect([spriter.problem, spriter.sheet.length]).toEqual(["The network is nowhere.", 0]);
    spriter.begin();
    await settled(spriter);
    expect([spriter.problem, spriter.sheet.length]).toEqual([null, SHEET_SHIELDS]);
  }, 60_000);

  it("repeat a picture of one's own, which then is A", async () => {
    const spriter = open();
    spriter.setNetwork("gan");
    const random = new Random(3);
    const source = drawShield(randomShield(random), random);
    await spriter.take("mine.png", source);
    await settled(spriter);
    const { network, places, own } = spriter.step;
    expect([network, places.A?.name, own.length]).toEqual(["vae", "mine.png", 1]);
    expect(places.A!.sprite).toEqual(models.vae.decode(models.vae.encode(source)));
  }, 60_000);

  it("are answered for by name, with what went wrong in words", async () => {
    const artist = createSpriteArtist({
      load: async (network) => models[network],
      studied: 10,
      breathe: () => Promise.resolve(),
    });
    const code = new Float32Array(3);
    expect(await answerSpriteCall(artist, { id: 5, name: "walk", given: ["vae", { from: code, to: code }] })).toEqual({
      id: 5,
      problem: "SpriteModel: needed a code of 48 finite numbers, came 3 numbers. Take one of `encode` or `codeOf`.",
    });
  });
});

describe("Attributes, told from the codes of 600 shields", () => {
  const count = 40;
  let study: ShieldStudy;
  let shown: { readonly look: ShieldLook; readonly code: Float32Array }[];
  beforeAll(async () => {
    study = await studyShields(models.vae, 600, () => Promise.resolve());
    const set = new Random(5, 8); // others than those of the study
    shown = Array.from({ length: count }, (_, index) => {
      const random = set.fork(index);
      const look = randomShield(random);
      return { look, code: models.vae.encode(drawShield(look, random)) };
    });
  }, 120_000);

  it("are read rightly for 80 % of other shields, each of them", () => {
    const read = shown.map(({ code }) => study.read(code));
    for (const kind of KINDS) {
      const right = read.filter((look, i) => look[kind] === shown[i].look[kind]).length;
      expect(right / count, kind).toBeGreaterThanOrEqual(0.8);
    }
    const off = read.reduce((sum, { metal }, i) => sum + Math.abs(metal - shown[i].look.metal), 0) / count;
    expect(off).toBeLessThan(0.15); // of chance: 1 ÷ 3
  }, 120_000);

  it("become what is asked for in 80 % of shields, and the others stay in 90 %", () => {
    const changed: Record<string, number> = {};
    let kept = 0;
    shown.forEach(({ code }, i) => {
      const before = study.read(code);
      for (const kind of KINDS) {
        const values: readonly unknown[] = SHIELD_KINDS[kind];
        const to = values[(values.indexOf(before[kind]) + 1 + (i % (values.length - 1))) % values.length];
        const moved = study.change(code, before, { ...before, [kind]: to });
        const after = study.read(models.vae.encode(models.vae.decode(moved)));
        changed[kind] = (changed[kind] ?? 0) + Number(after[kind] === to) / count;
        kept += KINDS.filter((other) => other !== kind && after[other] === before[other]).length / (12 * count);
      }
    });
    for (const kind of KINDS) expect(changed[kind], kind).toBeGreaterThanOrEqual(0.8);
    expect(kept).toBeGreaterThanOrEqual(0.9);
  }, 120_000);
});
