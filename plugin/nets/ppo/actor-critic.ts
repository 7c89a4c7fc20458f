import * as tf from "@tensorflow/tfjs";
import {
  layOutNetwork,
  type Activation,
  type ConvolutionLayout,
  type EncoderLayout,
  type LayerLayout,
  type NetworkLayout,
  type NetworkSpec,
} from "../../core/network-spec.ts";
import { observationSize } from "../../core/observation-spec.ts";
import type { RoleSpec } from "../../core/role-spec.ts";
import { convolve, type ConvolutionParameters } from "../layers/convolve.ts";
import { dense, type DenseParameters } from "../layers/dense.ts";

/** What the network gets. */
export interface ActorCriticInputs {
  /** Scaled by the normaliser, [batch, observation]; null for a role that sees pictures only. */
  readonly observations: tf.Tensor2D | null;
  /** Bytes over 255, one tensor for each picture, [batch, height, width, channels]. */
  readonly pictures: readonly tf.Tensor4D[];
}

/** What the network says. */
export interface ActorCriticOutputs {
  /** Means, then logits, [batch, actor outputs]. */
  readonly heads: tf.Tensor2D;
  /** [batch]. */
  readonly values: tf.Tensor1D;
}

interface Layer<Layout> {
  readonly layout: Layout;
  readonly weights: tf.Variable;
  readonly biases: tf.Variable;
}

/** Bounds that every number of the flat parameters lies within once: where a variable begins, and its shape. */
interface Place {
  readonly at: number;
  readonly variable: tf.Variable;
}

/**
 * The actor-critic network of `layOutNetwork` as TensorFlow.js variables: encoders of pictures, which both share, then hidden
 * layers. Each variable has the shape that it has in the flat parameters.
 */
export class ActorCritic {
  readonly layout: NetworkLayout;
  /** Log standard deviations, [continuous]; null without continuous actions. */
  readonly logStd: tf.Variable | null;
  /** Every variable that is learned, in the order of the flat parameters. */
  readonly variables: readonly tf.Variable[];
  readonly #observation: number;
  readonly #spec: NetworkSpec;
  readonly #actor: readonly Layer<LayerLayout>[];
  readonly #critic: readonly Layer<LayerLayout>[];
  readonly #encoders: readonly {
    readonly layout: EncoderLayout;
    readonly layers: readonly Layer<ConvolutionLayout>[];
  }[];

  constructor(role: RoleSpec, network: NetworkSpec) {
    this.layout = layOutNetwork(role, network);
    this.#spec = network;
    this.#observation = observationSize(role.observation);
    const make = (...shape: number[]): tf.Variable => tf.tidy(() => tf.variable(tf.zeros(shape)));
    const connected = (layout: LayerLayout): Layer<LayerLayout> => ({
      layout,
      weights: make(layout.outputs, layout.inputs),
      biases: make(layout.outputs),
    });
    this.#actor = this.layout.actor.map(connected);
    this.logStd = role.action.continuous.length > 0 ? make(role.action.continuous.length) : null;
    this.#critic = this.layout.critic.map(connected);
    this.#encoders = this.layout.encoders.map((layout) => ({
      layout,
      layers: layout.layers.map((one) => ({
        layout: one,
        weights: make(one.size, one.size, one.channels, one.filters),
        biases: make(one.filters),
      })),
    }));
    this.variables = this.#places().map(({ variable }) => variable);
  }

  /** Differentiable by the variables. Call it inside `tf.tidy`. */
  forward({ observations, pictures }: ActorCriticInputs): ActorCriticOutputs {
    const features = this.#encoders.map(({ layers }, index) => {
      const encoded = layers.reduce(
        (x, layer, depth) =>
          convolve(x, filtersOf(layer), { stride: layer.layout.stride, wantsInputGradient: depth > 0 }),
        pictures[index],
      );
      return tf.reshape<tf.Rank.R2>(encoded, [encoded.shape[0], -1]); // [batch, features]
    });
    const parts = this.#observation > 0 ? [observations!, ...features] : features;
    const row = parts.length === 1 ? parts[0] : tf.concat(parts, 1); // [batch, inputs]
    const trunk = this.#hidden(row, this.#actor);
    const critic = this.#spec.sharedTrunk ? trunk : this.#hidden(row, this.#critic);
    return {
      heads: dense(trunk, parametersOf(this.#actor[this.#actor.length - 1])),
      values: tf.reshape(dense(critic, parametersOf(this.#critic[this.#critic.length - 1])), [-1]),
    };
  }

  /** Puts parameters in, laid out by `layOutNetwork`; they are copied. */
  write(parameters: Float32Array): void {
    for (const { at, variable } of this.#places()) {
      const values = tf.tensor(parameters.slice(at, at + variable.size), variable.shape);
      variable.assign(values);
      values.dispose();
    }
  }

  /** A copy of the parameters, laid out by `layOutNetwork`, by one readback. */
  async read(): Promise<Float32Array> {
    const flat = tf.tidy(() => tf.concat(this.variables.map((variable) => tf.reshape(variable, [-1]))));
    const values = (await flat.data<"float32">()).slice();
    flat.dispose();
    return values;
  }

  dispose(): void {
    tf.dispose([...this.variables]);
  }

  #hidden(row: tf.Tensor2D, layers: readonly Layer<LayerLayout>[]): tf.Tensor2D {
    return layers
      .slice(0, -1)
      .reduce((x, layer) => activate(dense(x, parametersOf(layer)), this.#spec.activation), row);
  }

  #places(): Place[] {
    const layers = [...this.#actor, ...this.#critic, ...this.#encoders.flatMap((encoder) => encoder.layers)];
    const places = layers.flatMap(({ layout, weights, biases }): Place[] => [
      { at: layout.weights, variable: weights },
      { at: layout.biases, variable: biases },
    ]);
    if (this.logStd) places.push({ at: this.layout.logStd, variable: this.logStd });
    return places.sort((a, b) => a.at - b.at);
  }
}

function parametersOf({ weights, biases }: Layer<LayerLayout>): DenseParameters {
  return { weights: weights as tf.Tensor as tf.Tensor2D, biases: biases as tf.Tensor as tf.Tensor1D };
}

function filtersOf({ weights, biases }: Layer<ConvolutionLayout>): ConvolutionParameters {
  return { weights: weights as tf.Tensor as tf.Tensor4D, biases: biases as tf.Tensor as tf.Tensor1D };
}

function activate(values: tf.Tensor2D, activation: Activation): tf.Tensor2D {
  if (activation === "relu") return tf.relu(values);
  if (activation === "leakyRelu") return tf.leakyRelu(values, 0.01);
  if (activation === "tanh") return tf.tanh(values);
  if (activation === "silu") return tf.mul(values, tf.sigmoid(values));
  return values;
}
