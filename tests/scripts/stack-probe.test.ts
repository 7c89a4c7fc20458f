import { beforeAll, describe, expect, it } from "vitest";
import { Random } from "../../plugin/core/random.ts";
import { startBackend } from "../../plugin/nets/start-backend.ts";
import { picture, rolled, type Picture } from "../../plugin/paint/picture.ts";
import { StackProbe, type KnownStack } from "../../scripts/paint/imaginer/stack-probe.ts";
import { stackTraits } from "../../scripts/paint/imaginer/stack-traits.ts";

beforeAll(() => startBackend("wasm"));

const SIDE = 32;

/** Kind 1 is brighter than kind 0; what has the attribute is smooth. */
function known(kind: number, isSmooth: boolean, seed: number): KnownStack {
  const random = new Random(seed, kind);
  const stack = picture(SIDE, SIDE, 6);
  for (let i = 0; i < stack.pixels.length; i++) {
    const isRoughness = i % 6 === 4;
    stack.pixels[i] = 0.3 + 0.2 * kind + (isRoughness && isSmooth ? -0.25 : 0) + 0.05 * random.normal();
  }
  return { stack, kind, has: [isSmooth] };
}

const many = (first: number, count: number): KnownStack[] =>
  Array.from({ length: count }, (_, i) => known(i % 2, i % 4 < 2, first + i));

describe("A probe of stacks", () => {
  it("learns to tell kinds and attributes of stacks that it has not seen", { timeout: 120_000 }, async () => {
    const probe = new StackProbe(many(0, 160), 2);
    await probe.learn(240);
    const others = many(1000, 24);
    const seen = probe.see(others.map(({ stack }) => stack));
    expect(seen).toEqual(others.map(({ kind, has }) => ({ kind, has })));
    probe.dispose();
  });

  it("looks at numbers that do not change when parts lie elsewhere", () => {
    const { stack }: { stack: Picture } = known(0, true, 5);
    const moved = stackTraits(rolled(stack, 16, 8));
    stackTraits(stack).forEach((value, i) => expect(moved[i]).toBeCloseTo(value, 5));
  });
});
