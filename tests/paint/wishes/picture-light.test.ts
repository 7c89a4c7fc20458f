import { expect, it } from "vitest";
import { lightIn } from "../../../plugin/paint/wishes/picture-light.ts";

it("The light of a picture is read from a recipe only where it makes sense", () => {
  expect(lightIn({ light: "shade" })).toBe("shade");
  expect(lightIn({ light: { azimuth: 2 } })).toEqual({ azimuth: 2 });
  for (const light of [undefined, null, "left", 3, {}, { azimuth: "2" }, { azimuth: Infinity }]) {
    expect(lightIn({ light })).toBeUndefined();
  }
});
