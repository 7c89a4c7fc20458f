import { StorageError } from "../../core/errors.ts";
import { listBytes, readBytes, removeBytes, writeBytes } from "../../core/storage.ts";
import { assertSpeciesName } from "./species-name.ts";
import { decodeSpecies, encodeSpecies, type Species } from "./species.ts";

/** Where species are kept unless somebody says otherwise. */
const FOLDER = "indexeddb://species/";

/**
 * Keeps a species under its name, so that it is there after a reload; 8 kB or so.
 *
 * @param folder - An address that ends with a slash. Default a folder in the browser's database.
 * @throws ConfigurationError for a name that cannot be; StorageError for one that is taken, and when the place is full or denied: what
 * was kept before stays.
 */
export async function keepSpecies(species: Species, folder = FOLDER): Promise<void> {
  const { name } = species;
  assertSpeciesName(name);
  const url = addressOf(name, folder);
  const kept = await listBytes(url).catch((): string[] => []); // writing says why it cannot be
  if (kept.includes(url)) {
    throw new StorageError(
      `Species "${name}": needed a name that is free, came one that is taken. Choose another, or forget that species.`,
    );
  }
  await writeBytes(url, encodeSpecies(species, "float32"));
}

/**
 * All species that are kept, by name; one that is damaged is left out.
 *
 * @throws StorageError when the place cannot be listed.
 */
export async function keptSpecies(folder = FOLDER): Promise<Species[]> {
  const found: Species[] = [];
  for (const url of await listBytes(folder)) {
    try {
      found.push(decodeSpecies(await readBytes(url), url));
    } catch {
      // Somebody else's, or removed meanwhile: the others are as good as before.
    }
  }
  return found;
}

/** Lets go of a species. One that is not kept is no error. @throws StorageError when the place does not allow it. */
export async function forgetSpecies(name: string, folder = FOLDER): Promise<void> {
  await removeBytes(addressOf(name, folder));
}

function addressOf(name: string, folder: string): string {
  return `${folder}${encodeURIComponent(name)}.bnw`;
}
