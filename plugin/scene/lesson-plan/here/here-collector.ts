import type { Scene } from "@babylonjs/core/scene.js";
import type { DecisionBatch, Policy } from "../../../core/policy.ts";
import type { Random } from "../../../core/random.ts";
import type { Rollout } from "../../../learn/rollout.ts";
import type { ActionWriter } from "../../action-writer.ts";
import { LONGEST_FRAME_SECONDS } from "../../decision-scheduler.ts";
import type { Heuristic, NeuralController } from "../../neural-controller.ts";
import { EffortMeter } from "../effort-meter.ts";
import { PLAN_SECONDS } from "../find-plan-problems.ts";
import { PlanRules } from "../plan-rules.ts";
import type { LessonPlan } from "../plan.ts";
import { sceneSite } from "../scene-site.ts";

/** What a `HereCollector` works with. */
export interface HereParts {
  readonly plan: LessonPlan;
  /** The live agent. */
  readonly controller: NeuralController;
  /** Decides; the collector's own. */
  readonly policy: Policy;
  /** Of the resets. */
  readonly random: Random;
  /** Told when a rollout is full, once an order. */
  readonly onFull: (rollout: Rollout) => void;
}

type HereBatch = Required<DecisionBatch>;

/**
 * Lets a policy act through a live agent in the visible scene, in real time, and writes down what happened.
 *
 * It decides in the agent's place, as its heuristic, and leaves the scene's clock alone. Where an episode ends, the agent rests for
 * one decision, while everything that the plan resets is put in its place. Between two orders it goes on playing without
 * writing down. Nothing allocates from frame to frame.
 */
export class HereCollector {
  readonly rules: PlanRules;
  readonly #parts: HereParts;
  readonly #effort: EffortMeter;
  readonly #heuristic: Heuristic | null;
  readonly #observers: readonly { remove(): void }[];
  readonly #logProbability = new Float32Array(1);
  readonly #value = new Float32Array(1);
  readonly #drawn = { logProbabilities: this.#logProbability, values: this.#value };
  readonly #judged = { greedy: true, values: this.#value };
  /** What the decision under way has earned, the episode's return, and its length in seconds. */
  readonly #sums = new Float64Array(3);
  #lone: HereBatch | null = null;
  #rollout: Rollout | null = null;
  /** The next row, and whether the one before waits for its reward. */
  #row = 0;
  #isOpen = false;
  #length = 0;
  #isHurried = false;
  #disposed = false;

  constructor(parts: HereParts) {
    this.#parts = parts;
    const { controller, plan } = parts;
    const node = controller.attachedNode!;
    const scene = node.getScene();
    this.#effort = new EffortMeter(controller.actuators);
    this.rules = new PlanRules(
      plan,
      sceneSite(node, () => this.#effort.meanSquare),
    );
    this.#heuristic = controller.heuristic;
    const score = scene.onBeforeRenderObservable.add(() => this.#score(scene));
    const hear = controller.onDecisionObservable.add(({ values }) => this.#effort.hear(values));
    this.#observers = [score, hear];
    this.#begin();
    controller.heuristic = (actions) => this.#decide(actions);
  }

  /** Asks for a rollout of one agent: it is filled from the next decision on. */
  order(rollout: Rollout): void {
    this.#rollout = rollout;
    this.#row = 0;
    this.#isOpen = false;
    rollout.episodes.count[0] = 0;
    rollout.active.fill(1);
    this.#isHurried = false;
  }

  /** Ends the rollout under way with its next row, so that nobody waits for the rest: what is missing counts as no agent. */
  hurry(): void {
    this.#isHurried = true;
  }

  /** Gives the agent back, standing still. May be called twice. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const observer of this.#observers) observer.remove();
    const { controller } = this.#parts;
    controller.heuristic = this.#heuristic;
    controller.reset();
    this.rules.dispose();
  }

  #begin(): void {
    this.rules.begin(this.#parts.random);
    this.#sums.fill(0);
    this.#length = 0;
    this.#parts.controller.reset();
  }

  /** After the frame's physics. */
  #score(scene: Scene): void {
    const { controller } = this.#parts;
    if (controller.paused || !controller.enabled || this.rules.outcome !== "running") return;
    const seconds = Math.min(LONGEST_FRAME_SECONDS, scene.getEngine().getDeltaTime() / 1000);
    if (!(seconds > 0)) return;
    this.#sums[0] += this.rules.step(seconds);
    this.#sums[2] += seconds;
    const limit = this.#parts.plan.timeLimitSeconds ?? PLAN_SECONDS;
    if (this.rules.outcome === "running" && this.#sums[2] >= limit) this.rules.outcome = "truncated";
  }

  #decide(writer: ActionWriter): void {
    const hasEnded = this.rules.outcome !== "running";
    this.rules.decided();
    if (this.#isOpen) this.#close(writer, hasEnded);
    if (hasEnded) {
      this.#begin();
      // The critic was asked with the same writer.
      writer.clear();
      return;
    }
    this.#sums[0] = 0;
    this.#act(writer);
  }

  /** Writes down how the last decision went. */
  #close(writer: ActionWriter, hasEnded: boolean): void {
    const rollout = this.#rollout!;
    const row = this.#row - 1;
    const { outcome, succeeded } = this.rules;
    this.#isOpen = false;
    rollout.rewards[row] = this.#sums[0]!;
    this.#sums[1] += this.#sums[0];
    this.#length += 1;
    rollout.terminated[row] = outcome === "terminated" ? 1 : 0;
    rollout.truncated[row] = outcome === "truncated" ? 1 : 0;
    const isFull = this.#row === rollout.steps || this.#isHurried;
    if (this.#isHurried) rollout.active.fill(0, this.#row);
    // What follows is cut off, although the episode goes on.
    if (this.#isHurried && !hasEnded) rollout.truncated[row] = 1;
    if (rollout.truncated[row] === 1 || isFull) {
      this.#parts.policy.decide(this.#batch(writer), this.#judged);
      rollout.finalValues[row] = this.#value[0]!;
      rollout.lastValues[0] = this.#value[0]!;
    }
    if (hasEnded) {
      const log = rollout.episodes;
      const at = log.count[0]++;
      log.returns[at] = this.#sums[1]!;
      log.lengths[at] = this.#length;
      log.succeeded[at] = succeeded ? 1 : 0;
      const { scores } = this.rules;
      for (let term = 0; term < scores.length; term++) log.termSums[at * scores.length + term] = scores[term].sum;
    }
    if (!isFull) return;
    this.#rollout = null;
    this.#isHurried = false;
    this.#parts.onFull(rollout);
  }

  /** The one agent as a batch. The writer is the same every time. */
  #batch(writer: ActionWriter): HereBatch {
    const { observation, images } = this.#parts.controller;
    const { actions, masks } = writer;
    this.#lone ??= { agents: 1, observations: observation, images, masks, actions };
    return this.#lone;
  }

  /** Draws what to do, and writes down what was seen and drawn. */
  #act(writer: ActionWriter): void {
    const batch = this.#batch(writer);
    this.#parts.policy.decide(batch, this.#drawn);
    const rollout = this.#rollout;
    if (!rollout) return;
    const row = this.#row++;
    rollout.observations.set(batch.observations, row * batch.observations.length);
    rollout.images.set(batch.images, row * batch.images.length);
    rollout.continuous.set(writer.actions.continuous, row * writer.actions.continuous.length);
    rollout.discrete.set(writer.actions.discrete, row * writer.actions.discrete.length);
    rollout.masks.set(writer.masks, row * writer.masks.length);
    rollout.logProbabilities[row] = this.#logProbability[0]!;
    rollout.values[row] = this.#value[0]!;
    this.#isOpen = true;
  }
}
