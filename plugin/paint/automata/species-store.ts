import { forgetNamed, keepNamed, keptNamed } from "../shelf/named-files.ts";
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
  assertSpeciesName(species.name);
  await keepNamed(species.name, encodeSpecies(species, "float32"), { what: "species", folder });
}

/**
 * All species that are kept, by name; one that is damaged is left out.
 *
 * @throws StorageError when the place cannot be listed.
 */
export function keptSpecies(folder = FOLDER): Promise<Species[]> {
  return keptNamed(decodeSpecies, folder);
}

/** Lets go of a species. One that is not kept is no error. @throws StorageError when the place does not allow it. */
export async function forgetSpecies(name: string, folder = FOLDER): Promise<void> {
  await forgetNamed(name, folder);
}
