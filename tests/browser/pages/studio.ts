import { ArcRotateCamera } from "@babylonjs/core/Cameras/arcRotateCamera.js";
import { Engine } from "@babylonjs/core/Engines/engine.js";
import { HemisphericLight } from "@babylonjs/core/Lights/hemisphericLight.js";
import { StandardMaterial } from "@babylonjs/core/Materials/standardMaterial.js";
import { Color3, Color4 } from "@babylonjs/core/Maths/math.color.js";
import { Matrix, Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { CreateBox } from "@babylonjs/core/Meshes/Builders/boxBuilder.js";
import { CreateGround } from "@babylonjs/core/Meshes/Builders/groundBuilder.js";
import { CreateSphere } from "@babylonjs/core/Meshes/Builders/sphereBuilder.js";
import { SceneSerializer } from "@babylonjs/core/Misc/sceneSerializer.js";
import { Scene } from "@babylonjs/core/scene.js";
import { openStudio, type OpenStudio } from "../../../plugin/editor.ts";
import { controllersOf, createPolicy, untaughtPolicy } from "../../../plugin/index.ts";
import { tryCloning, type CloningTrial } from "./cloning-trial.ts";

/** What tests may do besides what a person does. */
export interface StudioPage {
  readonly scene: Scene;
  readonly studio: OpenStudio;
  /** Opens the panel anew. */
  open(): void;
  /** Gives every agent a policy that has learned nothing yet, so that it decides. */
  giveUntaughtPolicies(): Promise<void>;
  /** Clones so many decisions in a worker, and then on the page; the scene stands still from then on. */
  tryCloning(decisions: number): Promise<CloningTrial>;
  /** Where a mesh is on the page, in pixels. */
  place(mesh: string): { readonly x: number; readonly y: number };
  /** The scene as a `.babylon` file. */
  save(): string;
  /** How many listeners each of the scene's observables has, without those that have none. */
  observers(): readonly string[];
}

/** What is used of Babylon's `Observer` beyond its documented face. */
interface Left {
  readonly _willBeUnregistered?: boolean;
}

declare global {
  var studioPage: StudioPage;
}

const engine = new Engine(document.querySelector<HTMLCanvasElement>("#canvas"), true);
const scene = new Scene(engine);
engine.getRenderingCanvas()!.tabIndex = 0;
scene.clearColor = new Color4(0.76, 0.81, 0.88, 1);
const camera = new ArcRotateCamera("camera", -Math.PI / 2.6, 0.85, 17, Vector3.Zero(), scene);
camera.attachControl(true);
new HemisphericLight("light", new Vector3(0.3, 1, -0.2), scene);
const paint = (name: string, colour: Color3): StandardMaterial => {
  const material = new StandardMaterial(name, scene);
  material.diffuseColor = colour;
  material.specularColor = Color3.Black();
  return material;
};
CreateGround("ground", { width: 12, height: 12 }, scene).material = paint("grass", new Color3(0.62, 0.66, 0.6));
const box = CreateBox("box", { size: 0.9 }, scene);
box.position.set(-2, 0.45, -1.5);
box.material = paint("wood", new Color3(0.8, 0.52, 0.28));
const ball = CreateSphere("ball", { diameter: 0.8 }, scene);
ball.position.set(2.5, 0.4, 2);
ball.material = paint("red", new Color3(0.82, 0.22, 0.2));

const makeWorker = (): Worker => new Worker(new URL("./studio.worker.ts", import.meta.url), { type: "module" });
const makePaintWorker = (): Worker => new Worker(new URL("./paint.worker.ts", import.meta.url), { type: "module" });
let studio: OpenStudio | null = null;
const open = (): void => void (studio = openStudio(scene, { makeWorker, makePaintWorker }));

globalThis.studioPage = {
  scene,
  get studio() {
    return studio!;
  },
  open,
  place(mesh) {
    const { position } = scene.getMeshById(mesh)!;
    const screen = scene.activeCamera!.viewport.toGlobal(engine.getRenderWidth(), engine.getRenderHeight());
    return Vector3.Project(position, Matrix.Identity(), scene.getTransformMatrix(), screen);
  },
  async giveUntaughtPolicies() {
    const network = { hidden: [16], activation: "tanh", sharedTrunk: false } as const;
    for (const controller of controllersOf(scene)) {
      controller.policy = await createPolicy(untaughtPolicy(controller.role, network, 1));
    }
  },
  tryCloning(decisions) {
    engine.stopRenderLoop();
    return tryCloning(makeWorker, decisions);
  },
  save: () => JSON.stringify(SceneSerializer.Serialize(scene)),
  observers() {
    const observables = Object.entries(scene as unknown as Record<string, { readonly observers?: readonly Left[] }>);
    // Babylon.js takes observers out of its lists a moment after they were removed.
    const counts = observables.map(([name, value]) => {
      return `${name}: ${(value?.observers ?? []).filter((one) => !one._willBeUnregistered).length}`;
    });
    return counts.filter((line) => !line.endsWith(": 0"));
  },
};
if (!new URLSearchParams(location.search).has("closed")) open();
engine.runRenderLoop(() => scene.render());
addEventListener("resize", () => engine.resize());
