import * as tf from "@tensorflow/tfjs";
import type { PpoUpdateSettings } from "../../../plugin/core/learner.ts";
import type { NetworkSpec } from "../../../plugin/core/network-spec.ts";
import type { RoleSpec } from "../../../plugin/core/role-spec.ts";
import type { OracleMinibatch } from "./minibatch.ts";
import { OracleNetwork } from "./oracle-network.ts";
import {
  approximateKl,
  clipFraction,
  describeActions,
  ppoLosses,
  type LossSettings,
  type OracleLosses,
} from "./ppo-loss.ts";

/** The settings of one Adam step. */
export type StepSettings = LossSettings & Pick<PpoUpdateSettings, "learningRate" | "maxGradientNorm">;

/** Names and meanings as in `PpoUpdateResult`. */
export interface OracleStatistics {
  readonly policyLoss: number;
  readonly valueLoss: number;
  readonly entropy: number;
  readonly approximateKl: number;
  readonly clipFraction: number;
  readonly gradientNorm: number;
}

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-5;

/**
 * One PPO minibatch after another, in nothing but tfjs operations: the oracle on tfjs' cpu backend, a contender on its
 * wasm backend. It computes on whatever backend is set when it is called.
 */
export class PpoOracle {
  readonly role: RoleSpec;
  readonly network: OracleNetwork;
  readonly #variables: tf.Variable[];
  readonly #firstMoments: tf.Variable[];
  readonly #secondMoments: tf.Variable[];
  #steps = 0;

  /** @param parameters - Laid out by `layOutNetwork`; copied. */
  constructor(role: RoleSpec, network: NetworkSpec, parameters: Float32Array) {
    this.role = role;
    this.network = new OracleNetwork(role, network, parameters);
    this.#variables = this.network.variables();
    const zeros = (): tf.Variable[] =>
      this.#variables.map((variable) => tf.tidy(() => tf.variable(tf.zeros(variable.shape), false)));
    this.#firstMoments = zeros();
    this.#secondMoments = zeros();
  }

  /** One whole step: loss, gradients, clip by global norm, Adam. Reads nothing back; leaves no tensors behind. */
  step(minibatch: OracleMinibatch, settings: StepSettings): void {
    tf.tidy(() => {
      const gradients = this.#gradients(() => this.#losses(minibatch, settings).total);
      this.#apply(this.#clip(gradients, settings.maxGradientNorm).clipped, settings.learningRate);
    });
  }

  /** Like `step`, and says what it saw: one read of six numbers. */
  stepAndTell(minibatch: OracleMinibatch, settings: StepSettings): OracleStatistics {
    const told = this.#stepAndStack(minibatch, settings);
    const values = told.dataSync();
    told.dispose();
    return toStatistics(values);
  }

  /** Like `stepAndTell`, without stopping this thread meanwhile: as WebGPU wants it. */
  async stepAndTellLater(minibatch: OracleMinibatch, settings: StepSettings): Promise<OracleStatistics> {
    const told = this.#stepAndStack(minibatch, settings);
    const values = await told.data();
    told.dispose();
    return toStatistics(values);
  }

  /** One whole step. @returns The six statistics. */
  #stepAndStack(minibatch: OracleMinibatch, settings: StepSettings): tf.Tensor {
    return tf.tidy(() => {
      let losses: OracleLosses | undefined;
      const gradients = this.#gradients(() => {
        losses = this.#losses(minibatch, settings);
        for (const tensor of Object.values(losses) as tf.Tensor[]) tf.keep(tensor);
        return losses.total;
      });
      const { clipped, norm } = this.#clip(gradients, settings.maxGradientNorm);
      this.#apply(clipped, settings.learningRate);
      const told = losses!;
      const kl = approximateKl(told);
      const clips = clipFraction(told, settings.clipRange);
      const all = tf.stack([told.policyLoss, told.valueLoss, told.entropy, kl, clips, norm]);
      tf.dispose(Object.values(told) as tf.Tensor[]);
      return all;
    });
  }

  /** The total loss at the present parameters. */
  loss(minibatch: OracleMinibatch, settings: LossSettings): number {
    return tf.tidy(() => this.#losses(minibatch, settings).total.dataSync()[0]);
  }

  /** The gradient of the total loss, not clipped, laid out by `layOutNetwork`. */
  gradient(minibatch: OracleMinibatch, settings: LossSettings): Float32Array {
    return tf.tidy(() => {
      const gradients = this.#gradients(() => this.#losses(minibatch, settings).total);
      return this.network.flatten((variable) => gradients[this.#variables.indexOf(variable)]);
    });
  }

  /** What the present network thinks of the actions in a minibatch, [rows] each. */
  describe(minibatch: OracleMinibatch): {
    logProbabilities: Float32Array;
    entropies: Float32Array;
    values: Float32Array;
  } {
    return tf.tidy(() => {
      const { actor, values } = this.network.forward(minibatch.observations);
      const described = describeActions(this.role, actor, this.network.logStd, minibatch);
      return {
        logProbabilities: described.logProbabilities.dataSync<"float32">().slice(),
        entropies: described.entropies.dataSync<"float32">().slice(),
        values: values.dataSync<"float32">().slice(),
      };
    });
  }

  /** Copies of Adam's running means, laid out by `layOutNetwork`. */
  readMoments(): { first: Float32Array; second: Float32Array } {
    const read = (moments: tf.Variable[]): Float32Array => {
      return this.network.flatten((variable) => moments[this.#variables.indexOf(variable)]);
    };
    return { first: read(this.#firstMoments), second: read(this.#secondMoments) };
  }

  dispose(): void {
    this.network.dispose();
    tf.dispose([...this.#firstMoments, ...this.#secondMoments]);
  }

  #losses(minibatch: OracleMinibatch, settings: LossSettings): OracleLosses {
    return ppoLosses(this.role, this.network.forward(minibatch.observations), this.network.logStd, minibatch, settings);
  }

  #gradients(loss: () => tf.Scalar): tf.Tensor[] {
    const { grads } = tf.variableGrads(loss, this.#variables);
    return this.#variables.map((variable) => grads[variable.name]);
  }

  /** As torch.nn.utils.clip_grad_norm_: never scaled up, 1e-6 against a division by 0. */
  #clip(gradients: tf.Tensor[], maxGradientNorm: number): { clipped: tf.Tensor[]; norm: tf.Scalar } {
    const squares = gradients.map((gradient) => tf.sum(tf.square(gradient)));
    const norm = tf.sqrt(squares.reduce((sum, square) => tf.add(sum, square))) as tf.Scalar;
    if (!Number.isFinite(maxGradientNorm)) return { clipped: gradients, norm };
    const scale = tf.minimum(tf.div(maxGradientNorm, tf.add(norm, 1e-6)), 1);
    return { clipped: gradients.map((gradient) => tf.mul(gradient, scale)), norm };
  }

  /** Adam, Kingma and Ba 2015, https://arxiv.org/abs/1412.6980v9, algorithm 1. */
  #apply(gradients: tf.Tensor[], learningRate: number): void {
    this.#steps += 1;
    const correction1 = 1 - BETA1 ** this.#steps;
    const correction2 = 1 - BETA2 ** this.#steps;
    gradients.forEach((gradient, index) => {
      const first = tf.add(tf.mul(this.#firstMoments[index], BETA1), tf.mul(gradient, 1 - BETA1));
      const second = tf.add(tf.mul(this.#secondMoments[index], BETA2), tf.mul(tf.square(gradient), 1 - BETA2));
      const divisor = tf.add(tf.sqrt(tf.mul(second, 1 / correction2)), EPSILON);
      const move = tf.mul(tf.div(first, divisor), learningRate / correction1);
      this.#firstMoments[index].assign(first);
      this.#secondMoments[index].assign(second);
      this.#variables[index].assign(tf.sub(this.#variables[index], move));
    });
  }
}

/** In the order of `#stepAndStack`. */
function toStatistics([policyLoss, valueLoss, entropy, approximateKl, clipFraction, gradientNorm]: ArrayLike<number> &
  Iterable<number>): OracleStatistics {
  return { policyLoss, valueLoss, entropy, approximateKl, clipFraction, gradientNorm };
}
