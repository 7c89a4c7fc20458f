import { beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../../plugin/nets/start-backend.ts";
import { codeDirection, meanCode, movedCode } from "../../../plugin/paint/sprites/code-arithmetic.ts";
import { alongArc, imagineCode, imagineSprite, walkSprites } from "../../../plugin/paint/sprites/imagine-sprite.ts";
import type { SpriteModel } from "../../../plugin/paint/sprites/sprite-model.ts";
import { CODE, untaughtGan, untaughtVae } from "./untaught-model.ts";

let vae: SpriteModel;
let gan: SpriteModel;

beforeAll(async () => {
  await startBackend("cpu");
  const made = await untaughtVae();
  made.vae.dispose();
  vae = made.model;
  gan = await untaughtGan();
});

describe("imagineSprite", () => {
  it("makes a sprite of a seed in one call, the same one each time", () => {
    expect(imagineSprite(gan, { seed: 3 })).toEqual(imagineSprite(gan, { seed: 3 }));
    expect(imagineSprite(gan, { seed: 3 })).not.toEqual(imagineSprite(gan, { seed: 4 }));
  });

  it("without spread makes the most ordinary sprite, whatever the seed", () => {
    expect(imagineSprite(vae, { seed: 3, spread: 0 })).toEqual(imagineSprite(vae, { seed: 4, spread: 0 }));
    expect([...imagineCode(vae, { spread: 0 })]).toEqual(Array(CODE).fill(0.5)); // the codes' mean
  });

  it("says which spread it takes", () => {
    expect(() => imagineSprite(vae, { spread: -1 })).toThrow(
      "imagineSprite: needed a spread of at least 0, came -1. Leave it out for sprites as varied as real ones.",
    );
  });
});

describe("walkSprites", () => {
  it("begins at the first code and ends at the second", () => {
    const [from, to] = [imagineCode(gan, { seed: 1 }), imagineCode(gan, { seed: 2 })];
    const way = walkSprites(gan, { from, to, steps: 5 });
    expect(way).toHaveLength(5);
    expect(way[0]).toEqual(gan.decode(from));
    const last = gan.decode(to).pixels;
    way[4].pixels.forEach((value, i) => expect(value).toBeCloseTo(last[i], 5));
  });

  it("takes the straight way between an autoencoder's codes", () => {
    const [from, to] = [new Float32Array(CODE).fill(-1), new Float32Array(CODE).fill(2)];
    const [, middle] = walkSprites(vae, { from, to, steps: 3 });
    expect(middle).toEqual(vae.decode(new Float32Array(CODE).fill(0.5)));
  });

  it("takes the arc between a generator's", () => {
    // Halfway from (1, 0) to (0, 1) lies (√½, √½).
    const middle = alongArc(Float32Array.of(1, 0), Float32Array.of(0, 1), 0.5);
    expect(middle[0]).toBeCloseTo(Math.SQRT1_2, 6);
    expect(middle[1]).toBeCloseTo(Math.SQRT1_2, 6);
  });

  it("stays where both codes lie in one direction", () => {
    expect([...alongArc(Float32Array.of(2, 0), Float32Array.of(2, 0), 0.3)]).toEqual([2, 0]);
  });

  it("says how many steps it takes", () => {
    const code = new Float32Array(CODE);
    expect(() => walkSprites(vae, { from: code, to: code, steps: 1 })).toThrow(
      "walkSprites: needed a whole number of at least 2 steps, came 1. Both ends are among them.",
    );
  });
});

describe("arithmetic", () => {
  const codes = (...rows: number[][]): Float32Array[] => rows.map((row) => Float32Array.from(row));

  it("a direction is the difference of the mean codes", () => {
    // (2, 1) − (0, 3).
    expect([...codeDirection(codes([1, 2], [3, 0]), codes([0, 3]))]).toEqual([2, -2]);
  });

  it("a code is moved by as much of a direction as is asked for", () => {
    expect([...movedCode(Float32Array.of(1, 1), Float32Array.of(2, -2), 0.5)]).toEqual([2, 0]);
  });

  it("says what it cannot take the mean of", () => {
    expect(() => meanCode([])).toThrow(
      "meanCode: needed codes of one length, came none. Encode all by the same model.",
    );
    expect(() => codeDirection(codes([1]), codes([1, 2]))).toThrow(
      "meanCode: needed codes of one length, came 1 and 2 numbers. Encode all by the same model.",
    );
    expect(() => movedCode(Float32Array.of(1), Float32Array.of(1, 2))).toThrow(
      "movedCode: needed a direction of 1 numbers, came 2. Take codes of the same model.",
    );
  });
});
