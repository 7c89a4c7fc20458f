import { expect, it } from "vitest";
import { freeName } from "../../../plugin/paint/shelf/free-name.ts";

it("A name that is taken gets a number, and a long one is cut so that the number fits", () => {
  expect(freeName("moss.png", new Set(), 40)).toBe("moss");
  expect(freeName("moss.png", new Set(["moss", "moss 2"]), 40)).toBe("moss 3");
  expect(freeName(".png", new Set(), 40)).toBe("Mine");
  expect(freeName("moss on bark", new Set(["moss on"]), 8)).toBe("moss o 2");
});
