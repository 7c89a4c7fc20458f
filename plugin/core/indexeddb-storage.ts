import { databaseError } from "./database-error.ts";
import { StorageError } from "./errors.ts";
import type { Storage } from "./storage.ts";

const DATABASE = "babylon-neural";
const STORE = "files";
const SCHEME = "indexeddb://";

/**
 * The browser's database for this site; on the page and in workers.
 *
 * Each call opens and closes the database, so that a closed tab or a crashed worker leaves nothing locked.
 */
export const indexedDbStorage: Storage = {
  async read(url: string): Promise<Uint8Array> {
    const key = keyOf(url);
    const found = await transact(url, "readonly", (store) => store.get(key) as IDBRequest<unknown>);
    if (found instanceof Uint8Array) return found;
    throw new StorageError(
      `Storage "${url}": needed a saved file, came ${found === undefined ? "none of that name" : "something else"}. Save it first, or check the name.`,
    );
  },

  async write(url: string, bytes: Uint8Array): Promise<void> {
    const key = keyOf(url);
    // A view would drag its whole buffer into the database.
    const copy = bytes.slice();
    await transact(url, "readwrite", (store) => store.put(copy, key));
  },

  async remove(url: string): Promise<void> {
    const key = keyOf(url);
    await transact(url, "readwrite", (store) => store.delete(key));
  },

  async list(prefix: string): Promise<string[]> {
    const start = nameOf(prefix);
    const keys = await transact(prefix, "readonly", (store) => store.getAllKeys());
    return keys
      .filter((key) => typeof key === "string" && key.startsWith(start))
      .map((key) => SCHEME + (key as string));
  },
};

function nameOf(url: string): string {
  return url.slice("indexeddb:".length).replace(/^\/\//, "");
}

function keyOf(url: string): string {
  const name = nameOf(url);
  if (name !== "") return name;
  throw new StorageError(`Storage "${url}": needed a name, came none. Use an address like "indexeddb://guard".`);
}

/** Does one thing in a transaction of its own, and waits until it is on disk. */
async function transact<T>(
  url: string,
  mode: IDBTransactionMode,
  action: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  let database: IDBDatabase | null = null;
  try {
    database = await open(url);
    const transaction = database.transaction(STORE, mode, { durability: "strict" });
    const done = completion(transaction);
    const request = action(transaction.objectStore(STORE));
    await done;
    return request.result;
  } catch (cause) {
    throw databaseError(`Storage "${url}"`, cause);
  } finally {
    database?.close();
  }
}

function open(url: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    if (typeof indexedDB === "undefined") {
      throw new StorageError(
        `Storage "${url}": needed a browser's database, came none. Outside browsers use a "file:" address.`,
      );
    }
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("unknown"));
    request.onblocked = () => reject(new Error("another tab keeps it locked"));
  });
}

function completion(transaction: IDBTransaction): Promise<void> {
  const promise = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error("it was aborted"));
  });
  // An action that throws by itself is reported first; then nobody waits for this.
  promise.catch(() => {});
  return promise;
}
