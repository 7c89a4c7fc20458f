import type { LayerLayout } from "../../../plugin/core/network-spec.ts";

/**
 * Writes a multilayer perceptron with tanh as an ONNX model: `Gemm`, `Tanh`, …, `Gemm`, as exporters write linear layers.
 *
 * The few protobuf messages it needs, by the field numbers of
 * https://github.com/onnx/onnx/blob/v1.17.0/onnx/onnx.proto; IR version 8, operator set 13.
 *
 * @param layers - Where each layer lies in `parameters`; weights are [outputs, inputs].
 * @returns The bytes of a model with the input `observations` [batch, inputs] and the output `actions` [batch, outputs].
 */
export function writeOnnxPerceptron(layers: readonly LayerLayout[], parameters: Float32Array): Uint8Array {
  const nodes: Uint8Array[] = [];
  const tensors: Uint8Array[] = [];
  let current = "observations";
  layers.forEach((layer, index) => {
    const isLast = index === layers.length - 1;
    const sum = isLast ? "actions" : `sum${index}`;
    const { inputs, outputs, weights, biases } = layer;
    tensors.push(tensor(`weights${index}`, [outputs, inputs], parameters.slice(weights, biases)));
    tensors.push(tensor(`biases${index}`, [outputs], parameters.slice(biases, biases + outputs)));
    const transposed = message(text(1, "transB"), integer(3, 1), integer(20, INT_ATTRIBUTE));
    nodes.push(node("Gemm", [current, `weights${index}`, `biases${index}`], sum, [transposed]));
    current = sum;
    if (isLast) return;
    nodes.push(node("Tanh", [current], `hidden${index}`));
    current = `hidden${index}`;
  });
  const graph = message(
    ...nodes.map((one) => bytes(1, one)),
    text(2, "perceptron"),
    ...tensors.map((one) => bytes(5, one)),
    bytes(11, matrix("observations", layers[0].inputs)),
    bytes(12, matrix("actions", layers.at(-1)!.outputs)),
  );
  return message(integer(1, 8), bytes(7, graph), bytes(8, message(text(1, ""), integer(2, 13))));
}

const INT_ATTRIBUTE = 2;
const FLOAT = 1;

function node(
  operator: string,
  inputs: readonly string[],
  output: string,
  attributes: readonly Uint8Array[] = [],
): Uint8Array {
  const named = [...inputs.map((input) => text(1, input)), text(2, output), text(3, output), text(4, operator)];
  return message(...named, ...attributes.map((attribute) => bytes(5, attribute)));
}

function tensor(name: string, shape: readonly number[], values: Float32Array): Uint8Array {
  const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return message(...shape.map((size) => integer(1, size)), integer(2, FLOAT), text(8, name), bytes(9, raw));
}

/** A float32 matrix with any number of rows. */
function matrix(name: string, columns: number): Uint8Array {
  const shape = message(bytes(1, message(text(2, "batch"))), bytes(1, message(integer(1, columns))));
  const type = message(bytes(1, message(integer(1, FLOAT), bytes(2, shape))));
  return message(text(1, name), bytes(2, type));
}

/** Protobuf's base-128 numbers: 7 bits a byte, lowest first. */
function varint(value: number): number[] {
  const groups: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...groups, rest];
    groups.push((rest % 128) | 128);
  }
}

function integer(field: number, value: number): Uint8Array {
  return Uint8Array.from([...varint(field * 8), ...varint(value)]);
}

function bytes(field: number, content: Uint8Array): Uint8Array {
  return message(Uint8Array.from([...varint(field * 8 + 2), ...varint(content.length)]), content);
}

function text(field: number, content: string): Uint8Array {
  return bytes(field, new TextEncoder().encode(content));
}

function message(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
