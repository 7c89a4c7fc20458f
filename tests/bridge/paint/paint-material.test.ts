import type { PBRMaterial } from "@babylonjs/core/Materials/PBR/pbrMaterial.js";
import { Texture } from "@babylonjs/core/Materials/Textures/texture.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { materialFromImages } from "../../../plugin/bridge/paint/material-from-images.ts";
import { NeuralTexture } from "../../../plugin/bridge/paint/neural-texture.ts";
import { paintMaterial } from "../../../plugin/bridge/paint/paint-material.ts";
import { picture } from "../../../plugin/paint/picture.ts";
import { emptyScene, flatImages, paintedTextures, paintingHere, sandRecipe } from "./samples.ts";

let scene: Scene;

beforeEach(() => {
  scene = emptyScene();
});

afterEach(() => {
  scene.getEngine().dispose();
});

const cached = (): number => scene.getEngine().getLoadedTexturesCache().length;
const pictures = (material: PBRMaterial): unknown[] =>
  [material.albedoTexture, material.bumpTexture, material.metallicTexture].map((map) => map?.getInternalTexture());

describe("A material of images", () => {
  it("has albedo, normals, and occlusion, roughness and metallic in one", () => {
    const recipe = sandRecipe(8);
    const material = materialFromImages("wall", flatImages(8), scene, { recipe, repeat: { u: 2, v: 3 } });
    expect(material).toMatchObject({
      name: "wall",
      metallic: 1,
      roughness: 1,
      useAmbientOcclusionFromMetallicTextureRed: true,
      useRoughnessFromMetallicTextureAlpha: false,
      useRoughnessFromMetallicTextureGreen: true,
      useMetallnessFromMetallicTextureBlue: true,
      useParallax: false,
      metadata: { textureRecipe: recipe },
    });
    const maps = [material.albedoTexture, material.bumpTexture, material.metallicTexture] as NeuralTexture[];
    expect(maps.map(({ channel }) => channel)).toEqual(["albedo", "normal", "orm"]);
    expect(maps.map(({ name }) => name)).toEqual(["wall albedo", "wall normal", "wall orm"]);
    expect(maps.map(({ uScale, vScale }) => [uScale, vScale])).toEqual(Array(3).fill([2, 3]));
  });

  it("goes with all its textures", () => {
    materialFromImages("wall", flatImages(8), scene).dispose(false, true);
    expect(paintedTextures(scene)).toBe(0);
    expect(scene.materials).toEqual([]);
    expect(cached()).toBe(0);
  });

  it("leaves nothing behind when its pixels do not fit", () => {
    const images = { ...flatImages(8), orm: new Uint8Array(3) };
    expect(() => materialFromImages("wall", images, scene)).toThrow(
      'materialFromImages "wall" orm: needed 8 × 8 pixels of 4 bytes, came 3 bytes. Give red, green, blue and alpha of every pixel.',
    );
    expect([scene.materials.length, paintedTextures(scene), cached()]).toEqual([0, 0, 0]);
  });

  it("takes the place of an earlier look: same textures, other pictures", () => {
    const material = materialFromImages("wall", flatImages(8), scene);
    const { albedoTexture } = material;
    const before = pictures(material);
    const again = materialFromImages("other", flatImages(16), scene, { into: material });
    expect(again).toBe(material);
    expect(material.name).toBe("wall");
    expect(material.albedoTexture).toBe(albedoTexture);
    expect(pictures(material).every((map, i) => map !== before[i])).toBe(true);
    expect(cached()).toBe(3);
  });

  it("leaves a texture of yours to you", () => {
    const material = materialFromImages("wall", flatImages(8), scene);
    material.albedoTexture?.dispose();
    const mine = new Texture(null, scene);
    material.albedoTexture = mine;
    materialFromImages("wall", flatImages(8), scene, { into: material });
    expect(material.albedoTexture).toBeInstanceOf(NeuralTexture);
    expect(scene.textures).toContain(mine);
  });

  it("keeps the metadata of others", () => {
    const material = materialFromImages("wall", flatImages(8), scene);
    material.metadata = { sound: "thud" };
    materialFromImages("wall", flatImages(8), scene, { into: material, recipe: sandRecipe(8) });
    expect(material.metadata).toEqual({ sound: "thud", textureRecipe: sandRecipe(8) });
  });

  it("cannot be painted into a material that is gone", () => {
    const material = materialFromImages("wall", flatImages(8), scene);
    material.dispose(false, true);
    expect(() => materialFromImages("wall", flatImages(8), scene, { into: material })).toThrow(
      'materialFromImages "wall": needed a material of the scene to paint into, came "wall", which is not in it. Give another, or none.',
    );
  });
});

describe("Painting a material", () => {
  it("asks for a class and its attributes, and keeps the recipe", async () => {
    const options = { painter: paintingHere(), material: "sand", attributes: { wear: 0.2 }, seed: 4, size: 16 };
    const material = await paintMaterial("dune", options, scene);
    expect((material.albedoTexture as NeuralTexture).getSize()).toEqual({ width: 16, height: 16 });
    const { textureRecipe } = material.metadata as { textureRecipe: unknown };
    expect(textureRecipe).toMatchObject({ generator: "procedural", seed: 4, settings: { material: "sand" } });
    expect((material.bumpTexture as NeuralTexture).recipe).toEqual(textureRecipe);
  });

  it("paints from a picture by example unless another generator is named", async () => {
    const asked: unknown[] = [];
    const painter = paintingHere();
    const from = picture(8, 8, 3);
    const order = (generator?: string): Promise<unknown> =>
      paintMaterial(
        "wall",
        {
          painter: { ...painter, paint: (request) => Promise.reject(new Error(String(asked.push(request)))) },
          from: { picture: from, name: "moss.jpg" },
          ...(generator ? { generator } : {}),
        },
        scene,
      ).catch(() => {});
    await order();
    await order("photograph");
    expect(asked).toEqual([
      { generator: "example", settings: {}, pictures: [{ role: "example", picture: from, name: "moss.jpg" }] },
      { generator: "photograph", settings: {}, pictures: [{ role: "photograph", picture: from, name: "moss.jpg" }] },
    ]);
  });

  it("that is cancelled, at the latest while the maps go to the GPU, leaves the previous look and nothing else", async () => {
    const material = materialFromImages("wall", flatImages(8), scene);
    const before = pictures(material);
    const painter = paintingHere();
    for (const moment of ["before", "painting", "painted"] as const) {
      const controller = new AbortController();
      const stop = (): void => controller.abort(new Error(`Stopped ${moment}.`));
      if (moment === "before") stop();
      const watched = {
        ...painter,
        paint: async (...args: Parameters<typeof painter.paint>) => {
          if (moment === "painting") stop();
          const painted = await painter.paint(...args);
          if (moment === "painted") queueMicrotask(() => queueMicrotask(() => queueMicrotask(stop)));
          return painted;
        },
      };
      const options = { painter: watched, material: "sand", size: 16, into: material, signal: controller.signal };
      await expect(paintMaterial("wall", options, scene)).rejects.toThrow(`Stopped ${moment}.`);
    }
    expect(pictures(material)).toEqual(before);
    expect([scene.materials.length, paintedTextures(scene), cached()]).toEqual([1, 3, 3]);
  });

  it("that is overtaken by a later one into the same material is not shown", async () => {
    const material = materialFromImages("wall", flatImages(8), scene);
    const painter = paintingHere();
    let letGo = (): void => {};
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const slow = {
      ...painter,
      paint: (...args: Parameters<typeof painter.paint>) => held.then(() => painter.paint(...args)),
    };
    const first = paintMaterial("wall", { painter: slow, material: "sand", size: 16, into: material }, scene);
    await paintMaterial("wall", { painter, material: "sand", size: 32, into: material }, scene);
    letGo();
    expect(await first).toBe(material);
    expect(material.albedoTexture?.getSize().width).toBe(32);
    expect(cached()).toBe(3);
  });

  it("into a material that goes meanwhile leaves nothing behind", async () => {
    const material = materialFromImages("wall", flatImages(8), scene);
    const painting = paintMaterial(
      "wall",
      { painter: paintingHere(), material: "sand", size: 16, into: material },
      scene,
    );
    material.dispose(false, true);
    await expect(painting).rejects.toThrow(
      'paintMaterial "wall": needed a material of the scene to paint into, came "wall", which is not in it. Give another, or none.',
    );
    expect([paintedTextures(scene), cached()]).toEqual([0, 0]);
  });

  it("takes either one picture or all of them", async () => {
    const from = picture(8, 8, 3);
    const options = { painter: paintingHere(), from, pictures: [{ role: "example", name: "a", picture: from }] };
    await expect(paintMaterial("wall", options, scene)).rejects.toThrow(
      'paintMaterial "wall": needed either from or pictures, came both. Put the picture among the others.',
    );
  });
});
