import type { BakedImages, BookPicture, TextureRecipe } from "../../../plugin/paint.ts";

/** A material that outlives the visit. */
export interface KeptMaterial {
  readonly id: number;
  readonly name: string;
  readonly recipe: TextureRecipe;
  /** A small picture, sRGB with alpha. */
  readonly thumbnail: { readonly size: number; readonly pixels: Uint8ClampedArray<ArrayBuffer> };
  /** Whether its pixels are kept too, or are painted again from the recipe. */
  readonly hasImages: boolean;
}

const NAME = "golem-yard atelier";
const VERSION = 1;

/**
 * Materials and pictures in this browser's own database: recipes with the pictures that they need, by hash, and the finished
 * pixels as long as there is room for them.
 */
export class Shelf {
  readonly #database: Promise<IDBDatabase>;

  constructor() {
    this.#database = openDatabase();
    // Who looks in later is told; nobody has to look in.
    this.#database.catch(() => {});
  }

  /** All that is kept, the newest first. @throws Error where the browser keeps nothing. */
  async list(): Promise<KeptMaterial[]> {
    const all = await this.#read<KeptMaterial[]>("materials", (store) => store.getAll());
    return all.reverse();
  }

  /**
   * Keeps a material with its pictures; where there is no room for its pixels, the recipe alone.
   *
   * @throws Error when there is no room even for that; nothing is kept then.
   */
  async keep(
    material: Omit<KeptMaterial, "id" | "hasImages">,
    images: BakedImages,
    pictures: readonly BookPicture[],
  ): Promise<KeptMaterial> {
    try {
      return await this.#write(material, images, pictures);
    } catch (problem) {
      if (!isFull(problem)) throw problem;
      return this.#write(material, null, pictures);
    }
  }

  /** Pixels of a kept material; null where only its recipe is kept. */
  async imagesOf(id: number): Promise<BakedImages | null> {
    return (await this.#read<BakedImages | undefined>("images", (store) => store.get(id))) ?? null;
  }

  /** A picture that some kept recipe needs; null where there is none. */
  async picture(hash: string): Promise<BookPicture | null> {
    return (await this.#read<BookPicture | undefined>("pictures", (store) => store.get(hash))) ?? null;
  }

  /** Keeps pictures for recipes that leave the page by themselves. */
  async keepPictures(pictures: readonly BookPicture[]): Promise<void> {
    const change = (await this.#database).transaction("pictures", "readwrite");
    for (const entry of pictures) change.objectStore("pictures").put(entry);
    await finished(change);
  }

  /** Forgets a material, and the pictures that no other one needs. */
  async remove(id: number): Promise<void> {
    const change = (await this.#database).transaction(["materials", "images", "pictures"], "readwrite");
    const materials = change.objectStore("materials");
    change.objectStore("images").delete(id);
    const gone = materials.get(id) as IDBRequest<KeptMaterial | undefined>;
    const all = materials.getAll() as IDBRequest<KeptMaterial[]>;
    all.onsuccess = () => {
      const others = all.result.filter((other) => other.id !== id);
      const needed = new Set(others.flatMap(({ recipe }) => recipe.pictures.map(({ hash }) => hash)));
      for (const { hash } of gone.result?.recipe.pictures ?? []) {
        if (!needed.has(hash)) change.objectStore("pictures").delete(hash);
      }
      materials.delete(id);
    };
    await finished(change);
  }

  dispose(): void {
    this.#database.then((database) => database.close()).catch(() => {});
  }

  async #write(
    material: Omit<KeptMaterial, "id" | "hasImages">,
    images: BakedImages | null,
    pictures: readonly BookPicture[],
  ): Promise<KeptMaterial> {
    const change = (await this.#database).transaction(["materials", "images", "pictures"], "readwrite");
    for (const entry of pictures) change.objectStore("pictures").put(entry);
    const record = { ...material, hasImages: images !== null };
    const added = change.objectStore("materials").add(record);
    let id = 0;
    added.onsuccess = () => {
      id = added.result as number;
      if (images) change.objectStore("images").put(images, id);
    };
    await finished(change);
    return { ...record, id };
  }

  async #read<T>(store: string, ask: (store: IDBObjectStore) => IDBRequest): Promise<T> {
    const change = (await this.#database).transaction(store, "readonly");
    const request = ask(change.objectStore(store)) as IDBRequest<T>;
    await finished(change);
    return request.result;
  }
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("materials", { keyPath: "id", autoIncrement: true });
      request.result.createObjectStore("images");
      request.result.createObjectStore("pictures", { keyPath: "hash" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () =>
      reject(
        new Error("This browser keeps nothing here, so materials are gone after this visit.", { cause: request.error }),
      );
  });
}

function finished(change: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (): void => reject(change.error ?? new Error("The browser's storage gave up. Try again."));
    change.oncomplete = () => resolve();
    change.onerror = fail;
    change.onabort = fail;
  });
}

/** Whether a problem is that there is no room. */
export function isFull(problem: unknown): boolean {
  return problem instanceof DOMException && problem.name === "QuotaExceededError";
}
