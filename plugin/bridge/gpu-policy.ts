import type { AbstractEngine } from "@babylonjs/core/Engines/abstractEngine.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { assertSameShape } from "../compute/assert-same-shape.ts";
import { ConfigurationError, PolicyMismatchError, UnsupportedError } from "../core/errors.ts";
import { assertNetworkSpec, type NetworkSpec } from "../core/network-spec.ts";
import { imageParts, imageSize } from "../core/observation-spec.ts";
import type { BirthCertificate, DecideOptions, DecisionBatch, Policy, PolicyData } from "../core/policy.ts";
import { assertRoleSpec, type RoleSpec } from "../core/role-spec.ts";
import { CameraAtlas } from "./camera/camera-atlas.ts";
import { flushScene, gpuTextureOf, isContextLost, requireDevice } from "./engine-access.ts";
import { ForwardPass } from "./gpu-policy/forward-pass.ts";
import { planForward, type ForwardPlan } from "./gpu-policy/forward-plan.ts";
import { AgentPlaces } from "./gpu-policy/agent-places.ts";
import { RoundWriter, type Round } from "./gpu-policy/round-writer.ts";

/** Where a GPU policy works. */
export interface GpuPolicyOptions {
  /** The scene whose cameras it looks through, on a `WebGPUEngine`. */
  readonly scene: Scene;
}

/** A policy that looks at pictures without taking them off the GPU. */
export interface GpuPolicy extends Policy {
  /** False after a lost device until the network is on its successor; agents then keep their last actions. */
  readonly isReady: boolean;
  /** Rounds that were begun since the policy was made, and those that were left out because the GPU was too far behind. */
  readonly rounds: { readonly begun: number; readonly left: number };
}

const WHO = "GPU policy";

/**
 * Makes a policy for agents with cameras that decides on the scene's own GPU device: pictures never leave the GPU, only actions do, by
 * one small asynchronous readback for all agents that decide together.
 *
 * What is decided in a frame is computed at its end from the pictures of that frame, and taken at the next decision, so agents act one
 * decision late and no frame ever waits; before the first result they do nothing (0, or the first allowed choice). Agents that have
 * numbers or other pictures besides a camera's are welcome; each needs at least one `cameraSensor`. After a lost device it goes on by
 * itself as soon as Babylon has a new one.
 *
 * @throws ConfigurationError for an engine without WebGPU, UnsupportedError for a network that the device cannot take.
 */
export async function createGpuPolicy(data: PolicyData, { scene }: GpuPolicyOptions): Promise<GpuPolicy> {
  const engine = scene.getEngine();
  requireDevice(engine, WHO);
  assertRoleSpec(data.role, WHO);
  assertNetworkSpec(data.network, WHO, data.role);
  if (imageParts(data.role.observation).length === 0) {
    throw new ConfigurationError(
      `${WHO}: needed a policy with pictures, came one with numbers only. Use loadPolicy, which decides at once.`,
    );
  }
  const policy = new CameraPolicy(data, scene);
  await policy.connect();
  return policy;
}

class CameraPolicy implements GpuPolicy {
  readonly role: RoleSpec;
  readonly network: NetworkSpec;
  readonly rounds = { begun: 0, left: 0 };
  readonly #scene: Scene;
  readonly #engine: AbstractEngine;
  readonly #plan: ForwardPlan;
  readonly #places: AgentPlaces;
  readonly #writer: RoundWriter;
  readonly #observers: { remove(): void }[];
  #data: PolicyData;
  #atlas: CameraAtlas | null = null;
  #leaveAtlas: () => void = () => {};
  #pass: ForwardPass | null = null;
  #pending: Round[] = [];
  #failure: Error | null = null;
  #disposed = false;

  constructor(data: PolicyData, scene: Scene) {
    this.role = data.role;
    this.network = data.network;
    this.#data = copy(data);
    this.#scene = scene;
    this.#engine = scene.getEngine();
    this.#plan = planForward(data.role, data.network);
    this.#places = new AgentPlaces(this.#plan);
    this.#writer = new RoundWriter(this.#plan);
    this.#observers = [
      this.#engine.onContextLostObservable.add(() => this.#disconnect()),
      this.#engine.onContextRestoredObservable.add(
        () => void this.connect().catch((error: unknown) => this.#fail(error)),
      ),
      scene.onDisposeObservable.add(() => this.dispose()),
    ];
  }

  get birth(): BirthCertificate {
    return this.#data.birth;
  }

  get isReady(): boolean {
    return this.#pass !== null;
  }

  /** Puts the network on the engine's present device. */
  async connect(): Promise<void> {
    const device = requireDevice(this.#engine, WHO);
    const pass = await ForwardPass.create(device, this.#plan);
    if (this.#disposed || requireDevice(this.#engine, WHO) !== device) {
      pass.dispose();
      return;
    }
    pass.writeParameters(this.#data.parameters);
    this.#pass?.dispose();
    this.#pass = pass;
    this.#failure = null; // of a device that is gone
    this.#places.forgetPictures();
  }

  seed(seed: number): void {
    this.#writer.seed(seed);
  }

  decide(batch: DecisionBatch, options: DecideOptions = {}): void {
    this.#assertUsable(options);
    if (batch.agents === 0) return;
    if (!batch.images || batch.images.length < batch.agents * imageSize(this.role.observation)) {
      throw new ConfigurationError(
        `${WHO}: needed the pictures of ${batch.agents} agents, came none. Give it to a NeuralController whose agent has a cameraSensor.`,
      );
    }
    const atlas = this.#join();
    const { normaliser } = this.#data;
    const round = this.#writer.write(batch, atlas, this.#places, { greedy: options.greedy ?? false, normaliser });
    round.agents.forEach((place, row) => this.#places.act(place, batch, row));
    if (round.places.length > 0 && this.#pass) this.#pending.push(round);
    else this.#writer.release(round);
  }

  assign(data: PolicyData): void {
    assertSameShape(data, { role: this.role, spec: this.network, layout: this.#plan.layout }, WHO);
    this.#data = copy(data);
    this.#pass?.writeParameters(this.#data.parameters);
  }

  toData(): PolicyData {
    return copy(this.#data);
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const observer of this.#observers) observer.remove();
    this.#leaveAtlas();
    this.#disconnect();
  }

  #assertUsable(options: DecideOptions): void {
    if (this.#disposed) {
      throw new PolicyMismatchError(`${WHO}: needed a policy in use, came one that was disposed. Make it again.`);
    }
    if (this.#failure) throw this.#failure;
    if (options.logProbabilities || options.values) {
      throw new UnsupportedError(
        `${WHO}: needed to decide only, came the wish for ${options.values ? "values" : "log probabilities"}. Use createPolicy for teaching and scoring.`,
      );
    }
  }

  /** The scene's atlas: another one when the last camera went and new ones came. */
  #join(): CameraAtlas {
    const atlas = CameraAtlas.of(this.#scene);
    if (atlas !== this.#atlas) {
      this.#leaveAtlas();
      this.#atlas = atlas;
      this.#leaveAtlas = atlas.onFrame(() => this.#runPending());
    }
    return atlas;
  }

  /** At the end of a frame: all pictures of this frame are drawn. */
  #runPending(): void {
    if (this.#pending.length === 0 || isContextLost(this.#engine)) return;
    const rounds = this.#pending;
    this.#pending = [];
    const texture = this.#atlas?.texture ? gpuTextureOf(this.#atlas.texture) : null;
    if (!this.#pass || !texture) return;
    flushScene(this.#engine);
    for (const round of rounds) this.#run(this.#pass, round, texture);
  }

  #run(pass: ForwardPass, round: Round, texture: GPUTexture): void {
    try {
      if (pass.reserve(this.#places.count, round.places.length)) this.#places.forgetPictures();
      this.#writer.finish(round);
      for (const { place, part, pixels } of round.loose) {
        pass.writePicture(place.index, this.#plan.pictures[part], pixels);
      }
      const isBegun = pass.run(round.words, round.places.length, texture, (values) => {
        this.#places.keep(round, values);
        this.#writer.release(round);
      });
      if (isBegun) for (const place of round.places) place.isFirst = false;
      else this.#writer.release(round);
      this.rounds[isBegun ? "begun" : "left"] += 1;
    } catch (error) {
      this.#fail(error);
    }
  }

  #disconnect(): void {
    this.#pass?.dispose();
    this.#pass = null;
    this.#pending = [];
  }

  #fail(error: unknown): void {
    this.#failure = error instanceof Error ? error : new Error(String(error));
  }
}

function copy(data: PolicyData): PolicyData {
  return { ...data, parameters: data.parameters.slice() };
}
