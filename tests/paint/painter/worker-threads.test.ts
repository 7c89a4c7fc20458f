import { afterEach, expect, it } from "vitest";
import { createPainter, type Painter } from "../../../plugin/paint/painter.ts";
import { paintHere } from "../../../plugin/paint/painter/paint-here.ts";
import { startWorker } from "../../../scripts/start-worker.ts";
import { stripes } from "../stripes.ts";

const WORKER = new URL("../../fixtures/workers/paint.worker.ts", import.meta.url);
const EXAMPLE = { role: "example", name: "stripes.png", picture: stripes(32, 32) };
const REQUEST = { generator: "example", size: 32, settings: { quality: "fast" }, pictures: [EXAMPLE] };

let painter: Painter | null = null;

function open(data: Readonly<Record<string, unknown>> = {}, worker = WORKER): Painter {
  painter = createPainter(() => startWorker(worker, data));
  return painter;
}

afterEach(() => painter?.dispose());

it("A thread paints the same numbers as this one, twice", async () => {
  const { paint } = open();
  const here = await paintHere(REQUEST);
  expect(await paint(REQUEST)).toEqual(here);
  expect(await paint(REQUEST)).toEqual(here);
}, 60_000);

it("A thread paints a recipe again to the same numbers", async () => {
  const { paint, repaint } = open();
  const first = await paint(REQUEST);
  expect(await repaint(first.recipe, [EXAMPLE])).toEqual(first);
}, 60_000);

it("A thread that is cancelled in the middle of drawing is replaced, and the next one paints", async () => {
  const { paint } = open();
  await paint({ generator: "procedural", settings: { material: "sand" }, size: 32 }); // it has started
  const controller = new AbortController();
  const request = { generator: "procedural", settings: { material: "cobble" }, size: 2048 };
  const start = performance.now();
  const cancelled = paint(request, { signal: controller.signal }).catch((reason: unknown) => reason);
  setTimeout(() => controller.abort("too slow"), 200);
  expect(await cancelled).toBe("too slow");
  expect(performance.now() - start).toBeLessThan(5000); // drawing it takes some 10 s, and more on a busy machine
  const { recipe } = await paint({ generator: "procedural", settings: { material: "sand" }, size: 32 });
  expect(recipe.width).toBe(32);
}, 60_000);

it("A module that cannot be loaded is told", async () => {
  const { paint } = open({}, new URL("no-such.worker.ts", WORKER));
  await expect(paint(REQUEST)).rejects.toThrow(
    /^Painter: needed a worker that lives, came one that died \(.+\)\. Try again, /,
  );
}, 60_000);

it("An estimator that is not there is told before the long work begins", async () => {
  const { paint } = open({ estimatorUrl: "file:no-such-folder/estimator.bnw" });
  await expect(paint({ ...REQUEST, size: 512, settings: {} })).rejects.toThrow(/estimator\.bnw/);
}, 90_000);
