import { downloadStorage } from "./download-storage.ts";
import { StorageError } from "./errors.ts";
import { fileStorage } from "./file-storage.ts";
import { indexedDbStorage } from "./indexeddb-storage.ts";
import { webStorage } from "./web-storage.ts";

/** One kind of place. What a kind cannot do is missing. */
export interface Storage {
  read?(url: string, options: ReadOptions): Promise<Uint8Array>;
  write?(url: string, bytes: Uint8Array): Promise<void>;
  remove?(url: string): Promise<void>;
  list?(prefix: string): Promise<string[]>;
}

export interface ReadOptions {
  /** Gives up reading; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

const KINDS: Readonly<Record<string, Storage>> = {
  "https:": webStorage,
  "http:": webStorage,
  "blob:": webStorage,
  "data:": webStorage,
  "indexeddb:": indexedDbStorage,
  "downloads:": downloadStorage,
  "file:": fileStorage,
};

/**
 * Reads a whole file.
 *
 * | address | place |
 * |---|---|
 * | `https://…`, `http://…`, `blob:…`, `data:…` | the web; only for reading |
 * | `models/guard.bnp` | relative to the page or the worker's script; in Node to the working directory |
 * | `indexeddb://name` | the browser's database for this site |
 * | `downloads://name` | the player's download folder; only for writing |
 * | `file:///folder/name`, `file:folder/name` | the disk, in Node; the second is relative to the working directory |
 *
 * @throws StorageError when there is nothing, or nothing that can be read.
 */
export async function readBytes(url: string, options: ReadOptions = {}): Promise<Uint8Array> {
  options.signal?.throwIfAborted();
  const { read } = storageFor(url);
  if (!read) return refuse(url, "be read", 'Read from "https:", "indexeddb:" or "file:" addresses');
  const bytes = await read(url, options);
  options.signal?.throwIfAborted();
  return bytes;
}

/**
 * Writes a whole file, in place of an earlier one. Either all of it is written or the earlier one stays.
 *
 * @throws StorageError when the place is full, denied, or cannot be written to.
 */
export async function writeBytes(url: string, bytes: Uint8Array): Promise<void> {
  const { write } = storageFor(url);
  if (!write) return refuse(url, "be written to", 'Write to "indexeddb:", "downloads:" or "file:" addresses');
  await write(url, bytes);
}

/** Removes a file. One that does not exist is no error. @throws StorageError when the place does not allow it. */
export async function removeBytes(url: string): Promise<void> {
  const { remove } = storageFor(url);
  if (!remove) return refuse(url, "be removed from", 'Only "indexeddb:" and "file:" addresses can');
  await remove(url);
}

/**
 * Lists the addresses that begin with `prefix`, sorted.
 *
 * @throws StorageError when the place cannot be listed.
 */
export async function listBytes(prefix: string): Promise<string[]> {
  const { list } = storageFor(prefix);
  if (!list) return refuse(prefix, "be listed", 'Only "indexeddb:" and "file:" addresses can');
  return (await list(prefix)).sort();
}

function storageFor(url: string): Storage {
  // A single letter is no scheme but a drive of Windows.
  const scheme = /^[a-z][a-z0-9+.-]+:/i.exec(url)?.[0].toLowerCase();
  if (scheme === undefined) return typeof location === "undefined" ? fileStorage : webStorage;
  if (Object.hasOwn(KINDS, scheme)) return KINDS[scheme];
  const known = '"https:", "indexeddb:", "downloads:", "file:"';
  throw new StorageError(
    `Storage "${url}": needed an address with one of ${known}, came "${scheme}". Use one of them.`,
  );
}

function refuse(url: string, verb: string, advice: string): never {
  throw new StorageError(`Storage "${url}": needed a place that can ${verb}, came one that cannot. ${advice}.`);
}
