import { layOutNetwork, type LayerLayout } from "../../../plugin/core/network-spec.ts";
import { observationSize } from "../../../plugin/core/observation-spec.ts";
import type { StepSettings } from "../../compute/oracle/ppo-oracle.ts";
import type { Jax, JaxArray } from "./jax-js.ts";
import type { MinibatchWork } from "./minibatch-work.ts";

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-5;

interface Minibatch {
  readonly [name: string]: JaxArray;
  readonly observations: JaxArray;
  readonly continuous: JaxArray;
  readonly logProbabilities: JaxArray;
  readonly advantages: JaxArray;
  readonly returns: JaxArray;
}

/**
 * One PPO minibatch after another in jax-js, the whole step under one `jit`: loss, gradients, clip by global norm, Adam.
 *
 * For continuous actions, tanh, actor and critic apart, normalised advantages, no clipping of values: what the benchmark
 * compares.
 */
export class JaxPpo {
  readonly #jax: Jax;
  readonly #work: MinibatchWork;
  readonly #layout;
  readonly #compiled: Step;
  #parameters: JaxArray[];
  #first: JaxArray[];
  #second: JaxArray[];
  #steps = 0;

  constructor(jax: Jax, work: MinibatchWork) {
    const { role, network, parameters, settings } = work;
    const { numpy: np } = jax;
    this.#jax = jax;
    this.#work = work;
    this.#layout = layOutNetwork(role, network);
    const layers = [...this.#layout.actor, ...this.#layout.critic];
    this.#parameters = layers.flatMap((layer) => uploadLayer(jax, layer, parameters));
    const stds = role.action.continuous.length;
    this.#parameters.push(np.array(parameters.slice(this.#layout.logStd, this.#layout.logStd + stds)));
    const zeros = (): JaxArray[] => this.#parameters.map(({ shape }) => np.zeros(shape));
    this.#first = zeros();
    this.#second = zeros();
    this.#compiled = jax.jit(stepFunction(jax, this.#layout.actor.length, settings));
  }

  /** Gathers the minibatch's rows and brings them to the device. */
  upload(): Minibatch {
    const { role, batch, settings } = this.#work;
    const gather = (from: Float32Array, width: number): JaxArray => {
      const rows = new Float32Array(settings.order.length * width);
      settings.order.forEach((row, at) => {
        for (let i = 0; i < width; i++) rows[at * width + i] = from[row * width + i];
      });
      return this.#jax.numpy.array(rows, { shape: width === 1 ? [rows.length] : [rows.length / width, width] });
    };
    return {
      observations: gather(batch.observations, observationSize(role.observation)),
      continuous: gather(batch.continuous, role.action.continuous.length),
      logProbabilities: gather(batch.logProbabilities, 1),
      advantages: gather(batch.advantages, 1),
      returns: gather(batch.returns, 1),
    };
  }

  /**
   * One whole step. Resolves when the numbers are there.
   *
   * @param minibatch - Consumed.
   * @returns Policy loss, value loss, entropy, divergence, clip fraction and gradient norm, still on the device.
   */
  async step(minibatch: Minibatch, learningRate: number): Promise<JaxArray> {
    this.#steps += 1;
    const scalar = (value: number): JaxArray => this.#jax.numpy.array(Float32Array.of(value));
    const rate = scalar(learningRate / (1 - BETA1 ** this.#steps));
    const rates = [rate, scalar(1 / (1 - BETA2 ** this.#steps))];
    const results = this.#compiled(this.#parameters, this.#first, this.#second, rates, minibatch);
    [this.#parameters, this.#first, this.#second] = results;
    await this.#jax.blockUntilReady(results);
    return results[3][0];
  }

  /** A copy of the parameters, laid out by `layOutNetwork`. */
  async read(): Promise<Float32Array> {
    const flat = new Float32Array(this.#layout.size);
    const places = [...this.#layout.actor, ...this.#layout.critic].flatMap(({ weights, biases }) => [weights, biases]);
    places.push(this.#layout.logStd);
    for (const [index, place] of places.entries()) flat.set(await this.#parameters[index].ref.data(), place);
    return flat;
  }

  dispose(): void {
    for (const array of [...this.#parameters, ...this.#first, ...this.#second]) array.dispose();
  }
}

/** Weights stay [outputs, inputs]: jax-js multiplies by their transpose a little faster than by [inputs, outputs]. */
function uploadLayer(
  { numpy: np }: Jax,
  { inputs, outputs, weights, biases }: LayerLayout,
  parameters: Float32Array,
): JaxArray[] {
  return [
    np.array(parameters.slice(weights, biases), { shape: [outputs, inputs] }),
    np.array(parameters.slice(biases, biases + outputs)),
  ];
}

/** The loss as a function of all parameters (actor layers, critic layers, log standard deviations), and its statistics. */
function lossFunction({ numpy: np }: Jax, actorLayers: number, settings: StepSettings) {
  const forward = (observations: JaxArray, layers: readonly JaxArray[]): JaxArray => {
    let values = observations;
    for (let i = 0; i < layers.length; i += 2) {
      values = np.matmul(values, layers[i].transpose()).add(layers[i + 1]);
      if (i < layers.length - 2) values = np.tanh(values);
    }
    return values;
  };
  return (parameters: readonly JaxArray[], minibatch: Minibatch): [JaxArray, JaxArray[]] => {
    const logStd = parameters.at(-1)!;
    const means = forward(minibatch.observations.ref, parameters.slice(0, 2 * actorLayers));
    const values = forward(minibatch.observations, parameters.slice(2 * actorLayers, -1)).reshape([-1]);
    const deviations = minibatch.continuous.sub(means).div(np.exp(logStd.ref));
    const logDensities = np
      .square(deviations)
      .mul(-0.5)
      .sub(logStd.ref.add(0.5 * Math.log(2 * Math.PI)));
    const logRatios = logDensities.sum(1).sub(minibatch.logProbabilities);
    const ratios = np.exp(logRatios.ref);

    const count = minibatch.advantages.shape[0];
    const centred = minibatch.advantages.ref.sub(minibatch.advantages.mean());
    const deviation = np.sqrt(
      np
        .square(centred.ref)
        .sum()
        .div(count - 1),
    );
    const advantages = centred.div(deviation.add(1e-8));
    const clipped = np.clip(ratios.ref, 1 - settings.clipRange, 1 + settings.clipRange);
    const policyLoss = np.minimum(ratios.ref.mul(advantages.ref), clipped.mul(advantages)).mean().mul(-1);
    const valueLoss = np.square(values.sub(minibatch.returns)).mean().mul(0.5);
    const entropy = logStd.add(0.5 + 0.5 * Math.log(2 * Math.PI)).sum();
    const divergence = ratios.ref.sub(1).sub(logRatios).mean();
    const clips = np.where(np.greater(np.abs(ratios.sub(1)), settings.clipRange), 1, 0).mean();
    const total = policyLoss.ref
      .sub(entropy.ref.mul(settings.entropyCoefficient))
      .add(valueLoss.ref.mul(settings.valueCoefficient));
    return [total, [policyLoss, valueLoss, entropy, divergence, clips]];
  };
}

type Step = (
  parameters: readonly JaxArray[],
  first: readonly JaxArray[],
  second: readonly JaxArray[],
  rates: readonly JaxArray[],
  minibatch: Minibatch,
) => [parameters: JaxArray[], first: JaxArray[], second: JaxArray[], statistics: JaxArray[]];

function stepFunction(jax: Jax, actorLayers: number, settings: StepSettings): Step {
  const { numpy: np } = jax;
  const differentiate = jax.grad(lossFunction(jax, actorLayers, settings), { hasAux: true });
  return (parameters, first, second, [rate, correction], minibatch) => {
    const kept = parameters.map((parameter) => parameter.ref);
    const [gradients, losses] = differentiate(kept, minibatch);
    const squares = gradients.map((gradient) => np.square(gradient.ref).sum());
    const norm = np.sqrt(squares.reduce((sum, square) => sum.add(square)));
    const scale = np.minimum(np.reciprocal(norm.ref.add(1e-6)).mul(settings.maxGradientNorm), 1);
    const clipped = gradients.map((gradient) => gradient.mul(scale.ref));
    scale.dispose();
    const newFirst = first.map((m, i) => m.mul(BETA1).add(clipped[i].ref.mul(1 - BETA1)));
    const newSecond = second.map((v, i) => v.mul(BETA2).add(np.square(clipped[i]).mul(1 - BETA2)));
    const moved = parameters.map((parameter, i) => {
      const divisor = np.sqrt(newSecond[i].ref.mul(correction.ref)).add(EPSILON);
      return parameter.sub(newFirst[i].ref.mul(rate.ref).div(divisor));
    });
    rate.dispose();
    correction.dispose();
    return [moved, newFirst, newSecond, [np.stack([...losses, norm])]];
  };
}
