import { ConfigurationError } from "../../core/errors.ts";
import { Random } from "../../core/random.ts";
import type { Sprite } from "./sprite.ts";
import type { SpriteModel } from "./sprite-model.ts";

/** How a sprite is imagined. */
export interface ImagineOptions {
  /** Fixes which one; its lowest 32 bits count. Default 0. */
  readonly seed?: number;
  /** How far from the most ordinary sprite it may be: 1 as real ones are, less is plainer and safer. Default 1. */
  readonly spread?: number;
}

/** A sprite that nobody has drawn: the same for the same model, seed and spread. @throws ConfigurationError for a bad spread. */
export function imagineSprite(model: SpriteModel, options: ImagineOptions = {}): Sprite {
  return model.decode(imagineCode(model, options));
}

/** The code of that sprite, to walk from or to change. @throws ConfigurationError for a spread that is below 0 or not finite. */
export function imagineCode(model: SpriteModel, { seed = 0, spread = 1 }: ImagineOptions = {}): Float32Array {
  if (!(Number.isFinite(spread) && spread >= 0)) {
    throw new ConfigurationError(
      `imagineSprite: needed a spread of at least 0, came ${spread}. Leave it out for sprites as varied as real ones.`,
    );
  }
  const random = new Random(seed);
  return model.codeOf(Float32Array.from({ length: model.codeLength }, () => spread * random.normal()));
}

/**
 * Sprites on the way from one code to another, both ends among them.
 *
 * Codes of an autoencoder are walked in a straight line. Those of a generator are walked on an arc, since it has only ever seen codes that
 * are about as long as each other, and the middle of a line between two is shorter (White 2016, https://arxiv.org/abs/1609.04468v3).
 *
 * @param steps - How many sprites, at least 2.
 * @throws ConfigurationError for fewer steps, or codes of another length.
 */
export function walkSprites(
  model: SpriteModel,
  { from, to, steps }: { readonly from: Float32Array; readonly to: Float32Array; readonly steps: number },
): Sprite[] {
  if (!(Number.isInteger(steps) && steps >= 2)) {
    throw new ConfigurationError(
      `walkSprites: needed a whole number of at least 2 steps, came ${steps}. Both ends are among them.`,
    );
  }
  const between = model.kind === "gan" ? alongArc : alongLine;
  return Array.from({ length: steps }, (_, i) => model.decode(between(from, to, i / (steps - 1))));
}

/** A code between two, straight. @param share - 0 is the first, 1 the second. */
export function alongLine(from: Float32Array, to: Float32Array, share: number): Float32Array {
  return from.map((value, i) => value + (to[i] - value) * share);
}

/** A code between two on the arc around 0; straight where they lie in one direction. @param share - 0 is the first, 1 the second. */
export function alongArc(from: Float32Array, to: Float32Array, share: number): Float32Array {
  const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, i) => sum + value * b[i], 0);
  const cosine = dot(from, to) / Math.sqrt(dot(from, from) * dot(to, to));
  const angle = Math.acos(Math.min(1, Math.max(-1, cosine)));
  const sine = Math.sin(angle);
  if (!(sine > 1e-6)) return alongLine(from, to, share);
  const [first, second] = [Math.sin((1 - share) * angle) / sine, Math.sin(share * angle) / sine];
  return from.map((value, i) => first * value + second * to[i]);
}
