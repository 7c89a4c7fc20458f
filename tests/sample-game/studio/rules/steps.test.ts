import { describe, expect, it } from "vitest";
import { nextStep, STEPS, type Standing } from "../../../../sample-game/studio/rules/steps.ts";

const NOTHING: Standing = {
  hasController: false,
  hasSenses: false,
  hasLesson: false,
  hasPolicy: false,
  isKept: false,
};

const titleOf = (standing: Partial<Standing>): string => STEPS[nextStep({ ...NOTHING, ...standing })]?.title ?? "done";

describe("The way through the studio", () => {
  it("begins with attaching", () => {
    expect(titleOf({})).toBe("Attach");
  });

  it("asks for a sense next, since a speed alone finds nothing", () => {
    expect(titleOf({ hasController: true })).toBe("Sense");
  });

  it("asks for a lesson of whoever senses something", () => {
    expect(titleOf({ hasController: true, hasSenses: true })).toBe("Lesson");
  });

  it("asks to teach the lesson, and to keep what was learned", () => {
    const made = { hasController: true, hasSenses: true, hasLesson: true };
    expect([titleOf(made), titleOf({ ...made, hasPolicy: true })]).toEqual(["Teach", "Keep"]);
  });

  it("goes back to a step that was undone", () => {
    expect(titleOf({ hasController: true, hasLesson: true })).toBe("Sense");
  });

  it("is at its end where something is kept, whatever plays now", () => {
    expect(titleOf({ hasController: true, hasSenses: true, isKept: true })).toBe("done");
  });
});
