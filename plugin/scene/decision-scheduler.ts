import type { Observer } from "@babylonjs/core/Misc/observable.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { choiceCount } from "../core/action-spec.ts";
import type { ActionBatch } from "../core/environment.ts";
import { imageSize, observationSize } from "../core/observation-spec.ts";
import type { DecideOptions, DecisionBatch, Policy } from "../core/policy.ts";

/** Longer frames count as this long, as Babylon's physics does it: nothing catches up after a sleeping tab. */
export const LONGEST_FRAME_SECONDS = 0.1;

/** Who decided, and where it stood then. The same object at every decision of a batch. */
export interface DecisionOrigin {
  readonly policy: Policy;
  readonly greedy: boolean;
  /** The policy's trace before it decided; all 0 for a policy without one. */
  readonly seed: number;
  readonly calls: number;
  readonly revision: number;
}

/** What the scheduler drives: a controller. */
export interface Decider {
  readonly policy: Policy | null;
  readonly greedy: boolean;
  /** Whether it takes part in this frame at all. */
  readonly running: boolean;
  /** Whether someone else than the policy decides. */
  readonly scripted: boolean;
  /** Advances its clock. @returns Whether a decision is due now. */
  elapse(seconds: number): boolean;
  /** Writes its observation, pictures and masks into row `row` of a batch. */
  observe(batch: DecisionBatch, row: number): void;
  /** Takes over row `row` of a batch that a policy decided. */
  decide(batch: DecisionBatch, row: number, origin: DecisionOrigin): void;
  /** Observes and decides without a policy. */
  decideAlone(): void;
  /** Applies what was decided. */
  act(seconds: number): void;
  /** Called when one of the above threw. @returns The error, when nobody listens for it. */
  fail(error: unknown): Error | null;
}

const schedulers = new WeakMap<Scene, DecisionScheduler>();

/**
 * Lets all controllers of a scene sense, decide and act once a frame; those that share a policy decide in one batch.
 *
 * Runs before the scene's animations and physics. Allocates only when there are more deciders, or new policies, than ever
 * before. Made by the first controller of a scene; leaves the scene with the last.
 */
export class DecisionScheduler {
  /** While true, no controller of the scene senses, decides or acts, and no time passes for them. */
  frozen = false;
  readonly #scene: Scene;
  #deciders: readonly Decider[] = [];
  #observer: Observer<Scene> | null = null;
  readonly #batches = new WeakMap<Policy, { sampled: Batch | null; greedy: Batch | null }>();
  readonly #due: Batch[] = [];
  #spread = 0;

  private constructor(scene: Scene) {
    this.#scene = scene;
  }

  /** @returns The scheduler of that scene, always the same. */
  static of(scene: Scene): DecisionScheduler {
    let scheduler = schedulers.get(scene);
    if (!scheduler) {
      scheduler = new DecisionScheduler(scene);
      schedulers.set(scene, scheduler);
    }
    return scheduler;
  }

  /** How many controllers there are. */
  get count(): number {
    return this.#deciders.length;
  }

  add(decider: Decider): void {
    this.#deciders = [...this.#deciders, decider];
    this.#observer ??= this.#scene.onBeforeAnimationsObservable.add(() => this.advance(secondsOfFrame(this.#scene)));
  }

  remove(decider: Decider): void {
    this.#deciders = this.#deciders.filter((other) => other !== decider);
    if (this.#deciders.length > 0) return;
    this.#observer?.remove();
    this.#observer = null;
  }

  /** Phases in [0, 1) that fill a decision period evenly, however many are asked for: multiples of the golden ratio. */
  nextPhase(): number {
    const phase = this.#spread;
    this.#spread = (this.#spread + 0.6180339887498949) % 1;
    return phase;
  }

  /**
   * One frame. The scene calls this; call it yourself only where nothing renders.
   *
   * @param seconds - The frame's length; longer ones count as `LONGEST_FRAME_SECONDS`.
   * @throws The first error of a controller for which nobody listens, after all others have decided and acted.
   */
  advance(seconds: number): void {
    if (this.frozen) return;
    const frame = Math.min(seconds, LONGEST_FRAME_SECONDS);
    const deciders = this.#deciders;
    let unheard: Error | null = null;
    for (const decider of deciders) unheard = this.#gather(decider, frame) ?? unheard;
    for (const batch of this.#due) unheard = batch.decide() ?? unheard;
    this.#due.length = 0;
    for (const decider of deciders) {
      if (!decider.running) continue;
      try {
        decider.act(frame);
      } catch (error) {
        unheard = decider.fail(error) ?? unheard;
      }
    }
    if (unheard) throw unheard;
  }

  #gather(decider: Decider, seconds: number): Error | null {
    if (!decider.running || !decider.elapse(seconds)) return null;
    try {
      if (decider.scripted) {
        decider.decideAlone();
      } else if (decider.policy) {
        const batch = this.#batchOf(decider.policy, decider.greedy);
        batch.add(decider);
        if (batch.rows === 1) this.#due.push(batch);
      }
      return null;
    } catch (error) {
      return decider.fail(error);
    }
  }

  #batchOf(policy: Policy, greedy: boolean): Batch {
    let pair = this.#batches.get(policy);
    if (!pair) {
      pair = { sampled: null, greedy: null };
      this.#batches.set(policy, pair);
    }
    if (greedy) return (pair.greedy ??= new Batch(policy, greedy));
    return (pair.sampled ??= new Batch(policy, greedy));
  }
}

/** A batch that grows. */
interface Arrays extends DecisionBatch {
  agents: number;
  readonly images: Uint8Array;
}

/** Everything that decides with one policy in one frame. */
class Batch {
  rows = 0;
  readonly #policy: Policy;
  readonly #options: DecideOptions;
  readonly #origin: { -readonly [Key in keyof DecisionOrigin]: DecisionOrigin[Key] };
  readonly #deciders: (Decider | null)[] = [];
  readonly #observation: number;
  readonly #pixels: number;
  readonly #choices: number;
  readonly #continuous: number;
  readonly #branches: number;
  #capacity = 0;
  #arrays: Arrays;

  constructor(policy: Policy, greedy: boolean) {
    const { action, observation } = policy.role;
    this.#policy = policy;
    this.#options = { greedy };
    this.#origin = { policy, greedy, seed: 0, calls: 0, revision: 0 };
    this.#observation = observationSize(observation);
    this.#pixels = imageSize(observation);
    this.#choices = choiceCount(action);
    this.#continuous = action.continuous.length;
    this.#branches = action.discrete.length;
    this.#arrays = this.#allocate(0);
  }

  /** Adds a decider's observation as the next row; when that throws, the row is not taken. */
  add(decider: Decider): void {
    if (this.rows === this.#capacity) this.#grow();
    const row = this.rows;
    decider.observe(this.#arrays, row);
    this.#deciders[row] = decider;
    this.rows += 1;
  }

  /** @returns The first error that nobody listens for. */
  decide(): Error | null {
    const { rows } = this;
    this.rows = 0;
    this.#arrays.agents = rows;
    let unheard: Error | null = null;
    let failed: unknown = null;
    const { trace } = this.#policy;
    if (trace) {
      this.#origin.seed = trace.seed;
      this.#origin.calls = trace.calls;
      this.#origin.revision = trace.revision;
    }
    try {
      this.#policy.decide(this.#arrays, this.#options);
    } catch (error) {
      failed = error;
    }
    for (let row = 0; row < rows; row++) {
      const decider = this.#deciders[row];
      this.#deciders[row] = null;
      // A listener may have stopped it since it was gathered.
      if (!decider?.running) continue;
      try {
        if (failed !== null) throw failed as Error;
        decider.decide(this.#arrays, row, this.#origin);
      } catch (error) {
        unheard = decider.fail(error) ?? unheard;
      }
    }
    return unheard;
  }

  #grow(): void {
    const { observations, images, masks } = this.#arrays;
    this.#capacity = Math.max(4, 2 * this.#capacity);
    this.#arrays = this.#allocate(this.#capacity);
    this.#arrays.observations.set(observations);
    this.#arrays.images.set(images);
    this.#arrays.masks.set(masks);
  }

  #allocate(capacity: number): Arrays {
    const actions: ActionBatch = {
      continuous: new Float32Array(capacity * this.#continuous),
      discrete: new Int32Array(capacity * this.#branches),
    };
    return {
      agents: 0,
      observations: new Float32Array(capacity * this.#observation),
      images: new Uint8Array(capacity * this.#pixels),
      masks: new Uint8Array(capacity * this.#choices),
      actions,
    };
  }
}

/** Seconds that a scene's current frame takes. */
export function secondsOfFrame(scene: Scene): number {
  const milliseconds = scene.useConstantAnimationDeltaTime ? 16 : scene.getEngine().getDeltaTime();
  return Math.max(0, milliseconds) / 1000;
}
