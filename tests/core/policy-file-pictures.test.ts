import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeContainer } from "../../plugin/core/container.ts";
import { PolicyFileError } from "../../plugin/core/errors.ts";
import type { NetworkSpec } from "../../plugin/core/network-spec.ts";
import { observationSpec } from "../../plugin/core/observation-spec.ts";
import type { PolicyData } from "../../plugin/core/policy.ts";
import { decodePolicy, encodePolicy } from "../../plugin/core/policy-file.ts";
import { examplePolicy } from "./example-policy.ts";
import { complaint, tampered, WHO } from "./tampered-policy.ts";

/** A policy that sees two pictures beside its numbers. */
function seeingPolicy(network: Partial<NetworkSpec> = {}): PolicyData {
  const observation = observationSpec({
    labels: ["ray 0°", "speed"],
    unbounded: ["speed"],
    images: [
      { label: "eye", height: 5, width: 6, channels: 3 },
      { label: "map", height: 7, width: 7, channels: 1 },
    ],
  });
  const convolutions = [{ filters: 2, size: 3, stride: 2 }];
  const shape: NetworkSpec = { hidden: [3], activation: "tanh", sharedTrunk: false, convolutions, ...network };
  return examplePolicy({ role: { ...examplePolicy().role, observation }, network: shape });
}

test("a policy that sees pictures comes back as it was", () => {
  expect(decodePolicy(encodePolicy(seeingPolicy()), WHO)).toEqual(seeingPolicy());
});

test("convolutions that were left to the size of the picture stay so", () => {
  const { convolutions: _, ...network } = seeingPolicy().network;
  const data = examplePolicy({ role: seeingPolicy().role, network });
  expect(decodePolicy(encodePolicy(data), WHO)).toEqual(data);
});

test("a policy that sees pictures only comes back as it was", () => {
  const observation = observationSpec({ images: [{ label: "eye", height: 5, width: 6, channels: 3 }] });
  const none = new Float32Array(0);
  const normaliser = { count: 0, mean: none, variance: none, clip: 10, scaled: new Uint8Array(0) };
  const role = { ...examplePolicy().role, observation };
  const data = examplePolicy({ role, network: seeingPolicy().network, normaliser });
  expect(decodePolicy(encodePolicy(data), WHO)).toEqual(data);
});

test("the first version stays the version of policies that see numbers only, so that older releases read them", () => {
  expect(decodeContainer(encodePolicy(examplePolicy()), "policy", 2, WHO).version).toBe(1);
  expect(decodeContainer(encodePolicy(seeingPolicy()), "policy", 2, WHO).version).toBe(2);
});

/** Changes the first picture of a file. */
function withPicture(changes: Record<string, unknown>): Uint8Array {
  return tampered((header) => {
    const { parts } = header["role"]["observation"] as { parts: Record<string, unknown>[] };
    Object.assign(parts[1], changes);
  }, seeingPolicy());
}

test.each([
  [
    "a huge picture",
    withPicture({ height: 1e9 }),
    'the height of the picture "eye" needs a whole number from 1 to 256, came 1000000000. Change its size.',
  ],
  [
    "a picture of a fraction",
    withPicture({ width: 5.5 }),
    'the width of the picture "eye" needs a whole number from 1 to 256, came 5.5. Change its size.',
  ],
  [
    "a picture of nothing",
    withPicture({ channels: 0 }),
    'the channels of the picture "eye" needs a whole number from 1 to 64, came 0. Change its size.',
  ],
  [
    "a picture whose size is not a number",
    withPicture({ height: NaN }), // JSON has no NaN: null
    'the header\'s "role.observation.parts[1].height" needs a finite number, came null. Save the policy again with this release, or teach anew.',
  ],
  [
    "a picture without a name",
    withPicture({ label: 3 }),
    'the header\'s "role.observation.parts[1].label" needs a text, came 3. Save the policy again with this release, or teach anew.',
  ],
  [
    "two pictures of one name",
    withPicture({ label: "map" }),
    'picture 1 is called "map" like an earlier one. Give each its own name.',
  ],
  [
    "a picture of another size than its layers were taught for",
    withPicture({ height: 7 }),
    // Trunks and heads: the eye gives 3 · 2 · 2 = 12 instead of 8 features, 3 weights each, of actor and critic: 24 more.
    `its labels and layers need ${seeingPolicy().parameters.length + 24} numbers in "parameters", came ${seeingPolicy().parameters.length}. Save the policy again with this release, or teach anew.`,
  ],
])("%s is refused", (_, bytes, problem) => {
  expect(complaint(bytes)).toBe(`Policy file "guard.bnp": ${problem}`);
});

test.each([
  [
    "a kernel larger than its picture",
    [{ filters: 2, size: 6, stride: 1 }],
    'convolution 0 needs at least 6 × 6 pixels, came 6 × 5 of the picture "eye". Use smaller kernels or strides, or a larger picture.',
  ],
  [
    "absurdly many filters",
    [{ filters: 1e12, size: 3, stride: 1 }],
    "convolution 0 needs 1 to 256 filters, a size and a stride from 1 to 16, came 1000000000000, 3 and 1. Use e.g. { filters: 16, size: 3, stride: 1 }.",
  ],
  [
    "a stride of 0",
    [{ filters: 2, size: 3, stride: 0 }],
    "convolution 0 needs 1 to 256 filters, a size and a stride from 1 to 16, came 2, 3 and 0. Use e.g. { filters: 16, size: 3, stride: 1 }.",
  ],
  ["no convolutions", [], "needed 1 to 6 convolutions, came 0. Leave them out, or use SIMPLE_ENCODER."],
  [
    "a convolution without a stride",
    [{ filters: 2, size: 3 }],
    'the header\'s "network.convolutions[0].stride" needs a finite number, came nothing. Save the policy again with this release, or teach anew.',
  ],
  [
    "a text in place of convolutions",
    "nature",
    'the header\'s "network.convolutions" needs a list, came "nature". Save the policy again with this release, or teach anew.',
  ],
])("%s is refused", (_, convolutions, problem) => {
  const bytes = tampered((header) => (header["network"]["convolutions"] = convolutions), seeingPolicy());
  expect(complaint(bytes)).toBe(`Policy file "guard.bnp": ${problem}`);
});

test("whatever stands in place of pictures and convolutions, the file is refused or readable", () => {
  fc.assert(
    fc.property(fc.constantFrom("height", "width", "channels", "label", "kind"), fc.jsonValue(), (key, value) => {
      for (const bytes of [
        withPicture({ [key]: value }),
        tampered((header) => (header["network"]["convolutions"] = value), seeingPolicy()),
      ]) {
        try {
          decodePolicy(bytes, WHO);
        } catch (error) {
          expect(error).toBeInstanceOf(PolicyFileError);
        }
      }
    }),
    { numRuns: 300 },
  );
});
