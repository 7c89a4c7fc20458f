import { expect, it } from "vitest";
import { lightVector } from "../../../plugin/paint/photograph/light-vector.ts";

it("Light is told as a vector of 0.6 to the right and upwards, and as none in the shade", () => {
  expect(lightVector({ azimuth: 0 })).toEqual([0.6, 0]);
  const [right, up] = lightVector({ azimuth: Math.PI / 2 }); // from the top
  expect(right).toBeCloseTo(0, 12);
  expect(up).toBeCloseTo(0.6, 12);
  expect(lightVector("shade")).toEqual([0, 0]);
});
