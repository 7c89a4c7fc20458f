import type { AgentGroup, Policy } from "../../../plugin/index.ts";
import { WAYS } from "../rules/walk.ts";

const OTHERS = WAYS.length - 1;

/**
 * How likely a policy takes each way, and how good it thinks that things stand.
 *
 * A policy tells how likely the way is that it takes. Asked about two ways at a time, it so tells how likely each is
 * against the first, and from that follow all.
 */
export class WayOdds {
  /** In the order of `WAYS`; 0 where a hedge is in the way. */
  readonly odds = new Float32Array(WAYS.length);
  /** What it expects to be paid from here on. */
  expected = 0;
  readonly #values = new Float32Array(OTHERS);
  readonly #logProbabilities = new Float32Array(OTHERS);
  readonly #masks = new Uint8Array(OTHERS * WAYS.length);
  readonly #actions = { continuous: new Float32Array(0), discrete: new Int32Array(OTHERS) };
  #images = new Uint8Array(0);

  /** @param group - One agent's, as it was when it decided. */
  ask(policy: Policy, { observations, images, masks }: AgentGroup): void {
    if (this.#images.length !== images.length * OTHERS) this.#images = new Uint8Array(images.length * OTHERS);
    this.#masks.fill(0);
    for (let row = 0; row < OTHERS; row++) {
      this.#images.set(images, row * images.length);
      this.#masks[row * WAYS.length] = this.#masks[row * WAYS.length + row + 1] = 1;
    }
    policy.decide(
      { agents: OTHERS, observations, images: this.#images, masks: this.#masks, actions: this.#actions },
      { greedy: true, logProbabilities: this.#logProbabilities, values: this.#values },
    );
    // The first way's share of itself is 1; the others' shares follow from the pairs.
    this.odds[0] = 1;
    for (let row = 0; row < OTHERS; row++) {
      const taken = Math.exp(this.#logProbabilities[row]);
      const share = this.#actions.discrete[row] === 0 ? 1 - taken : taken;
      this.odds[row + 1] = share / Math.max(1e-7, 1 - share);
    }
    let sum = 0;
    for (let way = 0; way < WAYS.length; way++) sum += this.odds[way] *= masks[way];
    for (let way = 0; way < WAYS.length; way++) this.odds[way] /= Math.max(1e-12, sum);
    this.expected = this.#values[0];
  }
}
