import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import { findNoise } from "../../../plugin/nets/encoders/find-noise.ts";
import { loadDenoiser, type Denoiser } from "../../../plugin/paint/encoders/denoiser.ts";
import { loadTextureAutoencoder, type TextureAutoencoder } from "../../../plugin/paint/encoders/texture-autoencoder.ts";
import type { PaintNetworks } from "../../../plugin/paint/generators/paint-networks.ts";
import { createPainter, type Painter } from "../../../plugin/paint/painter.ts";
import { picture, type Picture } from "../../../plugin/paint/picture.ts";
import { startWorker } from "../../../scripts/start-worker.ts";
import { CODE, untaughtEncoders } from "../encoders/untaught-encoders.ts";
import { stripes } from "../stripes.ts";
import { localPainter } from "./local-painter.ts";

const folder = mkdtempSync(join(tmpdir(), "babylon-neural-mend-"));
const opened: { dispose(): void }[] = [];
let denoiser: Denoiser;
let autoencoder: TextureAutoencoder;
let networks: PaintNetworks;
let thread: Painter;

beforeAll(async () => {
  const files = await untaughtEncoders(3);
  denoiser = await loadDenoiser(files.denoiser, { backend: "wasm" });
  autoencoder = await loadTextureAutoencoder(files.autoencoder, { backend: "wasm" });
  networks = { findDenoiser: async () => denoiser, findAutoencoder: async () => autoencoder };
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, `${name}.bnw`), bytes);
  const place = (name: string): string => pathToFileURL(join(folder, `${name}.bnw`)).href;
  const worker = new URL("../../fixtures/workers/paint.worker.ts", import.meta.url);
  thread = createPainter(() =>
    startWorker(worker, { denoiserUrl: place("denoiser"), autoencoderUrl: place("nowhere") }),
  );
}, 120_000);

afterAll(() => {
  for (const each of [thread, denoiser, autoencoder, ...opened]) each.dispose();
  rmSync(folder, { recursive: true });
});

function open(given = networks): Painter {
  const { painter } = localPainter(given);
  opened.push(painter);
  return painter;
}

function noisy(height: number, width: number): Picture {
  const random = new Random(5);
  const clean = stripes(height, width);
  return picture(
    height,
    width,
    3,
    clean.pixels.map((value) => 0.25 + 0.5 * value + 0.1 * random.normal()),
  );
}

/** 1 in a square of 16 × 16 pixels of 64 × 64. */
function hole(): Uint8Array {
  return Uint8Array.from({ length: 64 * 64 }, (_, i) => (i % 64 < 16 && i < 16 * 64 ? 1 : 0));
}

describe("Pictures mended by a painter", () => {
  it("lose their noise as by the denoiser itself, and it says how much that was", async () => {
    const source = noisy(24, 32);
    const stages = new Set<string>();
    const onProgress = ({ stage }: { stage: string }): void => void stages.add(stage);
    const { picture: cleaned, noise } = await open().denoise(source, { edges: "cut" }, { onProgress });
    expect(cleaned).toEqual(await denoiser.denoise(source, { edges: "cut" }));
    expect(noise).toBe(findNoise(source));
    expect([...stages]).toEqual(["Getting ready", "Taking noise out"]);
    expect(source.pixels).toHaveLength(24 * 32 * 3);
    expect((await open().denoise(source, { noise: 0.2 })).noise).toBe(0.2);
  });

  it("are made from their code, and it says of how many numbers", async () => {
    const source = stripes(32, 24);
    const { picture: made, numbers } = await open().reconstruct(source);
    expect(made).toEqual(await autoencoder.reconstruct(source));
    expect(numbers).toBe(4 * 3 * CODE); // a cell has 8 × 8 pixels
  });

  it("have holes filled or grown anew as by the autoencoder itself, and all else is left", async () => {
    const source = stripes(64, 64);
    const filled = await open().inpaint(source, hole());
    expect(filled).toEqual(await autoencoder.inpaint(source, hole()));
    const grown = await open().regrow(
      source,
      Array.from(hole(), (value) => (value === 1 ? 7 : 0)),
      { seed: 4 },
    );
    expect(grown).toEqual(await autoencoder.regrow(source, hole(), { seed: 4 }));
    const left = (made: Picture): Float32Array => made.pixels.subarray(3 * 16 * 64);
    expect(left(filled)).toEqual(left(source));
    expect(left(grown)).toEqual(left(source));
  });

  it("end when they are cancelled, and the painter goes on", async () => {
    const painter = open();
    const cancel = new AbortController();
    const work = painter.regrow(
      stripes(64, 64),
      hole(),
      {},
      { onProgress: () => cancel.abort(new Error("enough")), signal: cancel.signal },
    );
    await expect(work).rejects.toThrow("enough");
    expect((await painter.reconstruct(stripes(16, 16))).picture.height).toBe(16);
  });

  it("are refused where there is no network for them, and where they cannot be", async () => {
    const painter = open({});
    await expect(painter.denoise(stripes(16, 16))).rejects.toThrow(
      "denoise: needed a network that takes noise out, came none. Give servePainting a denoiserUrl.",
    );
    await expect(painter.regrow(stripes(16, 16), new Uint8Array(256))).rejects.toThrow(
      "regrow: needed an autoencoder of textures, came none. Give servePainting an autoencoderUrl.",
    );
    await expect(open().inpaint(stripes(16, 16), [1])).rejects.toThrow(
      "Autoencoder: needed a hole of 256 numbers, one for each pixel, came 1. Draw it in the picture's size.",
    );
    await expect(open().denoise(stripes(16, 16), { noise: 1 })).rejects.toThrow(
      'Denoiser: needed noise of 0 to 0.5 or "find", came 1. Give its standard deviation, or leave it out.',
    );
  });
});

it("A thread cleans a picture by the file that it was given, and names one that is nowhere", async () => {
  const source = noisy(16, 16);
  const { picture: cleaned } = await thread.denoise(source);
  expect(cleaned).toEqual(await denoiser.denoise(source));
  await expect(thread.reconstruct(source)).rejects.toThrow(/nowhere\.bnw/);
}, 120_000);
