import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import { startBackend } from "../../../plugin/nets/start-backend.ts";
import { createPainter, type Painter } from "../../../plugin/paint/painter.ts";
import { encodeEstimator } from "../../../plugin/paint/photograph/estimator-file.ts";
import { loadMapEstimator } from "../../../plugin/paint/photograph/map-estimator.ts";
import { PhotoNet } from "../../../plugin/paint/photograph/photo-net.ts";
import { startWorker } from "../../../scripts/start-worker.ts";
import { stripes } from "../stripes.ts";

const folder = mkdtempSync(join(tmpdir(), "babylon-neural-estimator-"));
const path = join(folder, "estimator.bnw");
let bytes: Uint8Array;
let painter: Painter;

beforeAll(async () => {
  await startBackend("wasm");
  const net = new PhotoNet(new Random(1), {
    inputs: 7,
    widths: [4, 4],
    blocks: [0, 1],
    finish: 1,
    light: [4, 8],
  });
  bytes = await encodeEstimator(net, {}, "float16");
  net.dispose();
  writeFileSync(path, bytes);
  const worker = new URL("../../fixtures/workers/paint.worker.ts", import.meta.url);
  painter = createPainter(() => startWorker(worker, { estimatorUrl: pathToFileURL(path).href }));
}, 120_000);

afterAll(() => {
  painter.dispose();
  rmSync(folder, { recursive: true });
});

it("A thread estimates the surface of a photograph as the estimator does, and a recipe repeats it", async () => {
  const picture = stripes(32, 32);
  const pictures = [{ role: "photograph", name: "wall.jpg", picture }];
  const painted = await painter.paint({ generator: "photograph", size: 32, settings: { edges: "wrap" }, pictures });
  const estimator = await loadMapEstimator(bytes, { backend: "wasm" });
  expect(painted.maps).toEqual(await estimator.estimate(picture, { edges: "wrap", evenLight: true }));
  estimator.dispose();
  expect(await painter.repaint(painted.recipe, pictures)).toEqual(painted);
}, 120_000);

it("A thread estimates the surface of what it made from an example", async () => {
  const pictures = [{ role: "example", name: "stripes.png", picture: stripes(32, 32) }];
  const { recipe, maps } = await painter.paint({
    generator: "example",
    size: 32,
    settings: { quality: "fast" },
    pictures,
  });
  expect(recipe.settings["maps"]).toBe("estimated");
  expect(new Set(maps.heights).size).toBeGreaterThan(100);
}, 120_000);
