import * as tf from "@tensorflow/tfjs";
import {
  layOutNetwork,
  type Activation,
  type LayerLayout,
  type NetworkSpec,
} from "../../../plugin/core/network-spec.ts";
import type { RoleSpec } from "../../../plugin/core/role-spec.ts";

/** What the network says about a batch. */
export interface OracleOutputs {
  /** Means, then logits, [batch, actor outputs]. */
  readonly actor: tf.Tensor2D;
  /** [batch]. */
  readonly values: tf.Tensor1D;
}

interface OracleLayer {
  readonly layout: LayerLayout;
  /** [inputs, outputs]: the way round in which tfjs multiplies fastest. */
  readonly weights: tf.Variable<tf.Rank.R2>;
  /** [outputs]. */
  readonly biases: tf.Variable<tf.Rank.R1>;
}

/** The actor-critic network of `layOutNetwork`, as tfjs variables. */
export class OracleNetwork {
  readonly logStd: tf.Variable<tf.Rank.R1>;
  readonly #layout;
  readonly #actor: readonly OracleLayer[];
  readonly #critic: readonly OracleLayer[];
  readonly #activation: Activation;
  readonly #sharedTrunk: boolean;

  /** @param parameters - Laid out by `layOutNetwork`; copied. */
  constructor(role: RoleSpec, network: NetworkSpec, parameters: Float32Array) {
    this.#layout = layOutNetwork(role, network);
    if (parameters.length !== this.#layout.size) {
      throw new Error(
        `OracleNetwork: needed ${this.#layout.size} parameters, came ${parameters.length}. Match the network.`,
      );
    }
    this.#activation = network.activation;
    this.#sharedTrunk = network.sharedTrunk;
    const layer = (layout: LayerLayout): OracleLayer => {
      const rows = tf.tensor2d(parameters.slice(layout.weights, layout.biases), [layout.outputs, layout.inputs]);
      const columns = tf.transpose(rows);
      const biases = tf.tensor1d(parameters.slice(layout.biases, layout.biases + layout.outputs));
      const made = { layout, weights: tf.variable(columns), biases: tf.variable(biases) };
      tf.dispose([rows, columns, biases]);
      return made;
    };
    this.#actor = this.#layout.actor.map(layer);
    this.#critic = this.#layout.critic.map(layer);
    const stds = role.action.continuous.length;
    const logStd = tf.tensor1d(parameters.slice(this.#layout.logStd, this.#layout.logStd + stds));
    this.logStd = tf.variable(logStd);
    logStd.dispose();
  }

  /** Every variable that is learned, always in the same order. */
  variables(): tf.Variable[] {
    const all: tf.Variable[] = [...this.#actor, ...this.#critic].flatMap((layer) => [layer.weights, layer.biases]);
    if (this.logStd.size > 0) all.push(this.logStd);
    return all;
  }

  /** Differentiable. Call it inside `tf.tidy`. */
  forward(observations: tf.Tensor2D): OracleOutputs {
    const trunk = this.#hidden(observations, this.#actor);
    const critic = this.#sharedTrunk ? trunk : this.#hidden(observations, this.#critic);
    return {
      actor: affine(trunk, this.#actor.at(-1)!),
      values: tf.reshape(affine(critic, this.#critic.at(-1)!), [-1]),
    };
  }

  /** The actor alone, with every operation fused that tfjs can fuse outside a gradient. Call it inside `tf.tidy`. */
  decide(observations: tf.Tensor2D): tf.Tensor2D {
    let values = observations;
    this.#actor.forEach(({ weights, biases }, index) => {
      values = tf.fused.matMul({ a: values, b: weights, bias: biases, activation: "linear" }) as tf.Tensor2D;
      if (index < this.#actor.length - 1) values = activate(values, this.#activation);
    });
    return values;
  }

  /**
   * The derivative of one result by every observation, [batch, observation].
   *
   * @param output - A number of the actor's outputs, or the critic's estimate.
   */
  inputGradient(observations: tf.Tensor2D, output: number | "value"): Float32Array {
    return tf.tidy(() => {
      const result = (input: tf.Tensor): tf.Tensor => {
        const { actor, values } = this.forward(input as tf.Tensor2D);
        return output === "value" ? tf.sum(values) : tf.sum(tf.slice(actor, [0, output], [-1, 1]));
      };
      return tf.grad(result)(observations).dataSync<"float32">().slice();
    });
  }

  /** A copy of the parameters, laid out by `layOutNetwork`. */
  read(): Float32Array {
    return this.flatten((variable) => variable);
  }

  /** Collects one tensor per variable (itself, a gradient, a moment) into the layout of `layOutNetwork`. */
  flatten(of: (variable: tf.Variable) => tf.Tensor): Float32Array {
    const flat = new Float32Array(this.#layout.size);
    for (const { layout, weights, biases } of [...this.#actor, ...this.#critic]) {
      flat.set(
        tf.tidy(() => tf.transpose(of(weights)).dataSync<"float32">()),
        layout.weights,
      );
      flat.set(of(biases).dataSync<"float32">(), layout.biases);
    }
    if (this.logStd.size > 0) flat.set(of(this.logStd).dataSync<"float32">(), this.#layout.logStd);
    return flat;
  }

  dispose(): void {
    tf.dispose([...this.variables(), this.logStd]);
  }

  #hidden(observations: tf.Tensor2D, layers: readonly OracleLayer[]): tf.Tensor2D {
    return layers
      .slice(0, -1)
      .reduce((values, layer) => activate(affine(values, layer), this.#activation), observations);
  }
}

function affine(inputs: tf.Tensor2D, layer: OracleLayer): tf.Tensor2D {
  return tf.add(tf.matMul(inputs, layer.weights), layer.biases);
}

function activate(values: tf.Tensor2D, activation: Activation): tf.Tensor2D {
  if (activation === "relu") return tf.relu(values);
  if (activation === "leakyRelu") return tf.leakyRelu(values, 0.01);
  if (activation === "tanh") return tf.tanh(values);
  if (activation === "silu") return tf.mul(values, tf.sigmoid(values));
  return values;
}
