import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { StorageError } from "../../../plugin/core/errors.ts";
import { Random } from "../../../plugin/core/random.ts";
import { picture } from "../../../plugin/paint.ts";
import { loadDenoiser, type Denoiser } from "../../../plugin/paint/encoders/denoiser.ts";
import { loadTextureAutoencoder, type TextureAutoencoder } from "../../../plugin/paint/encoders/texture-autoencoder.ts";
import type { PaintNetworks } from "../../../plugin/paint/generators/paint-networks.ts";
import type { Sheet } from "../../../sample-game/atelier/rules/sheet.ts";
import { Mender } from "../../../sample-game/atelier/work/mender.ts";
import { untaughtEncoders } from "../../paint/encoders/untaught-encoders.ts";
import { localPainter } from "../../paint/painter/local-painter.ts";

const SIDE = 64;
const random = new Random(5);
const noisy = picture(
  SIDE,
  SIDE,
  3,
  Float32Array.from({ length: SIDE * SIDE * 3 }, () => 0.5 + 0.1 * random.normal()),
);
const spot: Sheet = {
  width: SIDE,
  height: SIDE,
  inside: Uint8Array.from({ length: SIDE * SIDE }, (_, i) => (i < SIDE && i < 20 ? 1 : 0)),
};
const opened: { dispose(): void }[] = [];
let denoiser: Denoiser;
let autoencoder: TextureAutoencoder;

beforeAll(async () => {
  const files = await untaughtEncoders(3);
  denoiser = await loadDenoiser(files.denoiser, { backend: "wasm" });
  autoencoder = await loadTextureAutoencoder(files.autoencoder, { backend: "wasm" });
}, 120_000);
afterEach(() => {
  for (const each of opened.splice(0)) each.dispose();
});

interface Opened {
  readonly mender: Mender;
  readonly problems: unknown[];
}

/** A mender with a picture. */
function open(networks: PaintNetworks = {}): Opened {
  const { painter } = localPainter({
    ...{ findDenoiser: async () => denoiser, findAutoencoder: async () => autoencoder },
    ...networks,
  });
  const problems: unknown[] = [];
  const mender = new Mender({ painter, seed: 7, complain: (problem) => problems.push(problem) });
  opened.push(mender, painter);
  mender.begin("noisy.png", noisy, { repeats: false });
  return { mender, problems };
}

describe("A picture that is mended", () => {
  it("is cleaned, told how much noise that was, taken back, and cleaned anew from what it was", async () => {
    const { mender } = open();
    await mender.run("clean");
    const first = mender.step!;
    expect(first.made!.note).toMatch(/^Noise of \d+\.\d % found and taken out\.$/);
    expect(first.picture).toEqual(await denoiser.denoise(noisy, { edges: "cut" }));
    mender.undo();
    expect(mender.step!.picture).toBe(noisy);
    mender.redo();
    mender.change({ findsNoise: false, noise: 0.2 });
    await mender.run("clean");
    expect(mender.step!.made!.note).toBe("Noise of 20.0 % told and taken out.");
    expect(mender.step!.picture).toEqual(await denoiser.denoise(noisy, { edges: "cut", noise: 0.2 }));
    expect(mender.index).toBe(3);
  });

  it("is scratched in one step for each drag, and filled or grown by a seed", async () => {
    const { mender } = open();
    const drag = {};
    mender.scratch({ ...spot, inside: new Uint8Array(SIDE * SIDE) }, drag);
    mender.scratch(spot, drag);
    expect(mender.index).toBe(2);
    await mender.run("grow");
    const { seed } = mender.settings;
    const grown = await autoencoder.regrow(noisy, spot.inside, { edges: "cut", seed });
    expect(mender.step).toMatchObject({ picture: grown, made: { seed, note: `Grown with seed ${seed}.` } });
    // Again: the dice are rolled, and it begins with the same scratch.
    await mender.run("grow");
    expect(mender.settings.seed).not.toBe(seed);
    expect(mender.step!.made!.from).toEqual({ picture: noisy, hole: spot });
    await mender.run("fill");
    expect(mender.step!.picture).toEqual(await autoencoder.inpaint(noisy, spot.inside, { edges: "cut" }));
    mender.undo();
    mender.undo();
    expect(mender.step!.picture).toEqual(grown);
  });

  it("is made from its code, and told how near it is", async () => {
    const { mender } = open();
    await mender.run("code");
    // 8 × 8 cells of 6 numbers.
    expect(mender.step!.made!.note).toMatch(
      /^384 numbers instead of 12,288, 32\.0 times fewer: -?\d+\.\d dB to the picture\.$/,
    );
    expect(mender.step!.picture).toEqual(await autoencoder.reconstruct(noisy, { edges: "cut" }));
  });

  it("stays as it was when something is cancelled, or nothing is scratched out", async () => {
    const { mender, problems } = open();
    await mender.run("grow");
    const work = mender.run("clean");
    expect(mender.work).toMatchObject({ deed: "Cleaned", done: 0 });
    expect(mender.cancel()).toBe(true);
    await work;
    expect([mender.step!.picture, mender.index, mender.work, problems]).toEqual([noisy, 1, null, []]);
    expect(mender.cancel()).toBe(false);
  });

  it("stays as it was where a network cannot be had: that tool rests until one looks again, and others do not", async () => {
    const nowhere = new StorageError("Storage: needed a file.");
    let isThere = false;
    const { mender, problems } = open({
      findDenoiser: () => (isThere ? Promise.resolve(denoiser) : Promise.reject(nowhere)),
    });
    await mender.run("clean");
    expect([mender.lack("cleans"), mender.lack("fills"), mender.index]).toEqual([nowhere.message, null, 1]);
    isThere = true;
    await mender.run("clean");
    expect(mender.index).toBe(1);
    await mender.run("code");
    expect(mender.index).toBe(2);
    mender.forgive();
    await mender.run("clean");
    expect([mender.index, problems]).toEqual([3, []]);
  });

  it("tells what goes wrong otherwise", async () => {
    const { mender, problems } = open();
    mender.scratch({ ...spot, inside: spot.inside.map((_, i) => (i < 40 * SIDE ? 1 : 0)) });
    await mender.run("grow");
    expect(problems.map(String)).toEqual([
      "ConfigurationError: Autoencoder: needed 40 × 40 pixels without a hole to grow from, came none. Scratch out less.",
    ]);
    expect(mender.index).toBe(2);
  });
});
