import { describe, expect, it } from "vitest";
import { SubmitPacer } from "../../../plugin/compute/webgpu/submit-pacer.ts";

/** Paces an update whose jobs take so many milliseconds each, after so many for the news; returns the size of each submit. */
function pace(pacer: SubmitPacer, jobs: number, each: number, { news = 0, effective = jobs } = {}): number[] {
  const submits: number[] = [];
  pacer.begin();
  for (let left = jobs; left > 0; left -= submits.at(-1)!) {
    const count = pacer.take(left);
    submits.push(count);
    const worked = Math.max(0, Math.min(count, effective - (jobs - left)));
    pacer.note(count, news + worked * each);
  }
  pacer.end(effective);
  return submits;
}

describe("A pacer of submits", () => {
  it("puts everything into one where submits may be as long as they like", () => {
    const pacer = new SubmitPacer(Infinity);
    expect(pace(pacer, 1000, 50)).toEqual([1000]);
    expect(pacer.isIdle).toBe(true);
  });

  it("begins with one job and doubles up to what fits, in this update and in the next", () => {
    const pacer = new SubmitPacer(4);
    expect(pace(pacer, 40, 0.5)).toEqual([1, 2, 4, 8, 8, 8, 8, 1]); // 8 × 0.5 ms = 4 ms
    expect(pace(pacer, 20, 0.5)).toEqual([8, 8, 4]);
  });

  it("counts what the news of the end takes, so that it rather stays below", () => {
    const pacer = new SubmitPacer(4);
    pace(pacer, 100, 0.5, { news: 1 });
    expect(Math.max(...pace(pacer, 100, 0.5, { news: 1 }))).toBe(5); // 1 + 5 × 0.5 = 3.5 ms, by which 4 ÷ 0.7 = 5.7 fit
  });

  it("takes single jobs that are longer than a submit may be", () => {
    expect(pace(new SubmitPacer(4), 3, 9)).toEqual([1, 1, 1]);
  });

  it("shrinks as soon as jobs take longer", () => {
    const pacer = new SubmitPacer(4);
    pace(pacer, 40, 0.5);
    expect(pace(pacer, 20, 2)).toEqual([8, 2, 2, 2, 2, 2, 2]);
  });

  it("learns nothing from jobs after an update's early end", () => {
    const pacer = new SubmitPacer(4);
    pace(pacer, 40, 0.5);
    // Jobs 11 and later take no time: submits of 16 and more would seem to fit.
    expect(pace(pacer, 60, 0.5, { effective: 10 })).toEqual([8, 8, 16, 28]);
    expect(pace(pacer, 16, 0.5)).toEqual([8, 8]);
  });

  it("does not believe a clock that stood still", () => {
    expect(pace(new SubmitPacer(4), 7, 0)).toEqual([1, 2, 4]);
  });
});
