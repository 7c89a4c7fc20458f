import { describe, expect, it } from "vitest";
import { createEncoderView, type SeenLayer } from "../../plugin/compute/encoder-view.ts";
import { createPolicy } from "../../plugin/compute/wasm-policy.ts";
import { ConfigurationError, PolicyMismatchError } from "../../plugin/core/errors.ts";
import { layOutNetwork, type NetworkSpec } from "../../plugin/core/network-spec.ts";
import { observationSpec } from "../../plugin/core/observation-spec.ts";
import { Random } from "../../plugin/core/random.ts";
import { decide } from "./decide.ts";
import { largestDifference } from "./oracle/agreement.ts";
import { syntheticRole } from "./oracle/random-batch.ts";
import { blankPolicy, plainEncode, randomPolicy } from "./plain-network.ts";

const NETWORK: NetworkSpec = {
  hidden: [8],
  activation: "tanh",
  sharedTrunk: false,
  convolutions: [
    { filters: 5, size: 3, stride: 2 },
    { filters: 7, size: 2, stride: 1 },
  ],
};
const ROLE = {
  ...syntheticRole(1, 2),
  observation: observationSpec({
    labels: ["speed"],
    images: [
      { label: "eye", height: 7, width: 9, channels: 3 },
      { label: "map", height: 6, width: 6, channels: 2 },
    ],
  }),
};
const EYE_BYTES = 7 * 9 * 3;
const DATA = randomPolicy(ROLE, NETWORK, 3);

/** One agent's row of images: the eye's bytes, then the map's. */
function someImages(seed: number): Uint8Array {
  const random = new Random(seed);
  return Uint8Array.from({ length: EYE_BYTES + 6 * 6 * 2 }, () => random.integer(256));
}

function expectPlain(layers: readonly SeenLayer[], encoder: number, images: Uint8Array, data = DATA): void {
  const plain = plainEncode(data, layOutNetwork(ROLE, NETWORK).encoders[encoder], images);
  expect(layers.length).toBe(plain.length);
  layers.forEach(({ activations }, i) => {
    expect(largestDifference(activations, plain[i])).toBeLessThan(1e-5);
    expect(Math.max(...activations)).toBeGreaterThan(0.1);
  });
}

describe("An encoder view", () => {
  it("says what every convolution makes of the first picture", async () => {
    const view = await createEncoderView(DATA);
    const images = someImages(1);
    expectPlain(view.look(images), 0, images);
    expect(view.part.label).toBe("eye");
    // 7 and 9 pixels by 3 every 2: 3 and 4; by 2 every 1: 2 and 3.
    expect(view.layers.map(({ name, height, width, filters }) => [name, height, width, filters])).toEqual([
      ["eye 0", 3, 4, 5],
      ["eye 1", 2, 3, 7],
    ]);
  });

  it("finds another picture by its label, and within a row of images", async () => {
    const view = await createEncoderView(DATA, { image: "map" });
    const images = someImages(2);
    expectPlain(view.look(images, EYE_BYTES), 1, images);
  });

  it("sees by a kernel that is 1 at its middle what the picture shows there", async () => {
    const role = {
      ...ROLE,
      observation: observationSpec({ images: [{ label: "eye", height: 3, width: 4, channels: 1 }] }),
    };
    const network = { ...NETWORK, convolutions: [{ filters: 1, size: 3, stride: 1 }] };
    const data = blankPolicy(
      role,
      (parameters, { encoders }) => {
        parameters[encoders[0].layers[0].weights + 4] = 1; // [1, 1, 0, 0] of [3, 3, 1, 1]
      },
      network,
    );
    const view = await createEncoderView(data);
    const [{ activations }] = view.look(Uint8Array.of(9, 9, 9, 9, 9, 51, 255, 9, 9, 9, 9, 9));
    expect([...activations]).toEqual([Math.fround(51 / 255), 1]);
  });

  it("takes over the parameters of another policy", async () => {
    const other = randomPolicy(ROLE, NETWORK, 4);
    const view = await createEncoderView(DATA);
    view.assign(other);
    const images = someImages(1);
    expectPlain(view.look(images), 0, images, other);
  });

  it("leaves the decisions of its policy alone", async () => {
    const policy = await createPolicy(DATA);
    const images = someImages(1);
    const before = decide(policy, new Float32Array(1), { greedy: true, images });
    const view = await createEncoderView(DATA);
    view.look(someImages(2));
    expect(decide(policy, new Float32Array(1), { greedy: true, images })).toEqual(before);
  });

  it("refuses a policy of another shape", async () => {
    const view = await createEncoderView(DATA);
    const other = { ...NETWORK, convolutions: NETWORK.convolutions!.slice(1) };
    expect(() => view.assign(randomPolicy(ROLE, other))).toThrow(PolicyMismatchError);
  });

  it("refuses a policy that sees no picture", async () => {
    const data = randomPolicy(syntheticRole(3, 1), { hidden: [8], activation: "tanh", sharedTrunk: false });
    await expect(createEncoderView(data)).rejects.toThrow(
      new ConfigurationError(
        "EncoderView: needed a policy that sees pictures, came one that sees numbers only. Use createInputGradient for numbers.",
      ),
    );
  });

  it("refuses a picture that the policy does not have", async () => {
    await expect(createEncoderView(DATA, { image: "ear" })).rejects.toThrow(
      new ConfigurationError('EncoderView: needed a picture among "eye", "map", came "ear". Use one of them.'),
    );
  });

  it.each([
    [new Uint8Array(EYE_BYTES - 1), 0, "needed 189 bytes from 0 on", "came 188 in all"],
    [new Uint8Array(EYE_BYTES), 1, "needed 189 bytes from 1 on", "came 189 in all"],
  ])("refuses too few bytes", async (pixels, from, needed, came) => {
    const view = await createEncoderView(DATA);
    expect(() => view.look(pixels, from)).toThrow(
      new ConfigurationError(
        `EncoderView: ${needed} for a picture of 9 × 7 × 3, ${came}. Give it a picture as the policy sees it.`,
      ),
    );
  });

  it("refuses to look once it is disposed, and may be disposed twice", async () => {
    const view = await createEncoderView(DATA);
    view.dispose();
    view.dispose();
    expect(() => view.look(someImages(1))).toThrow(
      new PolicyMismatchError("EncoderView: needed one in use, came one that was disposed. Make it again."),
    );
  });
});
