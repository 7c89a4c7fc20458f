import { describe, expect, it } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import { drawShield, shieldOfSet } from "../../../plugin/paint/sprites/draw-shield.ts";
import { hsv } from "../../../plugin/paint/sprites/hsv.ts";
import { disc, pointed, polygon } from "../../../plugin/paint/sprites/shapes.ts";
import {
  CHARGES,
  DIVISIONS,
  OUTLINES,
  randomShield,
  shieldVector,
  type Shield,
} from "../../../plugin/paint/sprites/shield.ts";
import { onGround, spriteBytes, type Sprite } from "../../../plugin/paint/sprites/sprite.ts";

const plain: Shield = {
  outline: "round",
  division: "pale",
  charge: "disc",
  border: false,
  tinctures: [
    [0.9, 0.1, 0.1],
    [0.1, 0.1, 0.9],
  ],
  metal: 1,
  wear: 0,
  size: 0.3,
};

const draw = (change: Partial<Shield> = {}): Sprite => drawShield({ ...plain, ...change }, new Random(1));
const pixelOf = ({ pixels }: Sprite, row: number, column: number): number[] => [
  ...pixels.slice((row * 32 + column) * 4, (row * 32 + column) * 4 + 4),
];

describe("drawShield", () => {
  it("leaves what is beyond its edge clear, and makes its middle solid", () => {
    expect(pixelOf(draw(), 0, 0)).toEqual([0, 0, 0, 0]);
    expect(pixelOf(draw(), 16, 6)[3]).toBe(1);
  });

  it("lets no colour be more than its opacity", () => {
    const { pixels } = draw({ wear: 0.7, border: true });
    for (let at = 0; at < pixels.length; at += 4) {
      for (let c = 0; c < 3; c++) expect(pixels[at + c]).toBeLessThanOrEqual(pixels[at + 3]);
    }
  });

  it("puts the first tincture to the left of an upright line, and the second to its right", () => {
    const [left, right] = [pixelOf(draw(), 16, 7), pixelOf(draw(), 16, 24)];
    expect(left[0]).toBeGreaterThan(left[2] + 0.4);
    expect(right[2]).toBeGreaterThan(right[0] + 0.3);
  });

  it("puts golden charges on the middle", () => {
    const [red, green, blue] = pixelOf(draw(), 15, 15);
    expect(red).toBeGreaterThan(0.8);
    expect(green).toBeGreaterThan(0.6);
    expect(blue).toBeLessThan(0.5);
  });

  it("shows each outline, division, charge and border by pixels of its own", () => {
    const pictures = [
      ...OUTLINES.map((outline) => draw({ outline })),
      ...DIVISIONS.slice(1).map((division) => draw({ division })),
      ...CHARGES.slice(1).map((charge) => draw({ charge })),
      draw({ border: true }),
    ];
    pictures.forEach((one, i) => {
      for (const other of pictures.slice(i + 1)) {
        const most = one.pixels.reduce((far, value, at) => Math.max(far, Math.abs(value - other.pixels[at])), 0);
        expect(most).toBeGreaterThan(0.3);
      }
    });
  });

  it("is lit from the upper left", () => {
    const grey: Partial<Shield> = {
      tinctures: [
        [0.5, 0.5, 0.5],
        [0.5, 0.5, 0.5],
      ],
    };
    expect(pixelOf(draw(grey), 7, 7)[0]).toBeGreaterThan(pixelOf(draw(grey), 24, 24)[0] + 0.15);
  });

  it("stains what is worn by its own chance", () => {
    const worn = { ...plain, wear: 1 };
    expect(drawShield(worn, new Random(1))).toEqual(drawShield(worn, new Random(1)));
    expect(drawShield(worn, new Random(1))).not.toEqual(drawShield(worn, new Random(2)));
    expect(drawShield(plain, new Random(1))).toEqual(drawShield(plain, new Random(2)));
  });
});

describe("shieldOfSet", () => {
  it("gives the same shield for the same number, whatever was asked before", () => {
    const set = new Random(3);
    const first = shieldOfSet(set, 5);
    shieldOfSet(set, 6);
    expect(shieldOfSet(set, 5)).toEqual(first);
    expect(shieldOfSet(set, 6)).not.toEqual(first);
  });

  it("draws each attribute about as often as its others", () => {
    const count = 2000;
    const set = new Random(4);
    const shields = Array.from({ length: count }, (_, index) => randomShield(set.fork(index)));
    const share = (has: (shield: Shield) => boolean): number => shields.filter(has).length / count;
    // Deviation of a share of a quarter: √(¼ · ¾ / 2000) ≈ 0.01.
    for (const outline of OUTLINES) expect(share((one) => one.outline === outline)).toBeCloseTo(1 / 4, 1);
    for (const division of DIVISIONS) expect(share((one) => one.division === division)).toBeCloseTo(1 / 5, 1);
    for (const charge of CHARGES) expect(share((one) => one.charge === charge)).toBeCloseTo(1 / 5, 1);
    expect(share(({ border }) => border)).toBeCloseTo(1 / 2, 1);
  });
});

it("a shield's numbers say everything about it", () => {
  const vector = shieldVector({ ...plain, outline: "spanish", division: "quarterly", charge: "cross", border: true });
  expect([...vector].map((value) => Number(value.toFixed(2)))).toEqual([
    ...[0, 0, 1, 0],
    ...[0, 0, 0, 0, 1],
    ...[0, 1, 0, 0, 0],
    1,
    ...[0.9, 0.1, 0.1, 0.1, 0.1, 0.9],
    ...[1, 0, 0.3],
  ]);
});

it("bytes have colours that are not times the opacity", () => {
  const pixels = new Float32Array(32 * 32 * 4);
  pixels.set([0.25, 0.5, 0, 0.5]);
  const bytes = spriteBytes({ height: 32, width: 32, channels: 4, pixels });
  // 0.25 / 0.5 and 0.5 / 0.5 of 255, rounded half to even.
  expect([...bytes.slice(0, 8)]).toEqual([128, 255, 0, 128, 0, 0, 0, 0]);
});

it("a sprite on a ground lets it through where it is clear", () => {
  const pixels = new Float32Array(32 * 32 * 4);
  pixels.set([0.25, 0.5, 0, 0.5]);
  const seen = onGround({ height: 32, width: 32, channels: 4, pixels }, 0.8).pixels;
  expect([...seen.slice(0, 4)].map((value) => Number(value.toFixed(3)))).toEqual([0.65, 0.9, 0.4, 0.8]);
});

it("hues go from red over green to blue", () => {
  expect(hsv(0, 1, 1)).toEqual([1, 0, 0]);
  expect(hsv(1 / 3, 1, 0.5)).toEqual([0, 0.5, 0]);
  expect(hsv(-1 / 3, 1, 1)).toEqual([0, 0, 1]);
  expect(hsv(0.4, 0, 0.7)).toEqual([0.7, 0.7, 0.7]);
});

describe("shapes", () => {
  it("a polygon knows how far its sides and corners are, and what is inside", () => {
    const square = polygon([-1, -1, 1, -1, 1, 1, -1, 1]);
    expect(square(0, 0.25)).toBeCloseTo(-0.75, 12);
    expect(square(3, 0)).toBeCloseTo(2, 12);
    expect(square(4, 5)).toBeCloseTo(5, 12); // 3 and 4 from the corner
  });

  it("a disc is round", () => {
    expect(disc(2, 1, 0)(1, 3)).toBe(1);
  });

  it("a pointed shape has upright sides down to its shoulder, and meets in a point", () => {
    const shape = pointed(0.5, 0, 1.3);
    expect(shape(0.5, -3)).toBe(0);
    // The arcs around (±0.8, 0) meet where 0.8² + y² = 1.3².
    expect(shape(0, Math.sqrt(1.69 - 0.64))).toBeCloseTo(0, 12);
  });
});
