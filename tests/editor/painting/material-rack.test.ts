import { NullEngine } from "@babylonjs/core/Engines/nullEngine.js";
import { StandardMaterial } from "@babylonjs/core/Materials/standardMaterial.js";
import { CreateBox } from "@babylonjs/core/Meshes/Builders/boxBuilder.js";
import { CreateGround } from "@babylonjs/core/Meshes/Builders/groundBuilder.js";
import { SceneSerializer } from "@babylonjs/core/Misc/sceneSerializer.js";
import { Scene } from "@babylonjs/core/scene.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EditHistory } from "../../../plugin/editor/model/edit-history.ts";
import { MaterialRack, type MadeMaterial } from "../../../plugin/editor/painting/material-rack.ts";
import type { PaintWish } from "../../../plugin/editor/painting/paint-wish.ts";
import { materialFromImages, NeuralTexture, paintHere } from "../../../plugin/paint.ts";

let engine: NullEngine;
let scene: Scene;
let history: EditHistory;
let rack: MaterialRack;

beforeEach(() => {
  engine = new NullEngine();
  scene = new Scene(engine);
  CreateGround("ground", {}, scene).material = new StandardMaterial("grass", scene);
  CreateBox("box", {}, scene).material = new StandardMaterial("wood", scene);
  history = new EditHistory();
  rack = new MaterialRack(history);
});

afterEach(() => {
  scene.dispose();
  engine.dispose();
});

async function make(name: string): Promise<MadeMaterial> {
  const painted = await paintHere({ generator: "procedural", size: 8, settings: { material: name } });
  const material = materialFromImages(name, painted.images, scene, { recipe: painted.recipe });
  const face = { width: 1, height: 1, pixels: new Uint8ClampedArray(4) };
  return { name, material, painted, wish: {} as PaintWish, face };
}

const mesh = (name: string): NonNullable<ReturnType<Scene["getMeshByName"]>> => scene.getMeshByName(name)!;
const json = (): string => JSON.stringify(SceneSerializer.Serialize(scene));
const texturesLeft = (): number => scene.textures.filter((texture) => texture instanceof NeuralTexture).length;

describe("MaterialRack", () => {
  it("gives a mesh a material so that any number of undos brings the scene back exactly, and redos do it again", async () => {
    const states = [json()];
    for (const [on, name] of [
      ["ground", "brick"],
      ["box", "sand"],
      ["ground", "marble"],
      ["box", "brick"],
    ] as const) {
      rack.putOn(mesh(on), await make(name));
      states.push(json());
    }
    expect(new Set(states).size).toBe(5);
    for (const state of states.slice(0, -1).reverse()) {
      history.undo();
      expect(json()).toBe(state);
    }
    for (const state of states.slice(1)) {
      history.redo();
      expect(json()).toBe(state);
    }
  });

  it("knows what a mesh wore before, through undos, redos and edits that are forgotten", async () => {
    const ground = mesh("ground");
    const earlier = (): string | undefined => rack.earlierOn(ground)?.name;
    expect(earlier()).toBeUndefined();
    rack.putOn(ground, await make("brick"));
    rack.putOn(ground, await make("sand"));
    expect(earlier()).toBe("brick");
    history.undo();
    expect(earlier()).toBe("grass");
    history.redo();
    expect([earlier(), rack.earlierOn(mesh("box"))]).toEqual(["brick", undefined]);
    history.clear();
    expect(earlier()).toBeUndefined();
  });

  it("keeps the recipe in scene files, and leaves out what nobody wears", async () => {
    rack.putOn(mesh("ground"), await make("brick"));
    rack.putOn(mesh("ground"), await make("sand"));
    const saved = JSON.parse(json()) as { materials: { name: string; metadata?: { textureRecipe?: unknown } }[] };
    expect(saved.materials.map(({ name }) => name)).toEqual(["grass", "wood", "sand"]);
    expect(saved.materials[2].metadata?.textureRecipe).toMatchObject({ settings: { material: "sand" } });
  });

  it("shows the last twelve, the newest first, and one that is put on again only once", async () => {
    const first = await make("brick");
    rack.putOn(mesh("ground"), first);
    for (let count = 0; count < 12; count++) rack.putOn(mesh("ground"), await make("sand"));
    expect(rack.shown.map(({ name }) => name)).toEqual(Array.from({ length: 12 }, () => "sand"));
    rack.putOn(mesh("box"), first);
    rack.putOn(mesh("ground"), first);
    expect(rack.shown.filter((made) => made === first)).toEqual([first]);
    expect(rack.shown[0]).toBe(first);
  });

  it("frees the pixels of what nobody can come back to, and not sooner", async () => {
    for (let count = 0; count < 13; count++) rack.putOn(mesh("ground"), await make("sand"));
    expect(texturesLeft()).toBe(39); // 13 materials with 3 maps: the history still leads to the one that is not shown
    history.clear();
    expect(texturesLeft()).toBe(36);
  });

  it("frees all but what is worn when the studio closes", async () => {
    const worn = await make("brick");
    rack.putOn(mesh("ground"), await make("sand"));
    rack.putOn(mesh("ground"), worn);
    rack.dispose();
    expect(scene.materials.map(({ name }) => name)).toEqual(["grass", "wood", "brick"]);
    expect(mesh("ground").material).toBe(worn.material);
    expect(texturesLeft()).toBe(3);
  });
});
