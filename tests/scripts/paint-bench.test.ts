import { describe, expect, it } from "vitest";
import { FIXTURE_PICTURES } from "../../scripts/paint/subjects/textures.ts";
import { patchCopyRate } from "../../plugin/paint/metrics/copy-rate.ts";
import { seamScore } from "../../plugin/paint/metrics/seam-score.ts";
import { cropped } from "../../plugin/paint/picture.ts";
import { judgeResult, type Judgement } from "../bench/paint/judge-result.ts";
import { quilt } from "../bench/paint/peers/image-quilting.ts";
import { sampleStochastically } from "../bench/paint/peers/stochastic-sampling.ts";
import { readPictureSettings } from "../bench/paint/picture-settings.ts";
import { figuresByTexture, qualityGates, timeGates, type DonePicture } from "../bench/paint/summarise-pictures.ts";
import { seamFigures, seamGates, seamMisses, type DoneSeams } from "../bench/paint/summarise-seams.ts";
import { isFlat, surfaceSeams, type SurfaceSeams } from "../bench/paint/surface-seams.ts";
import { picturedBy, smoothNoise } from "../paint/metrics/test-pictures.ts";

const fitting = { sideBySide: 1, oneAboveOther: 1 };

function donePicture(texture: string, judgement: Partial<Judgement> | null, wallSeconds = 1): DonePicture {
  const whole: Judgement = {
    ratio: 1,
    swd: 0.1,
    floor: 0.1,
    spectrum: 0.5,
    spectrumFloor: 0.5,
    copyRate: 0,
    copyRateFloor: 0,
    seams: fitting,
    sourceSeams: { sideBySide: 3, oneAboveOther: 3 },
  };
  return {
    job: { texture, folder: "", seed: 1, side: 128, by: "ours", isJudged: judgement !== null },
    outcome: {
      wallSeconds,
      processorSeconds: wallSeconds / 2,
      previewSeconds: wallSeconds / 4,
      judgement: judgement && { ...whole, ...judgement },
    },
  };
}

describe("The bench of synthesis from one picture", () => {
  it("judges a texture by the median of its seeds", () => {
    const done = [0.5, 9, 1.1].map((ratio) => donePicture("brick", { ratio }));
    const [brick] = qualityGates(done);
    expect([brick.what, brick.value, brick.bar, brick.holds]).toEqual([
      "brick: patch-SWD over another crop's, median of 3",
      1.1,
      1.2,
      true,
    ]);
    expect(figuresByTexture(done)["brick"].ratios).toEqual([0.5, 9, 1.1]);
  });

  it("counts sources that tile by themselves, since they prove nothing", () => {
    const done = [
      donePicture("sand", { sourceSeams: { sideBySide: 1.1, oneAboveOther: 1.2 } }),
      donePicture("sand", {}),
    ];
    const tiling = qualityGates(done).find(({ what }) => what === "sources that tile by themselves");
    expect([tiling!.value, tiling!.holds]).toEqual([1, false]);
  });

  it("takes the slowest picture for the time, and names it", () => {
    const done = [donePicture("sand", null, 8), donePicture("brick", null, 12)];
    const [slowest, preview] = timeGates(done, 45, "wall");
    expect([slowest.what, slowest.value, slowest.unit]).toEqual(["128²: slowest picture (brick), wall clock", 12, "s"]);
    expect([preview.what, preview.value, preview.bar]).toEqual(["128²: latest first preview", 3, 3]);
    expect(timeGates(done, 45, "processor")[0].value).toBe(6);
  });

  it("finds no distance between a picture and itself, and a copy in every patch", () => {
    const source = smoothNoise(48, 1, 2, 1);
    const { swd, ratio, spectrum, copyRate } = judgeResult({ source, otherCrop: smoothNoise(48, 2, 2, 1) }, source);
    expect([swd, ratio, spectrum, copyRate]).toEqual([0, 0, 0, 1]);
  });

  it("uses five seeds that nothing was tuned on, unless told otherwise", () => {
    const read = (settings: Record<string, string>, seeds?: number) =>
      readPictureSettings({ seeds, smoke: false, settings }, FIXTURE_PICTURES);
    expect(read({}).seeds).toEqual([201, 202, 203, 204, 205]);
    expect(read({ first: "7" }, 2).seeds).toEqual([7, 8]);
    expect(read({ classes: "brick,water" }).names).toEqual(["brick", "water"]);
  });

  it.each([
    [{ only: "speed" }, '--set only: needed all, quality or times, came "speed". Correct it or leave it out.'],
    [{ by: "magic" }, '--set by: needed ours, quilting, sampling, came "magic". Correct it or leave it out.'],
    [{ lanes: "0" }, '--set lanes: needed a whole number above 0, came "0". Correct it or leave it out.'],
    [{ quality: "top" }, '--set quality: needed fast, good or best, came "top". Correct it or leave it out.'],
  ])("refuses %j", (settings, message) => {
    const args = { seeds: undefined, smoke: false, settings: settings as Record<string, string> };
    expect(() => readPictureSettings(args, FIXTURE_PICTURES)).toThrow(new Error(message));
  });
});

describe("What synthesis is held against", () => {
  const source = cropped(smoothNoise(96, 5, 2, 3), 3, 4, 48, 48);

  it.each([
    ["quilting", quilt],
    ["stochastic sampling", sampleStochastically],
  ])("%s makes a tile out of a picture that is none, from its own pixels", (_, synthesise) => {
    const { sideBySide, oneAboveOther } = seamScore(source);
    expect(Math.min(sideBySide, oneAboveOther)).toBeGreaterThan(2);
    const result = synthesise(source, 48, 1);
    expect([result.height, result.width, result.channels]).toEqual([48, 48, 3]);
    const after = seamScore(result);
    expect(Math.max(after.sideBySide, after.oneAboveOther)).toBeLessThan(1.5);
    const colours = new Set(Array.from({ length: 48 * 48 }, (_, i) => source.pixels.slice(3 * i, 3 * i + 3).join()));
    for (let i = 0; i < 48 * 48; i++) expect(colours).toContain(result.pixels.slice(3 * i, 3 * i + 3).join());
    expect(synthesise(source, 48, 1).pixels).toEqual(result.pixels);
    expect(patchCopyRate([source], [result], { size: 8 })).toBeGreaterThan(0);
  });
});

describe("The bench of seams", () => {
  const job = { generator: "procedural", texture: "plank", folder: "", seed: 1, side: 64, quality: "good" } as const;
  const done = (texture: string, seams: SurfaceSeams["seams"]): DoneSeams => ({
    job: { ...job, texture },
    outcome: { seams, inside: [1] },
  });

  it("takes both axes of every map together", () => {
    const figures = seamFigures([
      done("plank", { albedo: { sideBySide: 1, oneAboveOther: 2 } }),
      done("plank", { albedo: fitting, normal: { sideBySide: 0, oneAboveOther: 4 } }),
    ]);
    // (1 + 2 + 1 + 1 + 0 + 4) / 6 = 1.5, and the normal alone (0 + 4) / 2 = 2
    expect([figures["procedural"].mean, figures["procedural"].worst]).toEqual([1.5, 4]);
    expect(figures["procedural"].maps).toEqual({ albedo: 1.25, normal: 2 });
    expect(seamGates([done("plank", { albedo: fitting })]).map(({ value, bar }) => [value, bar])).toEqual([
      [1, 1.2],
      [1, 1.5],
    ]);
  });

  it("lists misses by class and map", () => {
    const bad = { sideBySide: 1.8, oneAboveOther: 1.8 };
    const misses = seamMisses([done("plank", { albedo: fitting, normal: bad }), done("sand", { albedo: fitting })]);
    expect(misses).toEqual(["procedural plank, normal: mean 1.80, p95 1.80"]);
  });

  it("leaves out maps in which there is nothing to break", () => {
    expect(isFlat(picturedBy(8, 8, 2, (_y, _x, c) => c))).toBe(true);
    expect(isFlat(picturedBy(8, 8, 1, (y) => (y === 3 ? 0.5 : 0.4)))).toBe(false);
  });

  it("measures every map that is not flat, those computed from others included, on both axes", () => {
    const ramp = (along: "x" | "y"): Float32Array =>
      picturedBy(32, 32, 1, (y, x) => (along === "x" ? x : y) / 32).pixels;
    const flat = (channels: number): Float32Array => new Float32Array(32 * 32 * channels);
    const maps = { width: 32, height: 32, relief: 0.1, albedo: flat(3), metallic: flat(1) };
    const { seams, inside } = surfaceSeams({ ...maps, heights: ramp("x"), roughness: ramp("y") });
    expect(Object.keys(seams)).toEqual(["heights", "roughness", "normal", "occlusion", "orm"]);
    // From 31/32 back to 0 where every other step is 1/32.
    expect(seams["heights"]).toEqual({ sideBySide: 31, oneAboveOther: 0 });
    expect(seams["roughness"]).toEqual({ sideBySide: 0, oneAboveOther: 31 });
    expect(inside).toHaveLength(5 * 3 * 2);
  });
});
