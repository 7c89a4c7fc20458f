import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { ConfigurationError } from "../../core/errors.ts";
import { assertNumber } from "../check-option.ts";
import { controllersOf } from "../controllers-of.ts";
import { DecisionScheduler, LONGEST_FRAME_SECONDS, secondsOfFrame } from "../decision-scheduler.ts";
import type { Decision, NeuralController } from "../neural-controller.ts";
import { DecisionTrack } from "./decision-track.ts";
import { PoseTrack } from "./pose-track.ts";

/** What to record, and how much of it. */
export interface FlightRecorderOptions {
  /** How far back one can look, above 0, at most 600. Default 30. */
  readonly seconds?: number;
  /** Further nodes whose poses are recorded beside the agents' own, e.g. a ball. Default none. */
  readonly nodes?: readonly TransformNode[];
  /** Poses that are written down a second, above 0, at most 240; in between they are interpolated. Default 30. */
  readonly posesPerSecond?: number;
}

/** One agent's part in a recorder. */
interface Recorded {
  readonly track: DecisionTrack;
  readonly node: TransformNode;
  readonly stop: () => void;
}

/**
 * Records the last seconds of agents: every decision with what was sensed, the policy as it was and the state of its chance,
 * and where the agents stood. So any decision can be made again, bit for bit, and the scene can be shown as it was.
 *
 * `FlightRecorder.attach(guard)` or `FlightRecorder.attach(scene)`. Allocates nothing per frame or decision, but for one copy
 * of a policy's parameters whenever they have changed. Its clock stands still while it shows the past.
 */
export class FlightRecorder {
  readonly seconds: number;
  readonly #scene: Scene;
  readonly #poses: PoseTrack;
  readonly #posePeriod: number;
  readonly #recorded = new Map<NeuralController, Recorded>();
  readonly #controllers: NeuralController[] = [];
  readonly #observers: readonly { remove(): void }[];
  #now = 0;
  #untilPose = 0;
  #frozen: { readonly physics: boolean; readonly animations: boolean } | null = null;
  #disposed = false;

  /** Use `attach`. */
  private constructor(scene: Scene, { seconds = 30, nodes = [], posesPerSecond = 30 }: FlightRecorderOptions) {
    const who = "FlightRecorder";
    assertNumber(who, "seconds", seconds, { above: 0, atMost: 600 }, "Say how far back one can look.");
    const advice = "Leave it out, or give e.g. 60.";
    assertNumber(who, "posesPerSecond", posesPerSecond, { above: 0, atMost: 240 }, advice);
    this.seconds = seconds;
    this.#scene = scene;
    this.#posePeriod = 1 / posesPerSecond;
    this.#poses = new PoseTrack(Math.ceil(seconds * posesPerSecond) + 2);
    for (const node of nodes) this.#poses.add(node);
    this.#observers = [
      scene.onBeforeRenderObservable.add(() => this.#tick()),
      scene.onDisposeObservable.add(() => this.dispose()),
    ];
  }

  /**
   * Begins to record.
   *
   * @param subject - A controller that drives a node, several of one scene, or a scene: all of its controllers at present;
   * `add` those that come later.
   * @throws ConfigurationError for options that cannot work, and for a controller without a node.
   */
  static attach(
    subject: NeuralController | readonly NeuralController[] | Scene,
    options: FlightRecorderOptions = {},
  ): FlightRecorder {
    if ("getEngine" in subject) return start(subject, controllersOf(subject));
    const controllers = "role" in subject ? [subject] : subject;
    const [first] = controllers;
    if (!first) {
      throw new ConfigurationError(
        "FlightRecorder: needed at least 1 controller, came none. Give it a controller or a scene.",
      );
    }
    for (const controller of controllers) nodeOf(controller);
    return start(nodeOf(first).getScene(), controllers);

    function start(scene: Scene, all: readonly NeuralController[]): FlightRecorder {
      const recorder = new FlightRecorder(scene, options);
      for (const controller of all) recorder.add(controller);
      return recorder;
    }
  }

  /** Seconds of its clock: what is recorded now has this time. */
  get now(): number {
    return this.#now;
  }

  /** Time of the oldest pose that is still there; `now` before the first. */
  get begin(): number {
    return Number.isNaN(this.#poses.begin) ? this.#now : this.#poses.begin;
  }

  /** Of every recorded agent. */
  get tracks(): readonly DecisionTrack[] {
    return Array.from(this.#recorded.values(), ({ track }) => track);
  }

  /** Whether the scene shows the past at present; games should then leave its nodes alone. */
  get isShowing(): boolean {
    return this.#frozen !== null;
  }

  /** Records that controller too from now on. @throws ConfigurationError for one without a node. */
  add(controller: NeuralController): void {
    if (this.#disposed || this.#recorded.has(controller)) return;
    const node = nodeOf(controller);
    const track = new DecisionTrack(controller, Math.ceil(this.seconds * controller.decisionsPerSecond) + 2);
    const observer = controller.onDecisionObservable.add((decision: Decision) => track.record(decision, this.#now));
    this.#recorded.set(controller, { track, node, stop: () => observer.remove() });
    this.#controllers.push(controller);
    this.#poses.add(node);
  }

  /** Forgets that controller and its record. */
  remove(controller: NeuralController): void {
    const recorded = this.#recorded.get(controller);
    if (!recorded) return;
    recorded.stop();
    this.#recorded.delete(controller);
    this.#controllers.splice(this.#controllers.indexOf(controller), 1);
    this.#poses.remove(recorded.node);
  }

  /** The decisions of a controller. @throws ConfigurationError for one that is not recorded. */
  trackOf(controller: NeuralController): DecisionTrack {
    const recorded = this.#recorded.get(controller);
    if (recorded) return recorded.track;
    throw new ConfigurationError(
      `FlightRecorder: needed a controller that it records, came "${controller.name}". Call add(controller) first.`,
    );
  }

  /**
   * Shows all recorded nodes as they stood at a time, and lets nothing move meanwhile: physics, animations and all
   * controllers of the scene wait. Call it as often as one scrubs; end with `release`.
   *
   * @param at - Seconds of its clock; times outside of the record show its end that is nearer.
   * @throws ConfigurationError while nothing is recorded yet.
   */
  showPose(at: number): void {
    if (this.#disposed) return;
    if (Number.isNaN(this.#poses.begin) || !Number.isFinite(at)) {
      throw new ConfigurationError(
        `FlightRecorder: needed a time from ${this.begin} to ${this.#now} of its record, came ${at}. Record some frames first.`,
      );
    }
    if (!this.#frozen) {
      const { physicsEnabled: physics, animationsEnabled: animations } = this.#scene;
      this.#frozen = { physics, animations };
      this.#scene.physicsEnabled = false;
      this.#scene.animationsEnabled = false;
      DecisionScheduler.of(this.#scene).frozen = true;
    }
    this.#poses.show(at);
  }

  /** Ends showing the past: the scene goes on exactly where it was. */
  release(): void {
    if (!this.#frozen) return;
    this.#poses.restore();
    this.#scene.physicsEnabled = this.#frozen.physics;
    this.#scene.animationsEnabled = this.#frozen.animations;
    DecisionScheduler.of(this.#scene).frozen = false;
    this.#frozen = null;
  }

  /** Ends recording and forgets everything; the scene goes on where it was. May be called twice. */
  dispose(): void {
    if (this.#disposed) return;
    this.release();
    this.#disposed = true;
    for (const observer of this.#observers) observer.remove();
    for (const controller of [...this.#recorded.keys()]) this.remove(controller);
  }

  /** After decisions, animations and physics of a frame, before it is drawn. */
  #tick(): void {
    if (this.#frozen) return;
    // Not told by their nodes: a controller that leaves its node may keep later listeners from being told.
    for (let i = this.#controllers.length - 1; i >= 0; i--) {
      if (this.#controllers[i].isDisposed) this.remove(this.#controllers[i]);
    }
    if (this.#untilPose <= 1e-6) {
      this.#poses.record(this.#now);
      this.#untilPose = Math.max(0, this.#untilPose + this.#posePeriod);
    }
    const seconds = Math.min(secondsOfFrame(this.#scene), LONGEST_FRAME_SECONDS);
    this.#untilPose -= seconds;
    this.#now += seconds;
  }
}

function nodeOf(controller: NeuralController): TransformNode {
  const node = controller.attachedNode;
  if (node) return node;
  throw new ConfigurationError(
    `FlightRecorder: needed a controller that drives a node, came "${controller.name}" without one. Call node.addBehavior(controller) first.`,
  );
}
