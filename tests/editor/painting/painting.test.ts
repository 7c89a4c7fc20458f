import { NullEngine } from "@babylonjs/core/Engines/nullEngine.js";
import { StandardMaterial } from "@babylonjs/core/Materials/standardMaterial.js";
import { CreateBox } from "@babylonjs/core/Meshes/Builders/boxBuilder.js";
import { CreateGround } from "@babylonjs/core/Meshes/Builders/groundBuilder.js";
import "@babylonjs/core/Meshes/instancedMesh.js";
import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import { SceneSerializer } from "@babylonjs/core/Misc/sceneSerializer.js";
import { Scene } from "@babylonjs/core/scene.js";
import { IDBFactory, IDBObjectStore } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { sha256 } from "../../../plugin/core/sha-256.ts";
import { Studio } from "../../../plugin/editor/model/studio.ts";
import { Painting } from "../../../plugin/editor/painting/painting.ts";
import { servePainter } from "../../../plugin/paint/painter/serve-painter.ts";
import * as tools from "../../../plugin/paint.ts";
import { stripes } from "../../paint/stripes.ts";
import { localWorker, type LocalWorker } from "../../paint/painter/local-painter.ts";

let engine: NullEngine;
let scene: Scene;
let ground: Mesh;
let box: Mesh;
let studio: Studio;
let painting: Painting;
let workers: LocalWorker[];

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  engine = new NullEngine();
  scene = new Scene(engine);
  ground = CreateGround("ground", {}, scene);
  ground.material = new StandardMaterial("grass", scene);
  box = CreateBox("box", {}, scene);
  box.material = new StandardMaterial("wood", scene);
  workers = [];
  const makePaintWorker = (): LocalWorker => {
    const worker = localWorker((scope) => servePainter(scope, {}));
    workers.push(worker);
    return worker;
  };
  studio = new Studio(scene, { makePaintWorker });
  studio.select(ground);
  painting = new Painting(studio, tools);
});

afterEach(() => {
  studio.close();
  scene.dispose();
  engine.dispose();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const STONES = { name: "Stones", picture: stripes(24, 24) };

function stonesFile(name = "stones.png"): File {
  const pixels = Uint8Array.from(STONES.picture.pixels, (value) => Math.round(255 * value));
  return new File([tools.encodePng({ width: 24, height: 24, channels: 3, pixels })], name);
}

const worn = (mesh: Mesh): string | undefined => mesh.material?.name;
const json = (): string => JSON.stringify(SceneSerializer.Serialize(scene));
const drafted = (): Promise<void> => vi.waitFor(() => expect(painting.hasDraft).toBe(true), { timeout: 60_000 });

async function paintSmall(material: string): Promise<void> {
  painting.chooseClass(material);
  painting.change({ size: 16 });
  await painting.paint();
}

describe("Painting", () => {
  it("shows a draft after a change, which is no edit and goes with cancel", async () => {
    const before = json();
    painting.chooseClass("brick");
    await drafted();
    expect([worn(ground), studio.history.undoTitle]).toEqual(["draft", null]);
    painting.cancel();
    expect([worn(ground), json()]).toEqual(["grass", before]);
  });

  it("takes the draft off when another mesh is selected", async () => {
    painting.chooseClass("brick");
    await drafted();
    studio.select(box);
    expect([worn(ground), worn(box), painting.hasDraft]).toEqual(["grass", "wood", false]);
  });

  it("paints as one edit, whatever drafts came before, and lets the sliders follow undo and redo", async () => {
    const before = json();
    await paintSmall("brick");
    expect([worn(ground), studio.history.undoTitle]).toEqual(["Brick", "Paint “ground” as Brick"]);
    await paintSmall("sand");
    studio.history.undo();
    expect([worn(ground), painting.wish.material]).toEqual(["Brick", "brick"]);
    studio.history.redo();
    expect([worn(ground), painting.wish.material]).toEqual(["Sand", "sand"]);
    studio.history.undo();
    studio.history.undo();
    expect(json()).toBe(before);
  });

  it("puts one of the last materials on another mesh", async () => {
    await paintSmall("brick");
    studio.select(box);
    painting.wear(painting.rack.shown[0]);
    expect(box.material).toBe(ground.material);
    studio.history.undo();
    expect([worn(ground), worn(box)]).toEqual(["Brick", "wood"]);
  });

  it("leaves the material and says why when the worker dies", async () => {
    const work = painting.paint();
    await vi.waitFor(() => expect(workers.length).toBe(1), { timeout: 60_000 });
    workers[0].die("out of memory");
    await work;
    expect([worn(ground), painting.work, studio.history.undoTitle]).toEqual(["grass", null, null]);
    expect(painting.problem).toMatch(/^Painter: .*out of memory.*\.$/);
  });

  it("says why a picture's maps cannot be had, and leaves the material", async () => {
    await painting.takeSample(STONES);
    painting.changeExample({ layout: "maps" });
    painting.change({ size: 16 });
    await painting.paint();
    expect(worn(ground)).toBe("grass");
    expect(painting.problem).toBe(
      'Generator "photograph": needed a network to estimate maps with, came none. Give servePainting an estimatorUrl.',
    );
  });

  it("paints from a picture file, and lets the sliders follow undo and redo", async () => {
    await painting.takeFiles([stonesFile()]);
    expect(painting.wish.example.pictures.map(({ name }) => name)).toEqual(["stones.png"]);
    painting.changeExample({ quality: "fast" });
    painting.change({ size: 16 });
    await painting.paint();
    expect(worn(ground)).toBe("stones");
    studio.history.undo();
    expect(worn(ground)).toBe("grass");
    studio.history.redo();
    expect([worn(ground), painting.wish.source, painting.wish.example.quality]).toEqual(["stones", "picture", "fast"]);
  });

  it("mixes pictures that are added, four at the most, and paints anew those that take their place", async () => {
    const names = (): string[] => painting.wish.example.pictures.map(({ name }) => name);
    await painting.takeFiles([stonesFile("a.png")]);
    for (const name of ["b.png", "c.png", "d.png", "e.png"]) await painting.takeFiles([stonesFile(name)], true);
    expect(names()).toEqual(["a.png", "b.png", "c.png", "d.png"]);
    await painting.takeFiles([stonesFile("f.png")]);
    expect(names()).toEqual(["f.png"]);
  });

  it("rolls another seed for another picture, but not for another mask of it", async () => {
    await painting.takeSample(STONES);
    const { seed, example } = painting.wish;
    painting.changeExample({ pictures: example.pictures.map((each) => ({ ...each, mask: "m" })) });
    expect(painting.wish.seed).toBe(seed);
    painting.changeExample({ pictures: [] });
    expect(painting.wish.seed).not.toBe(seed);
  });

  it("says why a file is none that it takes, and keeps the pictures that are there", async () => {
    await painting.takeSample(STONES);
    const before = painting.wish;
    for (const [file, problem] of [
      [new File(["words"], "notes.png"), /^readPicture "notes\.png": needed a PNG, .+, came .+\.$/],
      [new File(["PK"], "foreign.zip"), /^.+ zip.+\.$/],
      [new File(['{"a":1}'], "foreign.json"), /^Recipe: needed the format .+, came .+\.$/],
    ] as const) {
      await painting.takeFiles([file]);
      expect(painting.problem).toMatch(problem);
      expect([painting.wish, worn(ground), studio.history.undoTitle]).toEqual([before, "grass", null]);
    }
  });

  it("makes a recipe's pixels again, as one edit, and says which picture is missing", async () => {
    await painting.takeSample(STONES);
    painting.changeExample({ quality: "fast" });
    painting.change({ size: 16, isSeedLocked: true });
    await painting.paint();
    const { recipe, images } = painting.worn!.painted;
    studio.history.undo();
    await painting.takeFiles([new File([JSON.stringify(recipe)], "stones.json")]);
    expect(painting.worn?.painted).toEqual({ recipe, images });
    const foreign = recipe.pictures.map((each) => ({ ...each, hash: "0".repeat(64) }));
    await painting.takeRecipe(JSON.stringify({ ...recipe, pictures: foreign }));
    expect(painting.problem).toBe(
      'Recipe: needed the picture "Stones", came none. Give that picture first, then the recipe again.',
    );
    expect(painting.worn?.painted.recipe).toEqual(recipe);
  });

  it("takes a zip's pixels as they are, with its pictures", async () => {
    await painting.takeSample(STONES);
    painting.changeExample({ quality: "fast" });
    painting.change({ size: 16 });
    await painting.paint();
    const { name, painted } = { name: painting.worn!.name, painted: painting.worn!.painted };
    const { bytes } = await tools.zipFile(
      { name, ...painted },
      { exportZip: async (...args) => tools.exportZip(...args) },
      painting.book,
    );
    const other = new Painting(studio, tools);
    studio.select(box);
    await other.takeFiles([new File([bytes], "mossy-stones-3.zip")]);
    expect([worn(box), other.worn?.painted]).toEqual(["mossy stones 3", painted]);
    expect(other.book.peek(painted.recipe.pictures[0].hash)).not.toBeNull();
  });

  it("keeps what the imaginer has learned that comes in a zip, and gives it along in another", async () => {
    const fit = tools.encodeImaginerFit({
      ...{ name: "bark", base: "ab".repeat(32), code: Float32Array.of(1) },
      ...{ changes: {}, birth: {} },
    });
    await paintSmall("brick");
    const { recipe, images } = painting.worn!.painted;
    const fitted = { recipe: { ...recipe, imaginerFit: (await sha256(Uint8Array.from(fit)))! }, images };
    await painting.takeFiles([new File([await tools.exportZip(fitted, { fit })], "bark-1.zip")]);
    expect([painting.problem, worn(ground)]).toEqual(["", "bark 1"]);
    expect((await tools.keptImaginerFits()).map(({ name }) => name)).toEqual(["bark"]);

    const link = { href: "", download: "", click: () => {} };
    vi.stubGlobal("document", { createElement: () => link });
    const offer = vi.spyOn(URL, "createObjectURL");
    await painting.exports.saveZip("opengl");
    vi.stubGlobal("document", undefined);
    const zip = new Uint8Array(await (offer.mock.calls[0][0] as Blob).arrayBuffer());
    expect([link.download, (await tools.importZip(zip)).fit]).toEqual([`bark-1-${recipe.seed}.zip`, fit]);
  });

  it("keeps a material once, and puts it with its pixels on another mesh", async () => {
    await paintSmall("brick");
    await painting.keep();
    await painting.keep();
    await vi.waitFor(() => expect(painting.kept.shown.map(({ name }) => name)).toEqual(["Brick"]));
    const { images } = painting.worn!.painted;
    studio.select(box);
    await painting.wearKept(painting.kept.shown[0]);
    expect([worn(box), painting.worn?.painted.images, studio.history.undoTitle]).toEqual([
      "Brick",
      images,
      "Paint “box” as Brick",
    ]);
  });

  it("paints a kept material again where there was no room for its pixels", async () => {
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (this: IDBObjectStore, ...args) {
      if (this.name === "images") throw new DOMException("No room.", "QuotaExceededError");
      return put.apply(this, args);
    });
    await paintSmall("brick");
    const { images } = painting.worn!.painted;
    const told: string[] = [];
    studio.onNoticeObservable.add(({ words }) => told.push(words));
    await painting.keep();
    expect(told).toEqual(["Kept: Brick. Storage is nearly full, so it is painted again when it is used."]);
    await vi.waitFor(() => expect(painting.kept.shown.length).toBe(1));
    studio.select(box);
    await painting.wearKept(painting.kept.shown[0]);
    expect([worn(box), painting.worn?.painted.images]).toEqual(["Brick", images]);
  });

  it("forgets a kept material so that an undo brings it back, and a redo does it again", async () => {
    await paintSmall("brick");
    await painting.keep();
    const shown = (count: number): Promise<void> =>
      vi.waitFor(() => expect(painting.kept.shown.length).toBe(count), { timeout: 30_000 });
    await shown(1);
    const [before] = painting.kept.shown;
    painting.kept.forget(before);
    await shown(0);
    studio.history.undo();
    await shown(1);
    expect(painting.kept.shown).toEqual([before]);
    studio.history.redo();
    await shown(0);
    expect(worn(ground)).toBe("Brick");
  });

  it("compares with what the mesh wore before: nothing at first, then the last edit, or what a draft hides", async () => {
    painting.comparison.split(true);
    expect([painting.comparison.isPossible, painting.comparison.isSplit]).toEqual([false, false]);
    await paintSmall("brick");
    painting.comparison.split(true);
    expect([painting.earlier?.name, painting.comparison.isSplit]).toEqual(["grass", true]);
    painting.chooseClass("sand");
    await drafted();
    expect([painting.earlier?.name, worn(ground)]).toEqual(["Brick", "draft"]);
    painting.cancel();
    studio.history.undo();
    expect([painting.comparison.isPossible, painting.comparison.isSplit]).toEqual([false, false]);
    expect(json()).not.toContain("Brick");
  });

  it("gives up at once what is cancelled, and leaves nothing behind", async () => {
    const before = json();
    painting.chooseClass("brick");
    const work = painting.paint();
    painting.cancel();
    await work;
    expect([painting.work, painting.problem, json()]).toEqual([null, "", before]);
  });

  it("does not paint a mesh that has gone meanwhile", async () => {
    painting.change({ size: 16 });
    const work = painting.paint();
    ground.dispose();
    await work;
    expect(painting.problem).toBe(
      'Studio: needed the mesh "ground" to paint, came one that was disposed of. Choose another mesh.',
    );
    expect(scene.textures.filter((texture) => texture instanceof tools.NeuralTexture)).toEqual([]);
  });

  it("paints what an instance is one of, and nothing where there is no surface", () => {
    studio.select(box.createInstance("copy"));
    expect(painting.mesh).toBe(box);
    studio.select(null);
    expect(painting.mesh).toBeNull();
  });

  it("keeps a locked seed when another class is chosen", () => {
    painting.change({ isSeedLocked: true, seed: 5 });
    painting.chooseClass("sand");
    expect(painting.wish.seed).toBe(5);
    painting.change({ isSeedLocked: false });
    painting.chooseClass("brick");
    expect(painting.wish.seed).not.toBe(5);
  });

  it("ends its workers and takes its draft off when the studio closes; what is painted stays", async () => {
    await paintSmall("brick");
    studio.select(box);
    painting.chooseClass("sand");
    await drafted();
    studio.close();
    expect([worn(ground), worn(box)]).toEqual(["Brick", "wood"]);
    expect(workers.every(({ isTerminated }) => isTerminated)).toBe(true);
    expect(scene.materials.map(({ name }) => name)).toEqual(["grass", "wood", "Brick"]);
  });
});
