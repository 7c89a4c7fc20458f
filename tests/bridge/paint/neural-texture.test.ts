import { PBRMaterial } from "@babylonjs/core/Materials/PBR/pbrMaterial.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { SceneSerializer } from "@babylonjs/core/Misc/sceneSerializer.js";
import "@babylonjs/core/Materials/colorCurves.js";
import { Texture } from "@babylonjs/core/Materials/Textures/texture.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { NeuralTexture } from "../../../plugin/bridge/paint/neural-texture.ts";
import { setTexturePainter } from "../../../plugin/bridge/paint/texture-painter.ts";
import { emptyScene, flatImages, paintingHere, sandRecipe } from "./samples.ts";

let scene: Scene;

beforeEach(() => {
  scene = emptyScene();
});

afterEach(() => {
  scene.getEngine().dispose();
});

const cached = (): number => scene.getEngine().getLoadedTexturesCache().length;
const painted = (texture: NeuralTexture): Promise<unknown> =>
  new Promise((resolve, reject) => {
    texture.onLoadObservable.addOnce(resolve);
    texture.onPaintFailedObservable.addOnce(reject);
  });

describe("A neural texture", () => {
  it("shows a channel of a baked material at once, and repeats in both directions", () => {
    const texture = new NeuralTexture("wall", { images: flatImages(8) }, scene);
    expect(texture).toMatchObject({ isPainted: true, isKept: true, recipe: null });
    expect(texture.isReady()).toBe(true);
    expect(texture.getSize()).toEqual({ width: 8, height: 8 });
    expect([texture.wrapU, texture.wrapV]).toEqual([Texture.WRAP_ADDRESSMODE, Texture.WRAP_ADDRESSMODE]);
    expect(texture.samplingMode).toBe(Texture.TRILINEAR_SAMPLINGMODE);
  });

  it("is in sRGB for albedo, and linear for the others", () => {
    const images = flatImages(8);
    const spaces = (["albedo", "normal", "orm"] as const).map(
      (channel) => new NeuralTexture(channel, { channel, images }, scene).gammaSpace,
    );
    expect(spaces).toEqual([true, false, false]);
  });

  it("shows the Inspector its generator and seed, and lets it choose how it is saved", () => {
    const texture = new NeuralTexture("wall", { images: flatImages(8), recipe: sandRecipe(8) }, scene);
    const read = (): unknown[] =>
      texture.inspectableCustomProperties!.map(({ label, propertyName }) => [
        label,
        (texture as unknown as Record<string, unknown>)[propertyName],
      ]);
    expect(read()).toEqual([
      ["Painted", "yes"],
      ["Generator", "procedural"],
      ["Seed", String(sandRecipe(8).seed)],
      ["Save the recipe only", false],
    ]);
    Object.assign(texture, { "neural texture Save the recipe only": true, "neural texture Seed": "9" });
    expect([texture.savedAs, texture.recipe]).toEqual(["recipe", sandRecipe(8)]);
  });

  it("is drawn in a plain colour until its recipe is painted by the scene's painter", async () => {
    const texture = new NeuralTexture("wall", { recipe: sandRecipe(16) }, scene);
    expect(texture.isPainted).toBe(false);
    expect(texture.isReady()).toBe(true);
    expect(texture.getSize()).toEqual({ width: 1, height: 1 });
    const painter = paintingHere();
    const done = painted(texture);
    setTexturePainter(scene, painter);
    await done;
    expect(texture.isPainted).toBe(true);
    expect(texture.getSize()).toEqual({ width: 16, height: 16 });
    expect(texture.recipe).toMatchObject({ generator: "procedural", seed: 3, width: 16, height: 16 });
  });

  it("is painted together with others of the same recipe", async () => {
    const painter = paintingHere();
    setTexturePainter(scene, painter);
    const textures = (["albedo", "normal", "orm"] as const).map(
      (channel) => new NeuralTexture(channel, { channel, recipe: sandRecipe(16) }, scene),
    );
    await Promise.all(textures.map(painted));
    expect(painter.asked).toEqual(["repaint 16"]);
  });

  it("keeps its picture until it is painted at another size", async () => {
    const painter = paintingHere();
    setTexturePainter(scene, painter);
    const texture = new NeuralTexture("wall", { images: flatImages(8), recipe: sandRecipe(8) }, scene);
    const resizing = texture.resize({ width: 16, height: 32 });
    expect(texture.getSize()).toEqual({ width: 8, height: 8 });
    await resizing;
    expect(texture.getSize()).toEqual({ width: 16, height: 32 });
    expect(texture.recipe).toMatchObject({ width: 16, height: 32 });
    expect(cached()).toBe(1);
  });

  it("is rescaled where nobody can paint it", async () => {
    const texture = new NeuralTexture("wall", { images: flatImages(8) }, scene);
    await texture.resize(4);
    expect(texture.getSize()).toEqual({ width: 4, height: 4 });
    const bytes = texture.getInternalTexture()!._bufferView as Uint8Array;
    expect([...bytes.subarray(0, 4)]).toEqual([188, 188, 188, 255]); // flat stays flat
  });

  it("stays as it is when resizing is cancelled", async () => {
    setTexturePainter(scene, paintingHere());
    const texture = new NeuralTexture("wall", { images: flatImages(8), recipe: sandRecipe(8) }, scene);
    const controller = new AbortController();
    const resizing = texture.resize(64, { signal: controller.signal });
    controller.abort(new Error("Enough."));
    await expect(resizing).rejects.toThrow("Enough.");
    expect(texture.getSize()).toEqual({ width: 8, height: 8 });
    expect(cached()).toBe(1);
  });

  it("refuses sizes that no GPU takes", async () => {
    const texture = new NeuralTexture("wall", { images: flatImages(8) }, scene);
    await expect(texture.resize(0)).rejects.toThrow(
      'NeuralTexture "wall" resize: needed sides of 1 to 512 whole pixels, came 0 × 0. Choose such a size.',
    );
  });

  it("refuses pixels that do not fit their size, and keeps the old ones", () => {
    const texture = new NeuralTexture("wall", { images: flatImages(8) }, scene);
    expect(() => texture.update({ width: 4, height: 4, pixels: new Uint8Array(48) })).toThrow(
      'NeuralTexture "wall": needed 4 × 4 pixels of 4 bytes, came 48 bytes. Give red, green, blue and alpha of every pixel.',
    );
    expect(texture.getSize()).toEqual({ width: 8, height: 8 });
  });

  it("frees the GPU memory of the old picture when it is updated, and all of it when it is disposed of, twice", () => {
    const before = cached();
    const texture = new NeuralTexture("wall", { images: flatImages(8) }, scene);
    for (let i = 0; i < 5; i++) texture.update(flatImages(8 + i));
    expect(cached()).toBe(before + 1);
    texture.dispose();
    texture.dispose();
    expect(cached()).toBe(before);
    expect(scene.textures).toEqual([]);
  });

  it("shares its picture with a clone until one of them gets another", () => {
    const texture = new NeuralTexture("wall", { images: flatImages(8), recipe: sandRecipe(8) }, scene);
    texture.uScale = 3;
    const copy = texture.clone();
    expect(copy.uScale).toBe(3);
    expect(copy.recipe).toEqual(sandRecipe(8));
    expect(copy.getInternalTexture()).toBe(texture.getInternalTexture());
    texture.update(flatImages(16));
    expect([copy.getSize().width, texture.getSize().width]).toEqual([8, 16]);
    texture.dispose();
    expect(copy.isReady()).toBe(true);
    copy.dispose();
    expect(cached()).toBe(0);
  });

  it("stops being painted when it is disposed of", async () => {
    const painter = paintingHere();
    let signal: AbortSignal | undefined;
    setTexturePainter(scene, {
      ...painter,
      repaint: (recipe, pictures, watch) => {
        signal = watch?.signal;
        return painter.repaint(recipe, pictures, watch);
      },
    });
    const texture = new NeuralTexture("wall", { recipe: sandRecipe(16) }, scene);
    await Promise.resolve();
    texture.dispose();
    expect(signal?.aborted).toBe(true);
  });

  it("says which picture its recipe lacks, and is painted by the next painter that has it", async () => {
    const recipe = {
      ...sandRecipe(16),
      generator: "example",
      pictures: [{ role: "example", hash: "0123456789abcdef", name: "moss.jpg", width: 8, height: 8 }],
    };
    const texture = new NeuralTexture("wall", { recipe }, scene);
    const failed = painted(texture);
    setTexturePainter(scene, paintingHere());
    await expect(failed).rejects.toThrow(
      'setTexturePainter: needed the picture "moss.jpg" (0123456789ab…) of a recipe, came none. Give pictureOf, or save such textures as images.',
    );
    const wanted: string[] = [];
    const again = painted(texture);
    setTexturePainter(scene, paintingHere(), {
      pictureOf: ({ name }) => {
        wanted.push(name);
        return null;
      },
    });
    await expect(again).rejects.toThrow("moss.jpg");
    expect(wanted).toEqual(["moss.jpg"]);
  });
});

describe("A scene file", () => {
  function saved(savedAs: "image" | "recipe"): Record<string, unknown> {
    const material = new PBRMaterial("wall", scene);
    const images = flatImages(8);
    const recipe = sandRecipe(16);
    material.albedoTexture = new NeuralTexture("albedo", { images, recipe, savedAs }, scene);
    material.bumpTexture = new NeuralTexture("normal", { images, recipe, savedAs, channel: "normal" }, scene);
    (material.albedoTexture as NeuralTexture).uScale = 2;
    const file = JSON.stringify(SceneSerializer.Serialize(scene));
    material.dispose(true, true);
    return (JSON.parse(file) as { materials: Record<string, unknown>[] }).materials[0];
  }

  it("brings the pixels back at once", () => {
    const material = PBRMaterial.Parse(saved("image"), scene, "");
    const texture = material.albedoTexture as NeuralTexture;
    expect(texture).toBeInstanceOf(NeuralTexture);
    expect(texture).toMatchObject({ isPainted: true, uScale: 2, channel: "albedo", gammaSpace: true });
    expect(texture.recipe).toEqual(sandRecipe(16));
    const bytes = texture.getInternalTexture()!._bufferView as Uint8Array;
    expect(bytes).toEqual(flatImages(8).albedo);
    const normals = (material.bumpTexture as NeuralTexture).getInternalTexture()!._bufferView as Uint8Array;
    expect([...normals.subarray(0, 4)]).toEqual([128, 128, 255, 128]); // flat, height 0.5 in alpha
  });

  it("brings the recipe back, in the picture's mean colour until it has been painted", async () => {
    const material = PBRMaterial.Parse(saved("recipe"), scene, "");
    const texture = material.albedoTexture as NeuralTexture;
    expect(texture.isPainted).toBe(false);
    expect([...(texture.getInternalTexture()!._bufferView as Uint8Array)]).toEqual([188, 188, 188, 255]);
    const done = painted(texture);
    setTexturePainter(scene, paintingHere());
    await done;
    expect(texture.getSize()).toEqual({ width: 16, height: 16 });
    expect(texture.savedAs).toBe("recipe");
  });

  it.each(["image", "recipe"] as const)(
    "with the %s is an ordinary texture on a page without the plugin",
    (savedAs) => {
      const { albedoTexture } = saved(savedAs) as { albedoTexture: Record<string, unknown> };
      expect("customType" in albedoTexture).toBe(false);
      const plain = Texture.Parse(albedoTexture, scene, "") as Texture; // what Babylon's loaders call there
      expect(plain.getClassName()).toBe("Texture");
      expect([plain.name, plain.uScale]).toEqual(["albedo", 2]);
      expect(String(albedoTexture["base64String"])).toMatch(/^data:image\/png;base64,/);
    },
  );

  it("of the first version is still read", () => {
    const { albedoTexture } = saved("image") as { albedoTexture: Record<string, unknown> };
    const { base64String, neuralKind, neuralTexture, ...rest } = albedoTexture;
    expect(neuralKind).toBe("NeuralTexture");
    const first = {
      ...rest,
      customType: "BABYLONNEURAL.NeuralTexture",
      neuralTexture: { ...(neuralTexture as object), version: 1, image: base64String },
    };
    const texture = Texture.Parse(first, scene, "") as NeuralTexture;
    expect(texture).toBeInstanceOf(NeuralTexture);
    expect(texture.getInternalTexture()!._bufferView).toEqual(flatImages(8).albedo);
  });

  it("of a newer release is refused", () => {
    const file = { name: "wall", neuralTexture: { version: 3 } };
    expect(() => NeuralTexture.Parse(file as never, scene)).toThrow(
      'NeuralTexture "wall": needed a texture saved in version 1 or 2, came version 3. Update babylon-neural, or save the scene again.',
    );
  });
});
