import { IDBFactory, IDBObjectStore } from "fake-indexeddb";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { StorageError } from "../../plugin/core/errors.ts";
import { listBytes, readBytes, removeBytes, writeBytes } from "../../plugin/core/storage.ts";

const BYTES = Uint8Array.of(0, 1, 254, 255);
const FULL =
  'Storage "indexeddb://guard": needed room in the browser\'s database, came a full one. Remove what is no longer needed; what was saved before is still there.';

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test("what is saved in the database is read back", async () => {
  await writeBytes("indexeddb://guard", BYTES);
  expect(await readBytes("indexeddb://guard")).toEqual(BYTES);
});

test("a part of a larger buffer is saved without the rest", async () => {
  const buffer = new Uint8Array(1000);
  buffer.set(BYTES, 500);
  await writeBytes("indexeddb://guard", buffer.subarray(500, 504));
  const back = await readBytes("indexeddb://guard");
  expect(back).toEqual(BYTES);
  expect(back.buffer.byteLength).toBe(4);
});

test("a name that was never saved is reported", async () => {
  await expect(readBytes("indexeddb://guard")).rejects.toThrow(
    new StorageError(
      'Storage "indexeddb://guard": needed a saved file, came none of that name. Save it first, or check the name.',
    ),
  );
});

test("an address without a name is refused", async () => {
  await expect(writeBytes("indexeddb://", BYTES)).rejects.toThrow(
    new StorageError('Storage "indexeddb://": needed a name, came none. Use an address like "indexeddb://guard".'),
  );
});

test("names are listed by their beginning, in order", async () => {
  for (const name of ["run/2", "run/1", "guard"]) await writeBytes(`indexeddb://${name}`, BYTES);
  expect(await listBytes("indexeddb://run/")).toEqual(["indexeddb://run/1", "indexeddb://run/2"]);
  expect(await listBytes("indexeddb://")).toHaveLength(3);
});

test("a removed name is gone, and removing it again is no error", async () => {
  await writeBytes("indexeddb://guard", BYTES);
  await removeBytes("indexeddb://guard");
  await removeBytes("indexeddb://guard");
  expect(await listBytes("indexeddb://")).toEqual([]);
});

test("many writes at once all arrive", async () => {
  await Promise.all(Array.from({ length: 20 }, (_, i) => writeBytes(`indexeddb://n${i}`, Uint8Array.of(i))));
  expect(await readBytes("indexeddb://n19")).toEqual(Uint8Array.of(19));
  expect(await listBytes("indexeddb://n")).toHaveLength(20);
});

test("a full database keeps what was saved before", async () => {
  await writeBytes("indexeddb://guard", BYTES);
  const put = IDBObjectStore.prototype.put;
  vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (this: IDBObjectStore, ...values) {
    const request = put.apply(this, values);
    // As browsers do it: the request is taken, and the transaction is aborted when it does not fit.
    (this.transaction as unknown as { _abort(name: string): void })._abort("QuotaExceededError");
    return request;
  } as typeof put);
  await expect(writeBytes("indexeddb://guard", Uint8Array.of(1))).rejects.toThrow(
    new StorageError(FULL, { cause: expect.objectContaining({ name: "QuotaExceededError" }) }),
  );
  vi.restoreAllMocks();
  expect(await readBytes("indexeddb://guard")).toEqual(BYTES);
});

test("a database that refuses at once for want of room says so too", async () => {
  const cause = new DOMException("no room", "QuotaExceededError");
  vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
    throw cause;
  });
  await expect(writeBytes("indexeddb://guard", BYTES)).rejects.toThrow(new StorageError(FULL, { cause }));
});

test("a database that may not be used is reported", async () => {
  const cause = new DOMException("no", "SecurityError");
  vi.stubGlobal("indexedDB", {
    open: () => {
      throw cause;
    },
  });
  await expect(readBytes("indexeddb://guard")).rejects.toThrow(
    new StorageError(
      'Storage "indexeddb://guard": needed leave to use the browser\'s database, came a refusal. Allow this site to store data, or leave private browsing.',
      { cause },
    ),
  );
});

test("a database of a newer release is reported with the browser's own words", async () => {
  await new Promise((resolve) => {
    const request = indexedDB.open("babylon-neural", 99);
    request.onsuccess = () => {
      request.result.close();
      resolve(null);
    };
  });
  await expect(readBytes("indexeddb://guard")).rejects.toThrow(
    /^Storage "indexeddb:\/\/guard": needed a working database, came ".+"\. Close other tabs of this site and try again\.$/,
  );
});

test("a download carries its name and its bytes", async () => {
  const clicked: { href: string; download: string }[] = [];
  const anchor = { href: "", download: "", click: () => clicked.push({ ...anchor }) };
  vi.stubGlobal("document", { createElement: () => anchor });
  vi.useFakeTimers();
  await writeBytes("downloads://guard.bnp", BYTES);
  vi.useRealTimers();
  expect(clicked[0].download).toBe("guard.bnp");
  const blob = await fetch(clicked[0].href);
  expect(new Uint8Array(await blob.arrayBuffer())).toEqual(BYTES);
  URL.revokeObjectURL(clicked[0].href);
});

test("a relative address belongs to the page", async () => {
  vi.stubGlobal("location", { href: "https://game.example/yard/index.html" });
  vi.stubGlobal("document", { baseURI: "https://game.example/base/" });
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(url);
    return new Response(BYTES);
  });
  await readBytes("models/guard.bnp");
  expect(asked).toEqual(["https://game.example/base/models/guard.bnp"]);
});

test("in a worker a relative address belongs to its script", async () => {
  vi.stubGlobal("location", { href: "https://game.example/assets/worker.js" });
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(url);
    return new Response(BYTES);
  });
  await readBytes("guard.bnp");
  expect(asked).toEqual(["https://game.example/assets/guard.bnp"]);
});

test("without Node a file address is refused", async () => {
  vi.stubGlobal("process", undefined);
  await expect(readBytes("file:///guard.bnp")).rejects.toThrow(
    new StorageError(
      'Storage "file:///guard.bnp": needed Node to reach the disk, came a browser. Use an "https:", "indexeddb:" or "downloads:" address.',
    ),
  );
});
