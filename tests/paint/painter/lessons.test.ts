import { afterEach, describe, expect, it } from "vitest";
import { ConfigurationError } from "../../../plugin/core/errors.ts";
import type { FindFitter, FitImaginerProgress } from "../../../plugin/paint/imaginer/fit-lesson.ts";
import type { FindTeacher, SpeciesLessonProgress } from "../../../plugin/paint/automata/species-lesson.ts";
import { anySpecies } from "../automata/any-species.ts";
import { stripes } from "../stripes.ts";
import { localPainter, type LocalPainter } from "./local-painter.ts";

const opened: LocalPainter[] = [];

afterEach(() => {
  for (const { painter } of opened.splice(0)) painter.dispose();
});

function open(findTeacher: FindTeacher | null): LocalPainter {
  const local = localPainter({}, true, { findTeacher });
  opened.push(local);
  return local;
}

/** Tells one progress, and goes on until it is told to end. */
const patient: FindTeacher = async () => (name, source, _options, watch) =>
  new Promise((resolve, reject) => {
    const species = { ...anySpecies(), name };
    const preview = { width: 1, height: 1, pixels: new Uint8ClampedArray(4) };
    watch.onProgress?.({ step: 20, done: 0.5, loss: source.pixels[0], look: { preview, species } });
    watch.signal!.addEventListener("abort", () => reject(watch.signal!.reason as Error));
    watch.enough!.addEventListener("abort", () => resolve({ species, checkpoint: null, steps: 20, loss: 1 }));
  });

/** Tells one progress, and goes on until it is told to end. Steps are the columns of what it was given. */
const fitter: FindFitter = async () => (_name, source, options, watch) =>
  new Promise((resolve) => {
    const sources = "length" in source ? source : [source];
    const side = sources.reduce((sum, { width }) => sum + width, 0);
    watch.onProgress?.({ stage: "few", step: side, done: 0.5, loss: options.from!.length, preview: null });
    watch.enough!.addEventListener("abort", () => resolve({ fit: Uint8Array.of(1, 2), steps: side, loss: 1 }));
  });

describe("A lesson by a painter", () => {
  it("tells how it goes, ends when it is enough, and leaves the picture its owner's", async () => {
    const { painter, alive } = open(patient);
    const enough = new AbortController();
    const seen: SpeciesLessonProgress[] = [];
    const picture = stripes(16, 16);
    const taught = await painter.teachSpecies(
      "moss",
      picture,
      {},
      {
        enough: enough.signal,
        onProgress: (progress) => {
          seen.push(progress);
          enough.abort();
        },
      },
    );
    expect(taught.species).toEqual({ ...anySpecies(), name: "moss" });
    expect(seen.map(({ step, done, loss }) => [step, done, loss])).toEqual([[20, 0.5, picture.pixels[0]]]);
    expect([picture.pixels.length, alive()]).toEqual([16 * 16 * 3, 0]);
  });

  it("does not hold up a painting, and can be cancelled", async () => {
    const { painter } = open(patient);
    const cancel = new AbortController();
    const lesson = painter.teachSpecies("moss", stripes(16, 16), {}, { signal: cancel.signal });
    const request = { generator: "procedural", settings: { material: "brick" }, size: 32 } as const;
    expect((await painter.paint(request)).recipe.width).toBe(32);
    cancel.abort(new Error("Not this one."));
    await expect(lesson).rejects.toThrow("Not this one.");
  });

  it("fits the worker's imaginer, and leaves what it was given its owner's", async () => {
    const { painter, alive } = localPainter({}, true, { findFitter: fitter });
    const enough = new AbortController();
    const seen: FitImaginerProgress[] = [];
    const [picture, from] = [stripes(16, 16), Uint8Array.of(7, 8, 9)];
    const watch = {
      enough: enough.signal,
      onProgress: (progress: FitImaginerProgress) => {
        seen.push(progress);
        enough.abort();
      },
    };
    const taught = await painter.fitImaginer("bark", picture, { from }, watch);
    expect(taught).toEqual({ fit: Uint8Array.of(1, 2), steps: 16, loss: 1 });
    expect(seen).toEqual([{ stage: "few", step: 16, done: 0.5, loss: 3, preview: null }]);
    expect([picture.pixels.length, from.length, alive()]).toEqual([16 * 16 * 3, 3, 0]);
    painter.dispose();
  });

  it("fits it to several pictures, and leaves each its owner's", async () => {
    const { painter } = localPainter({}, true, { findFitter: fitter });
    const enough = new AbortController();
    const pictures = [stripes(16, 16), stripes(20, 16), stripes(16, 24)];
    const onProgress = (): void => enough.abort();
    const taught = await painter.fitImaginer(
      "bark",
      pictures,
      { from: Uint8Array.of(7) },
      { enough: enough.signal, onProgress },
    );
    expect(taught.steps).toBe(pictures.reduce((sum, { width }) => sum + width, 0));
    expect(pictures.map(({ pixels }) => pixels.length)).toEqual([768, 960, 1152]); // rows · columns · 3
    painter.dispose();
  });

  it("is refused by a worker that has nobody to teach", async () => {
    await expect(open(null).painter.teachSpecies("moss", stripes(16, 16))).rejects.toEqual(
      new ConfigurationError(
        "Painter: needed a worker that teaches species, came one that does not. Call servePainting in its module.",
      ),
    );
    await expect(open(null).painter.fitImaginer("bark", stripes(16, 16))).rejects.toEqual(
      new ConfigurationError(
        "Painter: needed a worker with an imaginer to fit, came one without. Give servePainting an imaginerUrl.",
      ),
    );
  });
});
