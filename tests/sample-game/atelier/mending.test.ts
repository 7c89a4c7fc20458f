import { describe, expect, it } from "vitest";
import { picture } from "../../../plugin/paint.ts";
import {
  canDo,
  firstMending,
  noHole,
  refiningOf,
  sayCode,
  sayHole,
  startOf,
  stepAfter,
  wouldRepeat,
  type Mended,
  type MendDeed,
  type MendStep,
} from "../../../sample-game/atelier/rules/mending.ts";
import { drawLine, type Sheet } from "../../../sample-game/atelier/rules/sheet.ts";

const grey = picture(4, 4, 3, new Float32Array(48).fill(0.5));
const white = picture(4, 4, 3, new Float32Array(48).fill(1));
const scratched: Sheet = { width: 4, height: 4, inside: Uint8Array.from({ length: 16 }, (_, i) => (i < 4 ? 1 : 0)) };
const came: MendStep = { name: "wall.png", picture: grey, repeats: false, hole: noHole(grey), made: null };

/** The step after a deed that made the picture white. */
function after(deed: MendDeed, step: MendStep, seed: number | null = null): MendStep {
  const made: Mended = { deed, from: { picture: step.picture, hole: step.hole }, seed, note: "" };
  return stepAfter(step, white, made);
}

describe("A deed begins", () => {
  it("with the picture as it is, where another one was before it", () => {
    expect(startOf(came, "clean").picture).toBe(grey);
    expect(startOf(after("code", came), "clean").picture).toBe(white);
  });

  it("with what it began with already, when it is done again with other settings", () => {
    expect(startOf(after("clean", came), "clean").picture).toBe(grey);
    expect(startOf(after("code", came), "code").picture).toBe(grey);
    const filled = after("fill", { ...came, hole: scratched });
    expect(filled.hole.inside).not.toContain(1);
    expect(startOf(filled, "grow")).toEqual({ picture: grey, hole: scratched });
  });

  it("with what was scratched out since, where there is something", () => {
    const grown = { ...after("grow", { ...came, hole: scratched }, 7), hole: scratched };
    expect(startOf(grown, "grow")).toEqual({ picture: white, hole: scratched });
    // Cleaning goes by the picture, and leaves scratches alone.
    expect(startOf({ ...after("clean", came), hole: scratched }, "clean")).toEqual({ picture: grey, hole: scratched });
    expect(after("clean", { ...came, hole: scratched }).hole).toBe(scratched);
  });

  it("only where there is something to do", () => {
    expect(canDo(null, "clean")).toBe(false);
    expect(canDo(came, "clean")).toBe(true);
    expect(canDo(came, "grow")).toBe(false);
    expect(canDo({ ...came, hole: scratched }, "fill")).toBe(true);
    expect(canDo(after("grow", { ...came, hole: scratched }, 7), "grow")).toBe(true);
  });

  it("with another seed, where growing again would only repeat what is there", () => {
    const settings = { ...firstMending(7), seed: 7 };
    const grown = after("grow", { ...came, hole: scratched }, 7);
    expect(wouldRepeat(grown, settings)).toBe(true);
    expect(wouldRepeat(grown, { ...settings, seed: 8 })).toBe(false);
    expect(wouldRepeat(grown, { ...settings, isLocked: true })).toBe(false);
    expect(wouldRepeat({ ...grown, hole: scratched }, settings)).toBe(false);
    expect(wouldRepeat(after("fill", { ...came, hole: scratched }), settings)).toBe(false);
  });
});

describe("A scratch", () => {
  it("ends at the borders of a picture that does not tile, and goes on around those of one that does", () => {
    const pen = { diameter: 1, value: 1 } as const;
    // Along row 1, from the middle of pixel 2 to one pixel beyond the right border.
    const columns = (wraps: boolean): number[] => {
      const sheet = noHole(grey);
      drawLine(sheet, { x: 2.5 / 4, y: 1.5 / 4 }, { x: 4.5 / 4, y: 1.5 / 4 }, { ...pen, wraps });
      return [...sheet.inside.subarray(4, 8)];
    };
    expect(columns(false)).toEqual([0, 0, 1, 1]);
    expect(columns(true)).toEqual([1, 0, 1, 1]);
  });

  it("is told in percent", () => {
    expect(sayHole(noHole(grey))).toBe("Nothing is scratched out");
    expect(sayHole(scratched)).toBe("25 % is scratched out"); // 4 of 16
    const large: Sheet = {
      width: 20,
      height: 20,
      inside: Uint8Array.from({ length: 400 }, (_, i) => (i === 7 ? 1 : 0)),
    };
    expect(sayHole(large)).toBe("Less than 1 % is scratched out"); // 1 of 400
  });
});

it("Codes of large pictures are refined only once", () => {
  expect(refiningOf({ ...grey, width: 512, height: 512 })).toEqual({});
  expect(refiningOf({ ...grey, width: 513, height: 512 })).toEqual({ refine: 1 });
});

it("What a code has kept is told in numbers and decibels", () => {
  const large = picture(64, 64, 3);
  expect(sayCode(large, 768, 27.349)).toBe("768 numbers instead of 12,288, 16.0 times fewer: 27.3 dB to the picture.");
  expect(sayCode(large, 768, Infinity)).toContain("no difference to the picture");
});
