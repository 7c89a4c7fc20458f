import type { Activations, FusedLayer, FusedNetwork } from "./fused-network.ts";
import type { KernelMemory } from "./kernel-memory.ts";
import type { LearnKernels } from "./kernels.ts";
import type { PanelBuffer } from "./panels.ts";

/** Gradients by the results of every layer, in panels like the results themselves. */
export interface ResultGradients {
  readonly actor: readonly PanelBuffer[];
  readonly critic: readonly PanelBuffer[];
  /** By the scaled observations, or null where nobody asks for it. */
  readonly input: PanelBuffer | null;
}

/** Through which halves of the network a gradient flows back. */
export interface Sides {
  readonly actor: boolean;
  readonly critic: boolean;
}

const BOTH: Sides = { actor: true, critic: true };

/**
 * The way back through a network: from gradients by its results to gradients by its parameters, or by its inputs.
 */
export class BackwardPass {
  readonly #kernels: LearnKernels;
  readonly #fused: FusedNetwork;
  readonly #parameterGradients: number | null;
  /** As many zeros as the widest layer has inputs: the biases of a backward pass. */
  readonly #zeros: number;
  /** Weights packed for going backward, by layer. */
  readonly #packed = new Map<FusedLayer, number>();

  /**
   * @param parameterGradients - Where gradients by the parameters are written, laid out like the padded parameters; null
   * where nobody asks for them.
   */
  constructor(
    kernels: LearnKernels,
    memory: KernelMemory,
    fused: FusedNetwork,
    parameterGradients: number | null = null,
  ) {
    this.#kernels = kernels;
    this.#fused = fused;
    this.#parameterGradients = parameterGradients;
    const layers = [...fused.actor, ...fused.critic];
    this.#zeros = memory.reserve(Math.max(...layers.map((layer) => layer.inputs)));
    for (const layer of layers) this.#packed.set(layer, memory.reserve(layer.inputs * layer.outputs));
  }

  /** Renews the packed weights after the parameters changed. */
  pack(): void {
    for (const [layer, address] of this.#packed) {
      this.#kernels.packBackward(layer.weights, address, layer.inputs, layer.outputs);
    }
  }

  /** Reserves room for the gradients of so many samples. */
  reserve(samples: number, withInput = false): ResultGradients {
    const fused = this.#fused;
    const panels = (layers: readonly FusedLayer[]): PanelBuffer[] =>
      layers.map((layer) => fused.reservePanels(samples, layer.outputs));
    return {
      actor: panels(fused.actor),
      critic: panels(fused.critic),
      input: withInput ? fused.reservePanels(samples, fused.actor[0].inputs) : null,
    };
  }

  /**
   * Goes back from the gradients by the last layers' results, which the caller has written.
   *
   * @param activations - Of the forward pass, arguments kept.
   * @param sides - Without a shared trunk, a gradient by the input needs exactly one of them.
   */
  run(activations: Activations, gradients: ResultGradients, count: number, sides = BOTH): void {
    const { actor, critic, spec } = this.#fused;
    const { input } = activations;
    const actorStack: Stack = {
      layers: actor,
      results: activations.actor,
      keptArguments: activations.actorArguments,
      gradients: gradients.actor,
      input,
      dInput: gradients.input,
      vectors: (count + 3) >> 2,
    };
    if (!spec.sharedTrunk) {
      const criticStack: Stack = {
        ...actorStack,
        layers: critic,
        results: activations.critic,
        keptArguments: activations.criticArguments,
        gradients: gradients.critic,
      };
      if (sides.actor) this.#goBack(actorStack, actor.length - 1);
      if (sides.critic) this.#goBack(criticStack, critic.length - 1);
      return;
    }
    // A shared trunk gets the critic's share on top of the actor's.
    const last = actor.length - 1;
    const dTrunk = gradients.actor[last - 1];
    const trunk = { x: activations.actor[last - 1], dx: dTrunk, vectors: actorStack.vectors };
    if (sides.actor) this.#layer(actor[last], { ...trunk, dy: gradients.actor[last], addToDx: false });
    if (sides.critic) this.#layer(critic[0], { ...trunk, dy: gradients.critic[0], addToDx: sides.actor });
    this.#goBack(actorStack, last - 1);
  }

  /** From the gradient by the results of layer `from` down to the first layer. */
  #goBack(stack: Stack, from: number): void {
    const { layers, results, keptArguments, gradients, vectors } = stack;
    for (let i = from; i >= 0; i--) {
      const layer = layers[i];
      const dy = gradients[i];
      const basis = keptArguments[i] ?? results[i];
      this.#kernels.activationGradient(
        dy.address,
        dy.stride,
        basis.address,
        basis.stride,
        layer.outputs,
        vectors,
        layer.activation,
      );
      const x = i === 0 ? stack.input : results[i - 1];
      this.#layer(layer, { x, dy, dx: i === 0 ? stack.dInput : gradients[i - 1], addToDx: false, vectors });
    }
  }

  /** Gradients by a layer's weights and biases (where asked for) and by its inputs (unless null). */
  #layer(layer: FusedLayer, { x, dy, dx, addToDx, vectors }: LayerPass): void {
    const kernels = this.#kernels;
    if (this.#parameterGradients !== null) {
      const byWeights = this.#parameterGradients + (layer.weights - this.#fused.parameters);
      const byBiases = this.#parameterGradients + (layer.biases - this.#fused.parameters);
      kernels.weightGradient(
        dy.address,
        dy.stride,
        x.address,
        x.stride,
        byWeights,
        layer.inputs,
        layer.outputs,
        vectors,
      );
      kernels.biasGradient(dy.address, dy.stride, byBiases, layer.outputs, vectors);
    }
    if (!dx) return;
    kernels.dense(
      dy.address,
      dy.stride,
      this.#packed.get(layer)!,
      addToDx ? 0 : this.#zeros,
      dx.address,
      dx.stride,
      0,
      layer.outputs,
      layer.inputs,
      vectors,
      0,
    );
  }
}

/** The layers of one half, with everything that going back through them needs. */
interface Stack {
  readonly layers: readonly FusedLayer[];
  readonly results: readonly PanelBuffer[];
  readonly keptArguments: readonly PanelBuffer[];
  readonly gradients: readonly PanelBuffer[];
  readonly input: PanelBuffer;
  readonly dInput: PanelBuffer | null;
  readonly vectors: number;
}

/** One layer's inputs and the gradients around it. */
interface LayerPass {
  readonly x: PanelBuffer;
  readonly dy: PanelBuffer;
  readonly dx: PanelBuffer | null;
  readonly addToDx: boolean;
  readonly vectors: number;
}
