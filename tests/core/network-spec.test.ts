import { expect, test } from "vitest";
import { ConfigurationError } from "../../plugin/core/errors.ts";
import {
  assertNetworkSpec,
  convolutionsFor,
  DEFAULT_NETWORK,
  layOutNetwork,
  SIMPLE_ENCODER,
  SMALL_ENCODER,
  type NetworkSpec,
} from "../../plugin/core/network-spec.ts";
import { observationSpec, vectorObservation } from "../../plugin/core/observation-spec.ts";
import type { RoleSpec } from "../../plugin/core/role-spec.ts";

/** 3 observations; 1 number and 2 alternatives, so 3 outputs. */
const ROLE: RoleSpec = {
  observation: vectorObservation(["a", "b", "c"]),
  action: { continuous: ["drive"], discrete: [{ label: "jump", choices: ["no", "yes"] }] },
};

function network(changes: Partial<NetworkSpec> = {}): NetworkSpec {
  return { hidden: [5, 4], activation: "tanh", sharedTrunk: false, ...changes };
}

test("actor, log standard deviations and critic lie one after the other", () => {
  const layout = layOutNetwork(ROLE, network());
  expect(layout.actor).toEqual([
    { name: "actor 0", inputs: 3, outputs: 5, weights: 0, biases: 15 },
    { name: "actor 1", inputs: 5, outputs: 4, weights: 20, biases: 40 },
    { name: "actor head", inputs: 4, outputs: 3, weights: 44, biases: 56 },
  ]);
  expect(layout.logStd).toBe(59);
  expect(layout.critic).toEqual([
    { name: "critic 0", inputs: 3, outputs: 5, weights: 60, biases: 75 },
    { name: "critic 1", inputs: 5, outputs: 4, weights: 80, biases: 100 },
    { name: "critic head", inputs: 4, outputs: 1, weights: 104, biases: 108 },
  ]);
  expect(layout.size).toBe(109);
});

test("with a shared trunk the critic has only its head", () => {
  const layout = layOutNetwork(ROLE, network({ sharedTrunk: true }));
  expect(layout.actor.map((layer) => layer.name)).toEqual(["trunk 0", "trunk 1", "actor head"]);
  expect(layout.critic).toEqual([{ name: "critic head", inputs: 4, outputs: 1, weights: 60, biases: 64 }]);
  expect(layout.size).toBe(65);
});

/** Speed, and two pictures: 6 × 7 in colour, 4 × 4 in grey. */
const SEEING: RoleSpec = {
  observation: observationSpec({
    labels: ["speed"],
    images: [
      { label: "wide", height: 6, width: 7, channels: 3 },
      { label: "near", height: 4, width: 4, channels: 1 },
    ],
  }),
  action: { continuous: ["drive"], discrete: [] },
};

test("each picture has convolutions of its own, whose results follow the numbers", () => {
  const convolutions = [
    { filters: 2, size: 3, stride: 1 },
    { filters: 4, size: 2, stride: 2 },
  ];
  const layout = layOutNetwork(SEEING, { hidden: [5], activation: "tanh", sharedTrunk: true, convolutions });
  // wide: 6 × 7 → 4 × 5 → 2 × 2 × 4 = 16; near: 4 × 4 → 2 × 2 → 1 × 1 × 4 = 4
  expect(layout.inputs).toBe(1 + 16 + 4);
  expect(layout.actor[0].inputs).toBe(21);
  const [wide, near] = layout.encoders;
  // trunk 21·5 + 5, head 5 + 1, log std 1, critic 5 + 1
  const first = 110 + 6 + 1 + 6;
  expect(wide).toMatchObject({ pixels: 0, from: 1, features: 16 });
  expect(wide.layers[0]).toEqual({
    name: "wide 0",
    channels: 3,
    filters: 2,
    size: 3,
    stride: 1,
    inHeight: 6,
    inWidth: 7,
    outHeight: 4,
    outWidth: 5,
    weights: first,
    biases: first + 54,
  });
  expect(wide.layers[1]).toMatchObject({ weights: first + 56, biases: first + 56 + 32, outHeight: 2, outWidth: 2 });
  expect(near).toMatchObject({ pixels: 6 * 7 * 3, from: 17, features: 4 });
  expect(near.layers[0].weights).toBe(first + 56 + 36);
  // near: 3·3·1·2 + 2, then 2·2·2·4 + 4
  expect(layout.size).toBe(first + 56 + 36 + 20 + 36);
});

test("tiny pictures are not skipped over, larger ones are", () => {
  const network = DEFAULT_NETWORK;
  expect(convolutionsFor({ kind: "image", label: "grid", height: 19, width: 40, channels: 3 }, network)).toBe(
    SMALL_ENCODER,
  );
  expect(convolutionsFor({ kind: "image", label: "eye", height: 20, width: 20, channels: 3 }, network)).toBe(
    SIMPLE_ENCODER,
  );
});

test("a convolution larger than what is left of a picture is refused", () => {
  const convolutions = [
    { filters: 2, size: 3, stride: 1 },
    { filters: 2, size: 3, stride: 1 },
  ];
  expect(() => assertNetworkSpec(network({ convolutions }), "ppo", SEEING)).toThrow(
    new ConfigurationError(
      'ppo: convolution 1 needs at least 3 × 3 pixels, came 2 × 2 of the picture "near". Use smaller kernels or strides, or a larger picture.',
    ),
  );
});

test.each<[string, Partial<NetworkSpec>, string]>([
  [
    "no convolutions",
    { convolutions: [] },
    "needed 1 to 6 convolutions, came 0. Leave them out, or use SIMPLE_ENCODER.",
  ],
  [
    "a convolution without filters",
    { convolutions: [{ filters: 0, size: 3, stride: 1 }] },
    "convolution 0 needs 1 to 256 filters, a size and a stride from 1 to 16, came 0, 3 and 1. Use e.g. { filters: 16, size: 3, stride: 1 }.",
  ],

  ["no layers", { hidden: [] }, "needed 1 to 4 hidden layers, came 0. Use e.g. [64, 64]."],
  ["five layers", { hidden: [1, 1, 1, 1, 1] }, "needed 1 to 4 hidden layers, came 5. Use e.g. [64, 64]."],
  ["a width of 0", { hidden: [0] }, "needed hidden widths from 1 to 1024, came 0. Use e.g. [64, 64]."],
  ["a broken width", { hidden: [2.5] }, "needed hidden widths from 1 to 1024, came 2.5. Use e.g. [64, 64]."],
  ["a width of 1025", { hidden: [1025] }, "needed hidden widths from 1 to 1024, came 1025. Use e.g. [64, 64]."],
  [
    "an unknown activation",
    { activation: "gelu" as never },
    'needed an activation among linear, relu, leakyRelu, tanh, silu, came "gelu". Choose one of them.',
  ],
])("a network with %s is refused", (_, changes, problem) => {
  expect(() => assertNetworkSpec(network(changes), "ppo")).toThrow(new ConfigurationError(`ppo: ${problem}`));
});
