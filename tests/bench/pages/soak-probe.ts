/**
 * Rides along on the game's page: counts what is alive in its scene, and swaps the golems' policy.
 */
import { EngineStore } from "@babylonjs/core/Engines/engineStore.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { loadPolicy, NeuralController, savePolicy, type Policy, type PolicyData } from "../../../plugin/index.ts";

/** What is alive in the game's scene. */
export interface Census {
  /** Callbacks on all observables of the engine, the scene, what is in it, and the controllers. */
  readonly observers: number;
  readonly meshes: number;
  readonly nodes: number;
  readonly materials: number;
  readonly textures: number;
  readonly geometries: number;
  readonly bodies: number;
  readonly controllers: number;
  /** Of the observers, those that `leak` has added. */
  readonly leaked: number;
}

/** How the golems get another policy. */
export type Swap = "file" | "assign" | "stream";

/** How often something has happened since `begin`. */
export interface Tally {
  readonly frames: number;
  /** Of all agents. */
  readonly decisions: number;
  readonly swaps: Readonly<Record<Swap, number>>;
}

declare global {
  var soakProbe: {
    /** Begins to count, and gives the golems another policy every second. */
    begin(): void;
    tally(): Tally;
    census(): Census;
    /** From now on adds an observer every second that nobody removes: what the soak must notice. */
    leak(): void;
  };
}

const OWN_FILE = "indexeddb://soak";

const WAYS: readonly Swap[] = ["file", "assign", "stream"];
const swaps: Record<Swap, number> = { file: 0, assign: 0, stream: 0 };
let turn = 0;
let leaked = 0;
let decisions = 0;
let frames = 0;
let loaded: Policy | null = null;
let file: string | null = null;
let variants: readonly PolicyData[] = [];
/** The policy of the present run; weakly, so that none is counted that the game has let go. */
let live: WeakRef<Policy> | null = null;

globalThis.soakProbe = {
  begin() {
    const scene = gameScene();
    scene.onAfterRenderObservable.add(() => (frames += 1));
    for (const controller of controllersOf(scene)) controller.onDecisionObservable.add(() => (decisions += 1));
    setInterval(() => void swap(), 1000);
  },
  tally() {
    return { frames, decisions, swaps: { ...swaps } };
  },
  census() {
    const scene = gameScene();
    const { meshes, transformNodes, lights, cameras, materials, textures, geometries } = scene;
    const controllers = controllersOf(scene);
    const bodies = (scene.getPhysicsEngine() as unknown as { getBodies(): unknown[] }).getBodies();
    const watched = [meshes, transformNodes, lights, cameras, materials, textures, geometries, controllers].flat();
    return {
      observers: [scene, scene.getEngine(), ...watched].reduce((sum, owner) => sum + countObservers(owner), 0),
      meshes: meshes.length,
      nodes: transformNodes.length + lights.length + cameras.length,
      materials: materials.length,
      textures: textures.length,
      geometries: geometries.length,
      bodies: bodies.length,
      controllers: controllers.length,
      leaked,
    };
  },
  leak() {
    setInterval(() => {
      gameScene().onBeforeRenderObservable.add(() => {});
      leaked += 1;
    }, 1000);
  },
};

/** By a file, by new parameters, by the run on the page, in turns; by a file where there is nothing else yet. */
async function swap(): Promise<void> {
  const golems = controllersOf(gameScene()).filter(({ name }) => name.startsWith("golem"));
  noteLive(golems);
  const way = WAYS[turn++ % WAYS.length];
  const learning = live?.deref();
  if (way === "stream" && learning) {
    give(golems, learning);
    swaps.stream += 1;
  } else if (way === "assign" && loaded) {
    loaded.assign(variants[swaps.assign % variants.length]);
    give(golems, loaded);
    swaps.assign += 1;
  } else {
    await load(golems);
    swaps.file += 1;
  }
}

async function load(golems: readonly NeuralController[]): Promise<void> {
  file ??= await findFile(golems[0].policy!);
  const fresh = await loadPolicy(file);
  if (variants.length === 0) {
    const data = fresh.toData();
    variants = [data, { ...data, parameters: data.parameters.map((value) => value * 0.9) }];
  }
  noteLive(golems);
  give(golems, fresh);
  loaded?.dispose();
  loaded = fresh;
}

/** The shipped policy's file; where there is none, one that holds what the golems have at present. */
async function findFile(policy: Policy): Promise<string> {
  const shipped = "models/yard/policy.bnp";
  const answer = await fetch(shipped, { method: "HEAD" });
  if (answer.ok) return shipped;
  await savePolicy(policy, OWN_FILE);
  return OWN_FILE;
}

function give(golems: readonly NeuralController[], policy: Policy): void {
  for (const golem of golems) golem.policy = policy;
}

/** The game gives each run's policy to its golems when it first comes in, and takes it away when the run is forgotten. */
function noteLive(golems: readonly NeuralController[]): void {
  const { mind } = (globalThis as unknown as { golemYard: { readonly mind: string } }).golemYard;
  if (mind !== "live") live = null;
  else if (golems[0].policy && golems[0].policy !== loaded) live = new WeakRef(golems[0].policy);
}

function gameScene(): Scene {
  return EngineStore.LastCreatedScene!;
}

function controllersOf({ transformNodes, meshes }: Scene): NeuralController[] {
  return [...transformNodes, ...meshes]
    .flatMap((node) => node.behaviors as unknown[])
    .filter((behavior) => behavior instanceof NeuralController);
}

/** Babylon's observables and ours are own properties of whoever notifies; made lazily or not. */
function countObservers(owner: object): number {
  let count = 0;
  for (const property of Object.values(owner) as unknown[]) {
    if (typeof property !== "object" || property === null) continue;
    const { _observers, observerCount } = property as { _observers?: unknown; observerCount?: unknown };
    if (Array.isArray(_observers)) count += _observers.length;
    else if (typeof observerCount === "number") count += observerCount;
  }
  return count;
}
