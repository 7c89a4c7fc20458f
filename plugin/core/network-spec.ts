import { actorOutputs } from "./action-spec.ts";
import { ConfigurationError } from "./errors.ts";
import { observationSize } from "./observation-spec.ts";
import type { RoleSpec } from "./role-spec.ts";

/** In the order of the numbers by which the kernels know them. */
export const ACTIVATIONS = ["linear", "relu", "leakyRelu", "tanh", "silu"] as const;

/** `leakyRelu` has the slope 0.01 below zero; `silu` is x · sigmoid(x). */
export type Activation = (typeof ACTIVATIONS)[number];

/** The shape of an actor-critic multilayer perceptron. */
export interface NetworkSpec {
  /** Width of each hidden layer, 1 to 4 of them, each 1 to 1024. */
  readonly hidden: readonly number[];
  readonly activation: Activation;
  /** Whether actor and critic share all hidden layers. */
  readonly sharedTrunk: boolean;
}

/** One fully connected layer in the flat array of parameters. */
export interface LayerLayout {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  /** Where its weights begin, row-major [outputs, inputs]. */
  readonly weights: number;
  /** Where its biases begin, [outputs]. */
  readonly biases: number;
}

/** Where everything lies in the flat array of parameters. */
export interface NetworkLayout {
  /** Hidden layers of the actor (of both, with a shared trunk), then the actor's last layer: means, then logits. */
  readonly actor: readonly LayerLayout[];
  /** Where the log standard deviations begin, [continuous]. */
  readonly logStd: number;
  /** Hidden layers of the critic (none with a shared trunk), then its last layer with one output. */
  readonly critic: readonly LayerLayout[];
  /** How many numbers there are in all. */
  readonly size: number;
}

/** Two hidden layers of 64 with tanh, actor and critic apart: what most published PPO results use. */
export const DEFAULT_NETWORK: NetworkSpec = { hidden: [64, 64], activation: "tanh", sharedTrunk: false };

/** @throws ConfigurationError for a number of layers, a width or an activation that is not supported. */
export function assertNetworkSpec(network: NetworkSpec, who: string): void {
  if (network.hidden.length < 1 || network.hidden.length > 4) {
    throw new ConfigurationError(
      `${who}: needed 1 to 4 hidden layers, came ${network.hidden.length}. Use e.g. [64, 64].`,
    );
  }
  for (const width of network.hidden) {
    if (!Number.isInteger(width) || width < 1 || width > 1024) {
      throw new ConfigurationError(`${who}: needed hidden widths from 1 to 1024, came ${width}. Use e.g. [64, 64].`);
    }
  }
  if (!ACTIVATIONS.includes(network.activation)) {
    throw new ConfigurationError(
      `${who}: needed an activation among ${ACTIVATIONS.join(", ")}, came "${network.activation as string}". Choose one of them.`,
    );
  }
}

/**
 * Lays all parameters out in one flat array: actor layers, log standard deviations, critic layers; each layer its
 * weights [outputs, inputs] and then its biases.
 */
export function layOutNetwork(role: RoleSpec, network: NetworkSpec): NetworkLayout {
  let size = 0;
  const layer = (name: string, inputs: number, outputs: number): LayerLayout => {
    const weights = size;
    const biases = weights + inputs * outputs;
    size = biases + outputs;
    return { name, inputs, outputs, weights, biases };
  };
  const trunk = (owner: string): LayerLayout[] =>
    network.hidden.map((width, index) =>
      layer(`${owner} ${index}`, index === 0 ? observationSize(role.observation) : network.hidden[index - 1], width),
    );
  const last = network.hidden[network.hidden.length - 1];
  const actor = trunk(network.sharedTrunk ? "trunk" : "actor");
  actor.push(layer("actor head", last, actorOutputs(role.action)));
  const logStd = size;
  size += role.action.continuous.length;
  const critic = network.sharedTrunk ? [] : trunk("critic");
  critic.push(layer("critic head", last, 1));
  return { actor, logStd, critic, size };
}
