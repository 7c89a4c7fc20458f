import { NullEngine } from "@babylonjs/core/Engines/nullEngine.js";
import { SerializationHelper } from "@babylonjs/core/Misc/decorators.serialization.js";
import { Scene } from "@babylonjs/core/scene.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LivingTexture } from "../../../plugin/bridge/paint/living-texture.ts";
import { CellField } from "../../../plugin/paint/automata/cell-field.ts";
import { paintHere, requestOf } from "../../../plugin/paint/painter/paint-here.ts";
import { srgbBytes } from "../../../plugin/paint/maps/srgb.ts";
import { anySpecies } from "../../paint/automata/any-species.ts";

let engine: NullEngine;
let scene: Scene;

beforeEach(() => {
  engine = new NullEngine();
  scene = new Scene(engine);
});

afterEach(() => {
  scene.dispose();
  engine.dispose();
});

const species = anySpecies();
const living = (options: Partial<ConstructorParameters<typeof LivingTexture>[1]> = {}): LivingTexture =>
  new LivingTexture("moss", { species, size: 16, ...options }, scene);

/** Lets so many seconds pass in the scene. */
function pass(seconds: number): void {
  engine.getDeltaTime = () => 1000 * seconds;
  scene.onBeforeRenderObservable.notifyObservers(scene);
}

describe("A living texture", () => {
  it("grows at its rate, at most 8 steps in a frame, and not while it is paused", async () => {
    const texture = await living({ stepsPerSecond: 20 }).whenGrowing();
    pass(0.1);
    expect(texture.steps).toBe(2);
    pass(10);
    expect(texture.steps).toBe(10);
    texture.isPaused = true;
    pass(0.1);
    expect(texture.steps).toBe(10);
    texture.isPaused = false;
    texture.stepsPerSecond = 0;
    pass(0.1);
    expect(texture.steps).toBe(10);
  });

  it("shows what a cell field of its seed grows", async () => {
    const texture = await living({ seed: 4 }).whenGrowing();
    texture.grow(7);
    const field = new CellField(species, { width: 16, height: 16, seed: 4 });
    for (let i = 0; i < 7; i++) field.step();
    expect((await texture.bake()).pixels).toEqual(field.colours());
  });

  it("has a recipe from which a painter makes the same picture", async () => {
    const texture = await living({ seed: 4 }).whenGrowing();
    texture.grow(5);
    const painted = await paintHere(
      await requestOf(JSON.parse(JSON.stringify(texture.recipe)) as typeof texture.recipe),
    );
    const baked = (await texture.bake()).pixels.map((value) => Math.round(255 * value));
    // The file of the species has 16 bits a weight.
    srgbBytes(painted.maps.albedo).forEach((byte, i) => expect(Math.abs(byte - baked[i])).toBeLessThanOrEqual(1));
  });

  it("comes back from a scene file with its species, seed, size and rate", async () => {
    const texture = await living({
      graft: anySpecies("lichen", 3),
      seed: 9,
      stepsPerSecond: 12,
      size: { width: 24, height: 16 },
    }).whenGrowing();
    texture.uScale = 3;
    texture.isPaused = true;
    const saved = JSON.parse(JSON.stringify(texture.serialize())) as Record<string, unknown>;
    const loaded = SerializationHelper._TextureParser(saved, scene, "") as LivingTexture;
    expect(loaded).toBeInstanceOf(LivingTexture);
    await loaded.whenGrowing();
    const { seed, stepsPerSecond, isPaused, uScale } = loaded;
    expect({ seed, stepsPerSecond, isPaused, uScale }).toEqual({
      seed: 9,
      stepsPerSecond: 12,
      isPaused: true,
      uScale: 3,
    });
    expect([loaded.species.name, loaded.graft?.name]).toEqual(["any", "lichen"]);
    expect(loaded.recipe).toMatchObject({ width: 24, height: 16, generator: "automaton" });
  });

  it("is erased where the brush touches it, and heals", async () => {
    const texture = await living({ bareColour: [1, 0, 1] }).whenGrowing();
    // The disc around (0.25, 0.75) is a quarter from the left and a quarter from above: row 4, column 4.
    texture.erase(0.25, 0.75, 0.1);
    const bare = (await texture.bake()).pixels.subarray((4 * 16 + 4) * 3, (4 * 16 + 4) * 3 + 3);
    expect([...bare]).toEqual([1, 0, 1]);
    texture.grow(20);
    const healed = (await texture.bake()).pixels.subarray((4 * 16 + 4) * 3, (4 * 16 + 4) * 3 + 3);
    expect([...healed]).not.toEqual([1, 0, 1]);
  });

  it("goes back to what it was before the brush, and grows on from there in the same way", async () => {
    const graft = anySpecies("lichen", 3);
    const [touched, untouched] = [living({ graft, seed: 2 }), living({ graft, seed: 2 })];
    for (const texture of [touched, untouched]) (await texture.whenGrowing()).grow(5);
    const before = touched.snapshot();
    // 14 numbers of 4 bytes for each of 16 × 16 cells in ordinary memory.
    expect([before.steps, before.bytes]).toEqual([5, 14 * 4 * 256]);
    touched.erase(0.5, 0.5, 0.2);
    touched.graftAt(0.1, 0.1, 0.2);
    touched.grow(3);
    const after = touched.snapshot();
    const changed = await touched.readCells();
    touched.restore(before);
    expect(touched.steps).toBe(5);
    expect(await touched.readCells()).toEqual(await untouched.readCells());
    for (const texture of [touched, untouched]) texture.grow(4);
    expect(await touched.readCells()).toEqual(await untouched.readCells());
    touched.restore(after);
    expect([touched.steps, await touched.readCells()]).toEqual([8, changed]);
  });

  it("goes back to no cells but its own", async () => {
    const texture = await living().whenGrowing();
    const before = texture.snapshot();
    await texture.reseed(1);
    expect(() => texture.restore(before)).toThrow(
      'LivingTexture "moss": needed a snapshot of the cells that it has now, came one of others. Take a new one after reseed, resize or a lost context.',
    );
  });

  it("begins anew by another seed or at another size", async () => {
    const texture = await living().whenGrowing();
    texture.grow(3);
    await texture.reseed(1);
    expect([texture.steps, texture.recipe.seed]).toEqual([0, 1]);
    await texture.resize({ width: 8, height: 32 });
    expect(texture.getSize()).toMatchObject({ width: 8, height: 32 });
  });

  it("leaves nothing behind, and may be disposed of twice", async () => {
    const before = [engine.getLoadedTexturesCache().length, scene.onBeforeRenderObservable.observers.length];
    const texture = await living().whenGrowing();
    texture.dispose();
    texture.dispose();
    expect([engine.getLoadedTexturesCache().length, scene.onBeforeRenderObservable.observers.length]).toEqual(before);
  });

  it("refuses what cannot be, in one line", async () => {
    expect(() => living({ size: 4 })).toThrow(
      'LivingTexture "moss": needed sides of at least 8 pixels, came 4 × 4. Choose such a size.',
    );
    expect(() => living({ stepsPerSecond: -1 })).toThrow(
      'LivingTexture "moss": needed 0 to 240 steps a second, came -1. Choose such a rate.',
    );
    expect(() => living({ seed: 0.5 })).toThrow(
      'LivingTexture "moss": needed a whole number as seed, came 0.5. Round it.',
    );
    const texture = living();
    expect(() => texture.grow(1)).toThrow(
      'LivingTexture "moss": needed a GPU that is ready to grow, came one that is not. Await whenGrowing() first.',
    );
    await texture.whenGrowing();
    expect(() => texture.graftAt(0.5, 0.5, 0.1)).toThrow(
      'LivingTexture "moss": needed a second species to graft, came none. Call setSpecies with two.',
    );
    expect(() => texture.erase(Number.NaN, 0, 0.1)).toThrow(
      'LivingTexture "moss": needed a place, a radius above 0 and a share from 0 to 1, came (NaN, 0), 0.1 and 0. Give what a picked point says.',
    );
    await expect(texture.bakeMaterial("wall", { maps: "estimated" })).rejects.toThrow(
      'LivingTexture "moss": needed a painter to estimate maps, came none. Give one, or take maps: "flat".',
    );
  });
});
