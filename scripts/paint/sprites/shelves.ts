import { Random } from "../../../plugin/core/random.ts";
import { shieldOfSet } from "../../../plugin/paint/sprites/draw-shield.ts";
import type { Shield } from "../../../plugin/paint/sprites/shield.ts";
import type { Sprite } from "../../../plugin/paint/sprites/sprite.ts";
import type { SpriteShelf } from "../../../plugin/paint/sprites/teach-sprites.ts";

/** A shield and what it looks like. */
export interface ShownShield {
  readonly shield: Shield;
  readonly sprite: Sprite;
}

/** Streams of chance that sets of shields are drawn from; no two sets have a shield in common but by chance. */
const TAUGHT = 7;
const HELD_OUT = 8;
const PROBE = 9;

const taught = new Random(0, TAUGHT);

/** What models are taught from: the same for every seed of a training. */
export const taughtShelf: SpriteShelf = {
  count: 100_000,
  sprite: (index) => shieldOfSet(taught, index).sprite,
};

/** The first shields that models are taught from, with their attributes. */
export function taughtShields(count: number): ShownShield[] {
  return Array.from({ length: count }, (_, index) => shieldOfSet(taught, index));
}

/** Shields that nobody has learned from. */
export function heldOutShields(seed: number, count: number): ShownShield[] {
  const set = new Random(seed, HELD_OUT);
  return Array.from({ length: count }, (_, index) => shieldOfSet(set, index));
}

/** Shield number `index` of those that the probe learns from. */
export function probeShield(index: number): ShownShield {
  return shieldOfSet(new Random(0, PROBE), index);
}
