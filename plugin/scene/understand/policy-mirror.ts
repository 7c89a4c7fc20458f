import type { Policy, PolicyData } from "../../core/policy.ts";
import { describeNetwork } from "../../learn/describe-network.ts";
import type { NeuralController } from "../neural-controller.ts";

/** Something that is made of a policy and can take over another one of the same shape. */
export interface PolicyShown {
  assign(data: PolicyData): void;
  dispose(): void;
}

/**
 * Keeps what is made of a controller's policy in step with it: after a swap, and after new parameters. What needs time to be
 * made is null until it is there.
 */
export class PolicyMirror<Shown extends PolicyShown> {
  readonly #controller: NeuralController;
  readonly #make: (data: PolicyData) => Promise<Shown>;
  #shown: Shown | null = null;
  #shape = "";
  #policy: Policy | null = null;
  #revision = -1;
  #making: Promise<void> | null = null;
  #failure: Error | null = null;
  #disposed = false;

  constructor(controller: NeuralController, make: (data: PolicyData) => Promise<Shown>) {
    this.#controller = controller;
    this.#make = make;
  }

  /** Why there is nothing to show, e.g. pictures that cannot be explained; null where nothing is wrong. */
  get failure(): Error | null {
    return this.#failure;
  }

  /** What shows the controller's present policy, or null while it is being made, or where there is no policy. */
  get(): Shown | null {
    const { policy } = this.#controller;
    if (this.#disposed || !policy || this.#making) return null;
    const revision = policy.trace?.revision ?? 0;
    if (policy === this.#policy && revision === this.#revision) return this.#shown;
    this.#policy = policy;
    this.#revision = revision;
    // The labels are the controller's own, so that only the network can differ.
    const data = policy.toData();
    const shape = `${describeNetwork(data.network)} ${data.parameters.length}`;
    if (this.#shown && shape === this.#shape) {
      this.#shown.assign(data);
      return this.#shown;
    }
    this.#remake(data, shape);
    return null;
  }

  /** Settles when what is being made is there. */
  async ready(): Promise<void> {
    this.get();
    await this.#making;
  }

  /** May be called twice. */
  dispose(): void {
    this.#disposed = true;
    this.#shown?.dispose();
    this.#shown = null;
  }

  #remake(data: PolicyData, shape: string): void {
    this.#shown?.dispose();
    this.#shown = null;
    this.#failure = null;
    this.#shape = shape;
    this.#making = this.#make(data)
      .then((shown) => {
        if (this.#disposed) shown.dispose();
        else this.#shown = shown;
      })
      .catch((error: unknown) => {
        this.#failure = error as Error;
      })
      .finally(() => {
        this.#making = null;
      });
  }
}
