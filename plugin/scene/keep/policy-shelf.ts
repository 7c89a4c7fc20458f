import type { Node } from "@babylonjs/core/node.js";
import { adaptPolicy } from "../../compute/adapt-policy.ts";
import type { KernelOptions } from "../../compute/kernels.ts";
import { createPolicy } from "../../compute/wasm-policy.ts";
import { ConfigurationError, PolicyMismatchError } from "../../core/errors.ts";
import type { Policy, PolicyData } from "../../core/policy.ts";
import { assertSameRole } from "../../core/same-role.ts";
import type { RoleSpec } from "../../core/role-spec.ts";
import type { NeuralController } from "../neural-controller.ts";
import type { PolicyDescription } from "./description.ts";
import { nameKeeper } from "./keepsake.ts";
import { readKeptPolicy, type KeptPolicyOptions } from "./policy-keeping.ts";

/** What became of one order. */
export interface Delivery {
  readonly node: Node;
  readonly note?: string;
  readonly error?: unknown;
}

/** Fetches the policies that controllers wait for: each file once, one policy for all that can share it. */
export class PolicyShelf {
  readonly #options: KeptPolicyOptions & KernelOptions;
  readonly #files = new Map<string, Promise<PolicyData>>();
  readonly #policies = new Map<string, Promise<Policy>>();
  readonly #deliveries: Promise<Delivery>[] = [];

  constructor(options: KeptPolicyOptions & KernelOptions) {
    this.#options = options;
  }

  /** Begins to fetch. A controller that has got another policy or was disposed of meanwhile is left alone. */
  order(node: Node, controller: NeuralController, description: PolicyDescription): void {
    const delivery = this.#serve(node, controller, description);
    this.#deliveries.push(delivery.catch((error: unknown) => ({ node, error })));
  }

  /** What became of the orders so far, in order. Never rejects. */
  deliver(): Promise<readonly Delivery[]> {
    return Promise.all(this.#deliveries);
  }

  async #serve(node: Node, controller: NeuralController, description: PolicyDescription): Promise<Delivery> {
    const who = `${nameKeeper(node)}: the policy of "${controller.name}"`;
    const source = "url" in description ? `url ${description.url}` : `embedded ${description.embedded}`;
    const data = await remember(this.#files, source, () => readKeptPolicy(description, who, this.#options));
    const { fitting, isAdapted } = fit(data, controller.role, who);
    const policy = await remember(this.#policies, `${JSON.stringify(controller.role)} ${source}`, () =>
      createPolicy(fitting, this.#options),
    );
    if (controller.policy === null && !controller.isDisposed) controller.policy = policy;
    return isAdapted
      ? { node, note: `${who} was adapted to its sensors, which have changed. Teach it on, and keep it again.` }
      : { node };
  }
}

function fit(data: PolicyData, role: RoleSpec, who: string): { fitting: PolicyData; isAdapted: boolean } {
  try {
    assertSameRole(data.role, role, who);
    return { fitting: data, isAdapted: false };
  } catch (error) {
    if (!(error instanceof PolicyMismatchError)) throw error;
  }
  try {
    return { fitting: adaptPolicy(data, role), isAdapted: true };
  } catch (cause) {
    throw new ConfigurationError(`${who}: ${(cause as Error).message}`, { cause });
  }
}

function remember<T>(shelf: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const known = shelf.get(key);
  if (known) return known;
  const made = make();
  shelf.set(key, made);
  return made;
}
