import { describe, expect, it } from "vitest";
import { ConfigurationError } from "../../../plugin/core/errors.ts";
import { photographGenerator } from "../../../plugin/paint/generators/photograph.ts";
import type { OrderPicture, PaintOrder } from "../../../plugin/paint/texture-generator.ts";
import { plain, stripes } from "../stripes.ts";
import { pretendedEstimator } from "./pretended-estimator.ts";

const photograph: OrderPicture = { role: "photograph", name: "wall.jpg", picture: stripes(32, 48) };
const order = (settings = {}, pictures = [photograph]): PaintOrder => ({
  seed: 1,
  width: 24,
  height: 16,
  settings,
  pictures,
});
const WHO = 'Generator "photograph"';

describe('The generator "photograph"', () => {
  it("asks the estimator about the picture in the size of the result", async () => {
    const estimator = pretendedEstimator();
    const generator = photographGenerator(() => Promise.resolve(estimator));
    const stages = new Set<string>();
    const maps = await generator.paint(order({ edges: "wrap", relief: 0.3, light: { azimuth: 2 } }), {
      onProgress: ({ stage }) => stages.add(stage),
    });
    const { edges, evenLight, light, relief } = estimator.asked[0];
    expect([maps.width, maps.height, edges, evenLight, relief]).toEqual([24, 16, "wrap", true, 0.3]);
    expect(light).toEqual({ azimuth: 2 });
    expect([...stages]).toEqual(["Getting ready", "Estimating the surface", "Done: an estimate"]);
  });

  it("takes the middle of a picture of another shape", async () => {
    // 32 rows of 48: the left and the right quarter are red, the middle is not.
    const wide = plain(16, 32, 3, 0.2);
    for (let row = 0; row < 16; row++) {
      for (let column = 0; column < 32; column++)
        if (column < 8 || column >= 24) wide.pixels[3 * (32 * row + column)] = 1;
    }
    const generator = photographGenerator(() => Promise.resolve(pretendedEstimator()));
    const maps = await generator.paint({ ...order({}, [{ ...photograph, picture: wide }]), width: 16 });
    expect(new Set(maps.heights)).toEqual(new Set([Math.fround(0.2)])); // red is height
  });

  it.each<[string, PaintOrder, string]>([
    [
      "no picture",
      order({}, []),
      'needed one picture of 3 channels as "photograph", came none. Read one with readPicture.',
    ],
    [
      "two pictures",
      order({}, [photograph, photograph]),
      'needed one picture of 3 channels as "photograph", came 2. Read one with readPicture.',
    ],
    [
      "a grey picture",
      order({}, [{ ...photograph, picture: plain(16, 16, 1, 0) }]),
      'needed one picture of 3 channels as "photograph", came one of 1 channels. Read one with readPicture.',
    ],
    [
      "no depth at all",
      order({ relief: 0 }),
      'the setting "relief" needed a number above 0, came 0. Correct it or leave it out.',
    ],
    [
      "light from an unknown side",
      order({ light: "left" }),
      'the setting "light" needed "find" or "shade" or { "azimuth": radians }, came "left". Correct it or leave it out.',
    ],
    [
      "nothing that estimates",
      order(),
      "needed a network to estimate maps with, came none. Give servePainting an estimatorUrl.",
    ],
  ])("refuses an order with %s", (_what, wrong, message) => {
    expect(() => photographGenerator(null).check(wrong)).toThrow(new ConfigurationError(`${WHO}: ${message}`));
  });
});
