import { hash } from "./noise.ts";
import { SolidBuilder, type Tint } from "./solid-builder.ts";

/** Stone with moss on what looks up. */
function golemTint(seed: number, moss: number): Tint {
  const shade = 0.8 + 0.3 * hash(seed, 1, 201);
  return [shade * (1 - 0.34 * moss), shade * (1 - 0.06 * moss), shade * (1 - 0.46 * moss)];
}

/** Hips, chest, shoulders and head. */
export function buildTorso(index: number): SolidBuilder {
  const solid = new SolidBuilder();
  const seed = index * 31;
  solid.block({ x: 0, y: 0.8, z: 0, width: 0.66, height: 0.34, depth: 0.48, bevel: 0.09, tint: golemTint(seed, 0) });
  solid.block({
    x: 0,
    y: 1.3,
    z: 0,
    width: 1.06,
    height: 0.78,
    depth: 0.66,
    bevel: 0.15,
    taper: 0.72,
    wobble: 0.02,
    tint: golemTint(seed + 1, 0.1),
  });
  // Plates on the chest and on the back, moss on the shoulders.
  solid.block({
    x: -0.23,
    y: 1.36,
    z: 0.32,
    width: 0.4,
    height: 0.44,
    depth: 0.12,
    bevel: 0.05,
    lean: 0.1,
    tint: golemTint(seed + 2, 0),
  });
  solid.block({
    x: 0.23,
    y: 1.36,
    z: 0.32,
    width: 0.4,
    height: 0.44,
    depth: 0.12,
    bevel: 0.05,
    lean: -0.1,
    tint: golemTint(seed + 3, 0),
  });
  solid.block({
    x: 0.05,
    y: 1.5,
    z: -0.3,
    width: 0.7,
    height: 0.44,
    depth: 0.26,
    bevel: 0.12,
    tint: golemTint(seed + 4, 0.5),
  });
  for (const side of [-1, 1]) {
    const size = 0.5 + 0.1 * hash(seed, side, 7);
    solid.block({
      x: side * 0.6,
      y: 1.62,
      z: 0,
      width: size,
      height: size * 0.84,
      depth: size,
      bevel: 0.15,
      lean: side * -0.25,
      tint: golemTint(seed + 6 + side, 0.45),
    });
    solid.block({
      x: side * 0.58,
      y: 1.86,
      z: -0.06,
      width: size * 0.6,
      height: 0.14,
      depth: size * 0.7,
      bevel: 0.06,
      lean: side * -0.3,
      tint: [0.42, 0.62, 0.3],
    });
  }
  // The head, low between the shoulders, with a heavy brow over the eyes.
  solid.block({
    x: 0,
    y: 1.78,
    z: 0.16,
    width: 0.46,
    height: 0.42,
    depth: 0.44,
    bevel: 0.1,
    taper: 0.86,
    tint: golemTint(seed + 9, 0.05),
  });
  solid.block({
    x: 0,
    y: 1.92,
    z: 0.3,
    width: 0.52,
    height: 0.14,
    depth: 0.26,
    bevel: 0.05,
    pitch: 0.16,
    tint: golemTint(seed + 10, 0.15),
  });
  solid.block({
    x: 0,
    y: 1.62,
    z: 0.34,
    width: 0.34,
    height: 0.12,
    depth: 0.16,
    bevel: 0.04,
    tint: golemTint(seed + 11, 0),
  });
  return solid;
}

/** Two eyes and a rune on the back, which shows the golem's mood from behind. */
export function buildEyes(): SolidBuilder {
  const solid = new SolidBuilder();
  for (const side of [-1, 1]) {
    solid.block({
      x: side * 0.12,
      y: 1.78,
      z: 0.385,
      width: 0.13,
      height: 0.085,
      depth: 0.04,
      bevel: 0.02,
      lean: side * 0.18,
    });
  }
  for (const side of [-1, 1]) {
    solid.block({
      x: side * 0.075,
      y: 1.42,
      z: 0.385,
      width: 0.2,
      height: 0.045,
      depth: 0.03,
      bevel: 0.01,
      lean: side * 0.9,
    });
    solid.block({
      x: side * 0.075,
      y: 1.29,
      z: 0.385,
      width: 0.2,
      height: 0.045,
      depth: 0.03,
      bevel: 0.01,
      lean: side * -0.9,
    });
  }
  solid.block({ x: 0.05, y: 1.56, z: -0.43, width: 0.06, height: 0.34, depth: 0.03, bevel: 0.01 });
  for (const [y, lean] of [
    [1.66, 0.6],
    [1.54, -0.6],
  ] as const) {
    solid.block({ x: 0.05, y, z: -0.43, width: 0.28, height: 0.05, depth: 0.03, bevel: 0.01, lean });
  }
  return solid;
}

/** Hangs from the shoulder at the origin. */
export function buildArm(seed: number, side: number): SolidBuilder {
  const solid = new SolidBuilder();
  solid.block({
    x: side * 0.06,
    y: -0.2,
    z: 0,
    width: 0.27,
    height: 0.5,
    depth: 0.29,
    bevel: 0.08,
    tint: golemTint(seed, 0.1),
  });
  solid.block({
    x: side * 0.1,
    y: -0.62,
    z: 0.06,
    width: 0.37,
    height: 0.5,
    depth: 0.38,
    bevel: 0.1,
    wobble: 0.02,
    tint: golemTint(seed + 50, 0.1),
  });
  solid.block({
    x: side * 0.09,
    y: -0.95,
    z: 0.12,
    width: 0.33,
    height: 0.24,
    depth: 0.34,
    bevel: 0.08,
    tint: golemTint(seed + 60, 0),
  });
  return solid;
}

/** Hangs from the hip at the origin. */
export function buildLeg(seed: number): SolidBuilder {
  const solid = new SolidBuilder();
  solid.block({
    x: 0,
    y: -0.16,
    z: 0,
    width: 0.32,
    height: 0.42,
    depth: 0.34,
    bevel: 0.08,
    tint: golemTint(seed + 70, 0),
  });
  solid.block({
    x: 0,
    y: -0.53,
    z: 0.05,
    width: 0.4,
    height: 0.38,
    depth: 0.5,
    bevel: 0.09,
    taper: 1.08,
    tint: golemTint(seed + 80, 0.15),
  });
  return solid;
}
