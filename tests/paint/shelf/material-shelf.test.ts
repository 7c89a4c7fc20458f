import { IDBFactory, IDBObjectStore } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  keepPicture,
  MaterialShelf,
  type BakedImages,
  type BookPicture,
  type NewMaterial,
} from "../../../plugin/paint.ts";
import { stripes } from "../stripes.ts";

let shelf: MaterialShelf;

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  shelf = new MaterialShelf();
});

afterEach(() => {
  shelf.dispose();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const picture = (hash: string): BookPicture => ({ hash, name: `${hash}.png`, picture: stripes(8, 8) });

/** A material made from these pictures. */
function material(name: string, ...pictures: string[]): NewMaterial {
  const uses = pictures.map((hash) => ({ role: "example", name: `${hash}.png`, hash }));
  const recipe = { generator: "example", seed: 1, width: 2, height: 2, settings: {}, pictures: uses };
  const thumbnail = { size: 1, pixels: Uint8ClampedArray.of(1, 2, 3, 255) };
  return { name, recipe: recipe as unknown as NewMaterial["recipe"], thumbnail };
}

const IMAGES = { width: 1, height: 1, albedo: Uint8Array.of(9, 8, 7, 255) } as unknown as BakedImages;

const names = async (of = shelf): Promise<string[]> => (await of.list()).map(({ name }) => name);

/** Lets the database run full: for everything, or for pixels only. */
function fill(store: "all" | "images"): void {
  for (const method of ["add", "put"] as const) {
    const real = IDBObjectStore.prototype[method];
    vi.spyOn(IDBObjectStore.prototype, method).mockImplementation(function (this: IDBObjectStore, ...args) {
      if (store === "all" || this.name === store) throw new DOMException("No room.", "QuotaExceededError");
      return real.apply(this, args);
    });
  }
}

describe("MaterialShelf", () => {
  it("shows what is kept after a reload, the newest first, with pixels and pictures", async () => {
    await shelf.keep(material("moss"), IMAGES, []);
    await shelf.keep(material("pebbles", "a"), IMAGES, [picture("a")]);
    shelf.dispose();
    shelf = new MaterialShelf();
    const [first, second] = await shelf.list();
    expect([first.name, second.name, first.hasImages]).toEqual(["pebbles", "moss", true]);
    expect([await shelf.imagesOf(first.id), await shelf.picture("a")]).toEqual([IMAGES, picture("a")]);
  });

  it("forgets a material with the pictures that no other one needs, and puts all of it back in its place", async () => {
    const { id } = await shelf.keep(material("pebbles", "a", "b"), IMAGES, [picture("a"), picture("b")]);
    await shelf.keep(material("gravel", "b"), IMAGES, [picture("b")]);
    const before = await shelf.list();
    const forgotten = await shelf.remove(id);
    expect(await names()).toEqual(["gravel"]);
    expect([await shelf.imagesOf(id), await shelf.picture("a")]).toEqual([null, null]);
    expect(await shelf.picture("b")).toEqual(picture("b"));
    await shelf.putBack(forgotten!);
    expect(await shelf.list()).toEqual(before);
    expect([await shelf.imagesOf(id), await shelf.picture("a")]).toEqual([IMAGES, picture("a")]);
  });

  it("finds nothing to forget twice", async () => {
    const { id } = await shelf.keep(material("moss"), IMAGES, []);
    await shelf.remove(id);
    expect(await shelf.remove(id)).toBeNull();
  });

  it("finds pictures, too, that were kept by themselves", async () => {
    const hash = await keepPicture(stripes(8, 8));
    expect(await shelf.picture(hash)).toEqual({ hash, name: "picture", picture: stripes(8, 8) });
  });

  it("tells other shelves, so that all show the same", async () => {
    const other = new MaterialShelf();
    const told = new Promise<void>((resolve) => other.onChangeObservable.addOnce(resolve));
    await shelf.keep(material("moss"), IMAGES, []);
    await told;
    expect(await names(other)).toEqual(["moss"]);
    other.dispose();
  });

  it("keeps the recipe alone where there is no room for pixels", async () => {
    fill("images");
    const { id, hasImages } = await shelf.keep(material("moss"), IMAGES, []);
    expect([hasImages, await names(), await shelf.imagesOf(id)]).toEqual([false, ["moss"], null]);
  });

  it("says that there is no room at all, and loses nothing", async () => {
    await shelf.keep(material("moss"), IMAGES, []);
    fill("all");
    await expect(shelf.keep(material("pebbles", "a"), IMAGES, [picture("a")])).rejects.toThrow(
      "Kept materials: needed room in the browser's database, came a full one. Remove what is no longer needed; what was saved before is still there.",
    );
    expect([await names(), await shelf.picture("a")]).toEqual([["moss"], null]);
  });

  it("says where a browser keeps nothing", async () => {
    vi.stubGlobal("indexedDB", undefined);
    await expect(shelf.list()).rejects.toThrow(
      "Kept materials: needed leave to use the browser's database, came a refusal. Allow this site to store data, or leave private browsing.",
    );
  });
});
