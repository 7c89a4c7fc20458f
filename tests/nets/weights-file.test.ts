import { describe, expect, it } from "vitest";
import { encodeContainer } from "../../plugin/core/container.ts";
import { PolicyFileError } from "../../plugin/core/errors.ts";
import { decodeWeights, encodeWeights, type Weights } from "../../plugin/nets/weights-file.ts";

const WEIGHTS: Weights = {
  network: "toy",
  spec: { widths: [2, 3] },
  tensors: {
    "layer weights": { shape: [2, 3], values: Float32Array.of(1, -20, 0.3, 0.5, 10, -0.1) },
    "layer biases": { shape: [3], values: Float32Array.of(0.123456, -2, 1e-9) },
  },
  birth: { command: "npm run paint -- toy", seed: 4 },
};
const WHO = 'Weights file "toy.bnw"';

describe("A weights file", () => {
  it("gives everything back", () => {
    expect(decodeWeights(encodeWeights(WEIGHTS), "toy", WHO)).toEqual(WEIGHTS);
  });

  it.each(["float16", "int8"] as const)("as %s is off by little, and not at all in its biases", (precision) => {
    const { tensors } = decodeWeights(encodeWeights(WEIGHTS, precision), "toy", WHO);
    expect(tensors["layer biases"]).toEqual(WEIGHTS.tensors["layer biases"]);
    const { shape, values } = tensors["layer weights"];
    expect(shape).toEqual([2, 3]);
    // Columns are channels: their largest are 1, 20 and 0.3.
    [1, 20, 0.3, 1, 20, 0.3].forEach((largest, i) => {
      expect(Math.abs(values[i] - WEIGHTS.tensors["layer weights"].values[i])).toBeLessThanOrEqual(largest / 253);
    });
  });

  it("of another network is refused", () => {
    expect(() => decodeWeights(encodeWeights(WEIGHTS), "photo-maps", WHO)).toThrow(
      new PolicyFileError('Weights file "toy.bnw": needed a network "photo-maps", came "toy". Open it as what it is.'),
    );
  });

  it("that is a policy is refused", () => {
    expect(() => decodeWeights(encodeContainer("policy", 1, {}, {}), "toy", WHO)).toThrow(
      new PolicyFileError('Weights file "toy.bnw": needed a network, came a "policy". Open it as what it is.'),
    );
  });

  it("of a newer format asks for an upgrade", () => {
    expect(() => decodeWeights(encodeContainer("network", 2, {}, {}), "toy", WHO)).toThrow(
      new PolicyFileError(
        'Weights file "toy.bnw": needed format version 1 or older, came 2. Upgrade babylon-neural, or save it with this release.',
      ),
    );
  });

  it("that is cut off is called so", () => {
    const bytes = encodeWeights(WEIGHTS, "int8");
    expect(() => decodeWeights(bytes.subarray(0, bytes.length - 5), "toy", WHO)).toThrow(
      new PolicyFileError(
        `Weights file "toy.bnw": needed ${bytes.length} bytes, came ${bytes.length - 5}. The file is cut off. Copy or download it again, or teach anew.`,
      ),
    );
  });

  it("whose shapes do not fit its numbers is refused", () => {
    const header = { network: "toy", spec: {}, shapes: { w: [2, 2] } };
    expect(() => decodeWeights(encodeContainer("network", 1, header, { w: new Float32Array(3) }), "toy", WHO)).toThrow(
      new PolicyFileError(
        'Weights file "toy.bnw": "w" needs 4 numbers for its shape [2, 2], came 3. Copy or download it again, or teach anew.',
      ),
    );
  });
});
