import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import { AutoencoderNet } from "../../../plugin/nets/encoders/autoencoder-net.ts";
import { refineCodes, type CodesAim } from "../../../plugin/nets/encoders/refine-codes.ts";
import { startBackend } from "../../../plugin/nets/start-backend.ts";

const SPEC = { code: 2, widths: [4, 6, 6], down: [0, 0, 0], up: [0, 0, 1] } as const;

let net: AutoencoderNet;
beforeAll(async () => {
  await startBackend("wasm");
  net = new AutoencoderNet(new Random(4), SPEC);
});
afterAll(() => net.dispose());

/** Two cells of colours by chance, all known. */
function aim(seed: number): CodesAim {
  const random = new Random(seed);
  const pixels = Float32Array.from({ length: 8 * 16 * 3 }, () => random.uniform());
  return { pictures: tf.tensor4d(pixels, [1, 8, 16, 3]), known: tf.ones([1, 8, 16, 1]), edges: "mirror" };
}

function codes(...values: number[]): tf.Tensor4D {
  return tf.tensor4d(values, [1, 1, 2, 2]);
}

/** Sum of squares over what is known. */
function errorOf(given: tf.Tensor4D, { pictures, known, edges }: CodesAim): number {
  return tf.tidy(() => {
    const [error] = tf.sum(tf.mul(tf.squaredDifference(net.decode(given, edges), pictures), known)).dataSync();
    return error;
  });
}

describe("Codes that are looked at again", () => {
  it("come nearer to what they shall give", async () => {
    const [begun, target] = [codes(0.2, -0.1, 0.4, 0.3), aim(1)];
    const refined = await refineCodes(net, begun, target, { steps: 3 });
    expect(errorOf(refined, target)).toBeLessThan(errorOf(begun, target));
    expect(begun.dataSync()[1]).toBeCloseTo(-0.1, 6);
  });

  it("find a linear code's best numbers, as projection does", async () => {
    // With components of length 1 that are all there is, a step of 0.2 leaves 1 − 2 · 0.2 = 0.6 of the way, and momentum makes that less.
    const linear = new AutoencoderNet(null, { ...SPEC, code: 1 });
    const components = new Float32Array(192).fill(1 / Math.sqrt(192));
    linear.beginWith({ mean: [0.5, 0.5, 0.5], components, variances: [4] });
    const pictures = tf.fill<tf.Rank.R4>([1, 8, 8, 3], 0.75);
    const target = { pictures, known: tf.ones<tf.Rank.R4>([1, 8, 8, 1]), edges: "mirror" } as const;
    const refined = await refineCodes(linear, tf.zeros([1, 1, 1, 1]), target, { steps: 30 });
    // 0.25 above the mean everywhere: 0.25 · √192 = 3.464, over a deviation of 2.
    expect(refined.dataSync()[0]).toBeCloseTo(1.732, 3);
    linear.dispose();
  });

  it("are never worse than those given, where steps lead astray", async () => {
    const target = aim(2);
    // Where the best numbers are already found, nothing but rounding is left to be gained.
    const best = await refineCodes(net, codes(0, 0, 0, 0), target, { steps: 100 });
    const again = await refineCodes(net, best, target, { steps: 1 });
    expect(errorOf(again, target)).toBeLessThanOrEqual(errorOf(best, target));
  });

  it("take no notice of pixels that are not known", async () => {
    const target = aim(3);
    const known = tf.tensor4d(
      Float32Array.from({ length: 128 }, (_, i) => (i % 3 === 0 ? 0 : 1)),
      [1, 8, 16, 1],
    );
    const pictures = tf.tidy(() => tf.add<tf.Tensor4D>(target.pictures, tf.mul(tf.sub(1, known), 5)));
    const begun = codes(0.1, 0.2, 0.3, 0.4);
    const plain = await refineCodes(net, begun, { ...target, known }, { steps: 4 });
    const changed = await refineCodes(net, begun, { ...target, known, pictures }, { steps: 4 });
    expect(changed.dataSync()).toEqual(plain.dataSync());
    expect(errorOf(plain, { ...target, known })).toBeLessThan(errorOf(begun, { ...target, known }));
  });

  it("leave no tensor behind but themselves, also when they are stopped", async () => {
    const [begun, target] = [codes(1, 0, 0, 1), aim(5)];
    const before = tf.memory().numTensors;
    const shares: number[] = [];
    const refined = await refineCodes(net, begun, target, { steps: 2, rest: async (done) => void shares.push(done) });
    expect(shares).toEqual([0.5, 1]);
    expect(tf.memory().numTensors).toBe(before + 1);
    refined.dispose();
    const rest = async (): Promise<void> => {
      throw new Error("enough");
    };
    await expect(refineCodes(net, begun, target, { steps: 2, rest })).rejects.toThrow("enough");
    expect(tf.memory().numTensors).toBe(before);
  });
});
