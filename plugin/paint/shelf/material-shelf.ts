import { databaseError, isFull } from "../../core/database-error.ts";
import { Observable } from "../../core/observable.ts";
import type { BakedImages } from "../maps/bake.ts";
import type { BookPicture } from "../pictures/picture-book.ts";
import { keptPicture } from "../pictures/picture-store.ts";
import type { ForgottenMaterial, KeptMaterial, NewMaterial } from "./kept-material.ts";

const NAME = "babylon-neural materials";
const VERSION = 1;
const STORES = ["materials", "images", "pictures"];
const WHO = "Kept materials";

/**
 * The materials that this browser keeps for a site: recipes with the pictures that they need, by hash, and the finished pixels as
 * long as there is room for them. All shelves of a site show the same; whoever opens one disposes of it.
 */
export class MaterialShelf {
  /** Something was kept or forgotten, here, in another shelf or in another tab. */
  readonly onChangeObservable = new Observable<void>();
  readonly #channel = new BroadcastChannel(NAME);
  #database: Promise<IDBDatabase> | null = null;
  #disposed = false;

  constructor() {
    this.#channel.onmessage = () => this.onChangeObservable.notifyObservers();
  }

  /** All that is kept, the newest first. @throws StorageError where the browser keeps nothing. */
  async list(): Promise<KeptMaterial[]> {
    const all = await this.#read<KeptMaterial[]>("materials", (store) => store.getAll());
    return all.reverse();
  }

  /**
   * Keeps a material with its pictures; where there is no room for its pixels, the recipe alone.
   *
   * @throws StorageError when there is no room even for that; what was kept before stays, and nothing is kept by half.
   */
  async keep(material: NewMaterial, images: BakedImages, pictures: readonly BookPicture[]): Promise<KeptMaterial> {
    return this.#explain(async () => {
      try {
        return await this.#add({ ...material, hasImages: true }, images, pictures);
      } catch (problem) {
        if (!isFull(problem)) throw problem;
        return this.#add({ ...material, hasImages: false }, null, pictures);
      }
    });
  }

  /** Pixels of a kept material; null where only its recipe is kept. @throws StorageError */
  async imagesOf(id: number): Promise<BakedImages | null> {
    return (await this.#read<BakedImages | undefined>("images", (store) => store.get(id))) ?? null;
  }

  /** A picture that was kept, with a material or by `keepPicture`; null where there is none. Never rejects. */
  async picture(hash: string): Promise<BookPicture | null> {
    const found = this.#read<BookPicture | undefined>("pictures", (store) => store.get(hash));
    const entry = await found.catch(() => undefined);
    if (entry) return entry;
    const alone = await keptPicture(hash).catch(() => null);
    return alone && { hash, name: "picture", picture: alone };
  }

  /**
   * Forgets a material, and the pictures that no other one needs.
   *
   * @returns All that was forgotten; null where there was no such material.
   * @throws StorageError
   */
  async remove(id: number): Promise<ForgottenMaterial | null> {
    return this.#explain(async () => {
      const change = (await this.#open()).transaction(STORES, "readwrite");
      const [materials, images, pictures] = STORES.map((name) => change.objectStore(name));
      const kept = images.get(id) as IDBRequest<BakedImages | undefined>;
      const all = materials.getAll() as IDBRequest<KeptMaterial[]>;
      const found: IDBRequest<BookPicture | undefined>[] = [];
      all.onsuccess = () => {
        const needed = new Set(all.result.filter((other) => other.id !== id).flatMap(hashesOf));
        const gone = all.result.filter((each) => each.id === id).flatMap(hashesOf);
        for (const hash of new Set(gone)) {
          found.push(pictures.get(hash) as IDBRequest<BookPicture | undefined>);
          if (!needed.has(hash)) pictures.delete(hash);
        }
        materials.delete(id);
        images.delete(id);
      };
      await finished(change);
      this.#tell();
      const material = all.result.find((each) => each.id === id);
      if (!material) return null;
      return { material, images: kept.result ?? null, pictures: found.flatMap(({ result }) => result ?? []) };
    });
  }

  /** Keeps again what was forgotten, in its old place. @throws StorageError when there is no room any more. */
  async putBack({ material, images, pictures }: ForgottenMaterial): Promise<void> {
    await this.#explain(() => this.#add(material, images, pictures));
  }

  /** Lets go of the database. May be called twice. */
  dispose(): void {
    this.#disposed = true;
    this.#channel.close();
    this.#database?.then((database) => database.close()).catch(() => {});
    this.onChangeObservable.clear();
  }

  /** @param record - With the number that it had before, or none yet. */
  async #add(
    record: Omit<KeptMaterial, "id"> & Partial<KeptMaterial>,
    images: BakedImages | null,
    pictures: readonly BookPicture[],
  ): Promise<KeptMaterial> {
    const change = (await this.#open()).transaction(STORES, "readwrite");
    const done = finished(change);
    try {
      for (const entry of pictures) change.objectStore("pictures").put(entry);
      const id = await answerOf(change.objectStore("materials").add(record) as IDBRequest<number>);
      if (images) change.objectStore("images").put(images, id);
      await done;
      this.#tell();
      return { ...record, id };
    } catch (problem) {
      if (change.error === null) change.abort();
      throw problem;
    }
  }

  #read<T>(name: string, ask: (store: IDBObjectStore) => IDBRequest): Promise<T> {
    return this.#explain(async () => {
      const look = (await this.#open()).transaction(name, "readonly");
      const request = ask(look.objectStore(name)) as IDBRequest<T>;
      await finished(look);
      return request.result;
    });
  }

  /** Opens the database once; when that fails, the next one who asks tries again. */
  #open(): Promise<IDBDatabase> {
    this.#database ??= openDatabase();
    this.#database.catch(() => (this.#database = null));
    return this.#database;
  }

  #tell(): void {
    if (this.#disposed) return;
    this.#channel.postMessage(null);
    this.onChangeObservable.notifyObservers();
  }

  async #explain<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (cause) {
      throw databaseError(WHO, cause);
    }
  }
}

async function openDatabase(): Promise<IDBDatabase> {
  if (typeof indexedDB === "undefined") throw new DOMException("There is none.", "NotAllowedError");
  const request = indexedDB.open(NAME, VERSION);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("materials", { keyPath: "id", autoIncrement: true });
    request.result.createObjectStore("images");
    request.result.createObjectStore("pictures", { keyPath: "hash" });
  };
  return answerOf(request);
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("unknown"));
  });
}

function finished(change: IDBTransaction): Promise<void> {
  const promise = new Promise<void>((resolve, reject) => {
    change.oncomplete = () => resolve();
    change.onabort = () => reject(change.error ?? new Error("it was aborted"));
  });
  // Whoever breaks off tells why; then nobody waits for this.
  promise.catch(() => {});
  return promise;
}

function hashesOf({ recipe }: KeptMaterial): string[] {
  return recipe.pictures.map(({ hash }) => hash);
}
