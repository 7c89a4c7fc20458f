import { StorageError } from "../../core/errors.ts";
import { listBytes, readBytes, removeBytes, writeBytes } from "../../core/storage.ts";

/** Small files that people have given names, kept in one folder. */
export interface NamedFolder {
  /** What is kept there, for messages, e.g. `"species"`. */
  readonly what: string;
  /** An address that ends with a slash. */
  readonly folder: string;
}

/**
 * Keeps a file under its name.
 *
 * @throws StorageError for a name that is taken, and when the place is full or denied: what was kept before stays.
 */
export async function keepNamed(name: string, bytes: Uint8Array, { what, folder }: NamedFolder): Promise<void> {
  const url = addressOf(name, folder);
  const kept = await listBytes(url).catch((): string[] => []); // writing says why it cannot be
  if (kept.includes(url)) {
    throw new StorageError(
      `${what.charAt(0).toUpperCase()}${what.slice(1)} "${name}": needed a name that is free, came one that is taken. Choose another, or forget that ${what}.`,
    );
  }
  await writeBytes(url, bytes);
}

/**
 * All files that are kept and can be read, by name.
 *
 * @param read - Gets the name that each is kept under, too. Throws for one that is damaged: it is left out.
 * @throws StorageError when the place cannot be listed.
 */
export async function keptNamed<T>(
  read: (bytes: Uint8Array, url: string, name: string) => T | Promise<T>,
  folder: string,
): Promise<T[]> {
  const found: T[] = [];
  for (const url of await listBytes(folder)) {
    try {
      found.push(await read(await readBytes(url), url, nameAt(url, folder)));
    } catch {
      // Somebody else's, or removed meanwhile: the others are as good as before.
    }
  }
  return found;
}

/** Lets go of a file. One that is not kept is no error. @throws StorageError when the place does not allow it. */
export async function forgetNamed(name: string, folder: string): Promise<void> {
  await removeBytes(addressOf(name, folder));
}

function addressOf(name: string, folder: string): string {
  return `${folder}${encodeURIComponent(name)}.bnw`;
}

/** @throws URIError for an address that is none of `addressOf`. */
function nameAt(url: string, folder: string): string {
  return decodeURIComponent(url.slice(folder.length, -".bnw".length));
}
