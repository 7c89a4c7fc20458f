import type { ConvolutionLayout, EncoderLayout, LayerLayout } from "../../../plugin/core/network-spec.ts";

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
  addPerceptron({ nodes, tensors }, layers, parameters, "observations");
  return model({ nodes, tensors }, layers[0].inputs, layers.at(-1)!.outputs);
}

/**
 * Writes an actor that sees one picture and nothing else: `Conv` and `Relu` for each convolution, then the perceptron.
 *
 * @param layers - The actor's, as for `writeOnnxPerceptron`.
 * @returns The bytes of a model with the input `observations` [batch, channels · height · width], from 0 to 1 in the order
 * of ONNX (channels outermost), and the output `actions` [batch, outputs].
 */
export function writeOnnxActor(
  encoder: EncoderLayout,
  layers: readonly LayerLayout[],
  parameters: Float32Array,
): Uint8Array {
  const { height, width, channels } = encoder.part;
  const nodes = [node("Reshape", ["observations", "shape"], "picture")];
  const tensors = [whole("shape", [0, channels, height, width])]; // 0: as many as there are
  let current = "picture";
  encoder.layers.forEach((layer, index) => {
    const { size, stride, filters } = layer;
    const attributes = [wholes("kernel_shape", [size, size]), wholes("strides", [stride, stride])];
    tensors.push(tensor(`kernels${index}`, [filters, layer.channels, size, size], kernelsByFilter(layer, parameters)));
    tensors.push(tensor(`offsets${index}`, [filters], parameters.slice(layer.biases, layer.biases + filters)));
    nodes.push(node("Conv", [current, `kernels${index}`, `offsets${index}`], `convolved${index}`, attributes));
    nodes.push(node("Relu", [`convolved${index}`], `seen${index}`));
    current = `seen${index}`;
  });
  nodes.push(node("Flatten", [current], "features"));
  const flat = withFeaturesByFilter(encoder, layers[0], parameters);
  addPerceptron({ nodes, tensors }, layers, flat, "features");
  return model({ nodes, tensors }, channels * height * width, layers.at(-1)!.outputs);
}

interface Graph {
  readonly nodes: Uint8Array[];
  readonly tensors: Uint8Array[];
}

function addPerceptron(
  { nodes, tensors }: Graph,
  layers: readonly LayerLayout[],
  parameters: Float32Array,
  input: string,
): void {
  let current = input;
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
}

/** [size, size, channels, filters] to [filters, channels, size, size]. */
function kernelsByFilter({ size, channels, filters, weights }: ConvolutionLayout, from: Float32Array): Float32Array {
  const kernels = new Float32Array(size * size * channels * filters);
  let at = 0;
  for (let filter = 0; filter < filters; filter++) {
    for (let channel = 0; channel < channels; channel++) {
      for (let pixel = 0; pixel < size * size; pixel++) {
        kernels[at++] = from[weights + (pixel * channels + channel) * filters + filter];
      }
    }
  }
  return kernels;
}

/** Parameters whose first layer takes features as [filters, height, width] instead of [height, width, filters]. */
function withFeaturesByFilter(
  { layers, features }: EncoderLayout,
  first: LayerLayout,
  from: Float32Array,
): Float32Array {
  const { filters } = layers.at(-1)!;
  const parameters = from.slice();
  for (let output = 0; output < first.outputs; output++) {
    const row = first.weights + output * features;
    for (let i = 0; i < features; i++) {
      parameters[row + (i % filters) * (features / filters) + Math.floor(i / filters)] = from[row + i];
    }
  }
  return parameters;
}

function model({ nodes, tensors }: Graph, inputs: number, outputs: number): Uint8Array {
  const graph = message(
    ...nodes.map((one) => bytes(1, one)),
    text(2, "actor"),
    ...tensors.map((one) => bytes(5, one)),
    bytes(11, matrix("observations", inputs)),
    bytes(12, matrix("actions", outputs)),
  );
  return message(integer(1, 8), bytes(7, graph), bytes(8, message(text(1, ""), integer(2, 13))));
}

const INT_ATTRIBUTE = 2;
const INTS_ATTRIBUTE = 7;
const FLOAT = 1;
const INT64 = 7;

/** An attribute of whole numbers. */
function wholes(name: string, values: readonly number[]): Uint8Array {
  return message(text(1, name), ...values.map((value) => integer(8, value)), integer(20, INTS_ATTRIBUTE));
}

/** A row of whole numbers as a tensor. */
function whole(name: string, values: readonly number[]): Uint8Array {
  const raw = new Uint8Array(new BigInt64Array(values.map(BigInt)).buffer);
  return message(integer(1, values.length), integer(2, INT64), text(8, name), bytes(9, raw));
}

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
