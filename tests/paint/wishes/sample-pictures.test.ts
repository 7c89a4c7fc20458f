import { expect, it } from "vitest";
import { paintHere } from "../../../plugin/paint/painter/paint-here.ts";
import { seamScore } from "../../../plugin/paint/metrics/seam-score.ts";
import { paintSamplePictures } from "../../../plugin/paint/wishes/sample-pictures.ts";

it("Samples are colours that do not tile", async () => {
  for await (const { name, picture } of paintSamplePictures({ paint: paintHere })) {
    expect([picture.width, picture.height, picture.channels], name).toEqual([205, 205, 3]);
    expect(picture.pixels.every((value) => value >= 0 && value <= 1)).toBe(true);
    const { sideBySide, oneAboveOther } = seamScore(picture);
    expect(Math.max(sideBySide, oneAboveOther), name).toBeGreaterThan(1.5); // 1 is an ordinary step within it
  }
});
