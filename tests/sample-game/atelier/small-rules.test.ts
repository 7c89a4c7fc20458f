import { describe, expect, it } from "vitest";

import { colourOf, hexOf } from "../../../sample-game/atelier/rules/colours.ts";
import { className, nameOf } from "../../../sample-game/atelier/rules/names.ts";
import { LOOK_SCALES } from "../../../sample-game/atelier/rules/scales.ts";
import { directionOf, lightOf, movedLight } from "../../../sample-game/atelier/rules/sun.ts";
import { firstWish } from "../../../sample-game/atelier/work/order.ts";

const LOOK = {
  scale: 0.5,
  wear: 0,
  moss: 0,
  wetness: 0,
  cracks: 0,
  dirt: 0,
  colour: [0.5, 0.5, 0.5] as const,
  secondColour: [0.2, 0.2, 0.2] as const,
};

describe("The light", () => {
  it("comes from behind the camera at 0°, and from the right at 90°", () => {
    const [x, y, z] = directionOf({ mood: "warm", azimuth: 0, height: 45 });
    expect([x, y, z].map((value) => Number(value.toFixed(3)) + 0)).toEqual([0, -0.707, 0.707]);
    expect(directionOf({ mood: "warm", azimuth: 90, height: 5 })[0]).toBeLessThan(-0.9);
  });

  it("goes around, but never under the ground", () => {
    const light = movedLight({ ...lightOf("night"), azimuth: 170, height: 10 }, 30, -60);
    expect([light.azimuth, light.height]).toEqual([-160, 5]);
  });
});

describe("Colours", () => {
  it("come back from their hex numbers", () => {
    for (const hex of ["#000000", "#ffffff", "#7f3a10", "#0a0b0c"]) expect(hexOf(colourOf(hex))).toBe(hex);
  });

  it("are linear: middle grey on the screen is a fifth of the light", () => {
    expect(colourOf("#7f7f7f")[0]).toBeCloseTo(0.212, 3);
  });
});

describe("Names", () => {
  it("of classes are words", () => {
    expect(["brick", "roughStone", "fabricWeave"].map(className)).toEqual(["Brick", "Rough stone", "Fabric weave"]);
  });

  it("of materials say what is most striking", () => {
    const wish = firstWish("roughStone", { ...LOOK, moss: 0.4, dirt: 0.9 }, 1);
    expect(nameOf(wish)).toBe("Dirty rough stone");
    expect(nameOf(firstWish("brick", LOOK, 1))).toBe("Brick");
  });
});

describe("Sliders", () => {
  it("say the scale as a factor: half, as it is, double", () => {
    const { say } = LOOK_SCALES[0];
    expect([0, 0.5, 1].map(say)).toEqual(["× 0.50", "× 1.00", "× 2.00"]);
  });
});
