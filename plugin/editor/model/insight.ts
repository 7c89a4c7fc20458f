import {
  createNetworkView,
  createSaliency,
  FlightRecorder,
  namedOutputs,
  Observable,
  type AskedOutput,
  type Decision,
  type DecisionTrack,
  type NetworkView,
  type NeuralController,
  type Policy,
  type PolicyData,
  type Saliency,
} from "../../index.ts";
import { decideAgain, type PastMoment } from "./past-moment.ts";
import { findNode } from "./find-node.ts";
import { SaliencyDrawing } from "./saliency-drawing.ts";
import { messageOf, type Studio } from "./studio.ts";
import { Turns } from "./turns.ts";
import { ValueFloor } from "./value-floor.ts";

/** Milliseconds between two drawings: quicker than anybody reads, and cheap. */
const PERIOD = 120;

/** Milliseconds between two looks whether the policy has learned something. */
const FRESH = 1000;

/** How many values of the past are drawn. */
const PAST = 240;

/** What a policy makes of an observation. */
export interface Outcome {
  /** Of each number, [continuous]. */
  readonly means: Float32Array;
  /** Of each alternative, branch after branch, [choices]. */
  readonly probabilities: Float32Array;
  /** The critic's estimate. */
  readonly value: number;
}

/** Looks into one agent: what it senses, expects and does, why, and what it did in the last 30 seconds. */
export class Insight {
  /** Whoever draws: each has its turn in a frame of its own, at most eight times a second. */
  readonly onRefreshObservable = new Turns();
  /** The network can be looked at now, or no longer. */
  readonly onChangeObservable = new Observable<void>();
  readonly controller: NeuralController;
  /** Least and greatest of what each observation was, [observation]. */
  readonly least: Float32Array;
  readonly greatest: Float32Array;
  /** What is shown: the last observation, or that of the moment that is scrubbed to, [observation]. */
  readonly observation: Float32Array;
  /** The critic's estimates of the past, oldest first; the first `valueCount` count. */
  readonly values = new Float32Array(PAST);
  valueCount = 0;
  readonly recorder: FlightRecorder;
  /** What "why?" is asked about: a number of an output, or the critic's estimate. */
  asked: AskedOutput = 0;
  readonly #studio: Studio;
  readonly #drawing: SaliencyDrawing;
  readonly #observer: { remove(): void };
  readonly #frames: { remove(): void };
  #policy: Policy | null = null;
  #view: NetworkView | null = null;
  #saliency: Saliency | null = null;
  #told = 0;
  #fresh = 0;
  #at: number | null = null;
  #past: PastMoment | null = null;
  /** Whether the network stands as it did at a moment of the past. */
  #isOld = false;
  #floor: ValueFloor | null = null;
  #disposed = false;

  /** @param controller - Drives a node. */
  constructor(studio: Studio, controller: NeuralController) {
    this.#studio = studio;
    this.controller = controller;
    const size = controller.observation.length;
    this.observation = new Float32Array(size);
    this.least = new Float32Array(size).fill(Infinity);
    this.greatest = new Float32Array(size).fill(-Infinity);
    const plans = studio.lessons.all.filter(({ node }) => node === controller.attachedNode?.id);
    const targets = plans.flatMap(({ resets }) => resets.map(({ node }) => findNode(studio.scene, node)));
    const nodes = [...new Set(targets)].filter((node) => node !== null && node !== controller.attachedNode);
    this.recorder = FlightRecorder.attach(controller, { nodes: nodes as never });
    this.#drawing = new SaliencyDrawing(controller);
    studio.view.add(this.#drawing);
    this.#observer = controller.onDecisionObservable.add((decision) => this.#hear(decision));
    this.#frames = studio.scene.onAfterRenderObservable.add(() => this.#step());
    this.#followPolicy();
  }

  /** The network at work; null without a policy, or until it is ready. */
  get view(): NetworkView | null {
    return this.#view;
  }

  /** Why it does so; null where that cannot be asked, e.g. of policies that see pictures. */
  get saliency(): Saliency | null {
    return this.#saliency;
  }

  /** Everything that "why?" can be asked about. */
  get outputs(): ReturnType<typeof namedOutputs> {
    return namedOutputs(this.controller.role);
  }

  /** The moment that is shown, in seconds of the recorder's clock; null while it is live. */
  get at(): number | null {
    return this.#at;
  }

  /** The decision of the moment that is shown; null while it is live, and before the first one. */
  get past(): PastMoment | null {
    return this.#past;
  }

  /** The map of what it expects all over the floor; null while it is not shown. */
  get floor(): ValueFloor | null {
    return this.#floor;
  }

  /** Shows or hides that map. */
  showFloor(shown: boolean): void {
    if (shown === (this.#floor !== null)) return;
    this.#floor?.dispose();
    this.#floor = shown ? new ValueFloor(this.#studio.scene, this.controller) : null;
    this.onChangeObservable.notifyObservers();
  }

  /** What the policy makes of what is shown; in the past as it was then. Null where nothing can be told. */
  get outcome(): Outcome | null {
    return this.#past ? this.#past.replayed : this.#view;
  }

  ask(asked: AskedOutput): void {
    this.asked = asked;
    this.#refresh();
  }

  /** Shows a moment of the last 30 seconds. */
  showMoment(at: number): void {
    this.recorder.showPose(at);
    this.#at = at;
    const track = this.recorder.trackOf(this.controller);
    const decision = track.decisionAt(at);
    if (decision < 0) this.#past = null;
    else if (decision !== this.#past?.decision) this.#lookBack(track, decision);
    this.#refresh();
  }

  /** Ends looking at the past. */
  goLive(): void {
    this.recorder.release();
    this.#at = null;
    this.#past = null;
    if (this.#isOld && this.#policy) this.#assign(this.#policy.toData());
    this.#isOld = false;
    this.#refresh();
  }

  /** Lets go of the agent. May be called twice. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.recorder.dispose();
    this.#drawing.dispose();
    this.#floor?.dispose();
    this.#studio.view.remove(this.#drawing);
    this.#observer.remove();
    this.#frames.remove();
    this.#forget();
  }

  #step(): void {
    this.onRefreshObservable.step();
    if (this.#at === null) this.#floor?.step();
  }

  #hear({ observation }: Decision): void {
    for (let i = 0; i < observation.length; i++) {
      if (observation[i] < this.least[i]) this.least[i] = observation[i];
      if (observation[i] > this.greatest[i]) this.greatest[i] = observation[i];
    }
    const now = performance.now();
    if (this.#at !== null || now - this.#told < PERIOD) return;
    this.#told = now;
    this.observation.set(observation);
    if (now - this.#fresh > FRESH) this.#followPolicy();
    this.#refresh();
    this.#rememberValue();
  }

  #refresh(): void {
    const { images } = this.controller;
    this.#view?.look(
      images.length > 0 ? { observations: this.observation, images } : { observations: this.observation },
    );
    this.#saliency?.explain(this.observation, this.asked);
    this.#drawing.show(this.#saliency?.contributions ?? null);
    this.onRefreshObservable.begin();
  }

  /** Shows a decision of the past, and makes it again. */
  #lookBack(track: DecisionTrack, decision: number): void {
    const recorded = track.read(decision);
    const { version } = recorded;
    this.observation.set(recorded.observation);
    // Another policy may have another network: then the layers stay as they are, and only the decision tells.
    if (version?.policy === this.#policy && version) {
      this.#assign(version.data);
      this.#isOld = true;
    }
    const past: PastMoment = { decision, recorded, replayed: null, verdict: "deciding" };
    this.#past = past;
    void decideAgain(track, decision).then(
      (again) => {
        if (this.#past !== past || this.#disposed) return;
        this.#past = again;
        this.onRefreshObservable.begin();
      },
      (error: unknown) => this.#studio.say(messageOf(error), "bad"),
    );
  }

  #assign(data: PolicyData): void {
    this.#view?.assign(data);
    this.#saliency?.assign(data);
  }

  #rememberValue(): void {
    if (!this.#view) return;
    if (this.valueCount === PAST) this.values.copyWithin(0, 1);
    else this.valueCount += 1;
    this.values[this.valueCount - 1] = this.#view.value;
  }

  /** Takes over what the agent's policy has learned meanwhile, or another policy. */
  #followPolicy(): void {
    this.#fresh = performance.now();
    const { policy } = this.controller;
    if (policy && policy === this.#policy) {
      if (!this.#studio.teaching.isGoingOn) return;
      this.#assign(policy.toData());
      return;
    }
    this.#forget();
    this.#policy = policy;
    this.valueCount = 0;
    if (policy) void this.#prepare(policy).catch((error: unknown) => this.#studio.say(messageOf(error), "bad"));
  }

  async #prepare(policy: Policy): Promise<void> {
    const data = policy.toData();
    const seesPictures = this.controller.images.length > 0;
    const [view, saliency] = await Promise.all([
      createNetworkView(data),
      seesPictures ? Promise.resolve(null) : createSaliency(data),
    ]);
    if (this.#disposed || policy !== this.#policy) {
      view.dispose();
      saliency?.dispose();
      return;
    }
    this.#view = view;
    this.#saliency = saliency;
    this.onChangeObservable.notifyObservers();
  }

  #forget(): void {
    this.#view?.dispose();
    this.#saliency?.dispose();
    this.#view = null;
    this.#saliency = null;
    this.#policy = null;
    if (!this.#disposed) this.onChangeObservable.notifyObservers();
  }
}
