import { sha256 } from "../../core/sha-256.ts";
import { MOST_NAME_CHARACTERS } from "../automata/species-name.ts";
import { MATERIAL_NAMES } from "../materials/material-classes.ts";
import type { TextureRecipe } from "../recipe.ts";
import { freeName } from "../shelf/free-name.ts";
import { forgetNamed, keepNamed, keptNamed } from "../shelf/named-files.ts";
import { assertFitName } from "./fit-name.ts";
import { decodeImaginerFit } from "./imaginer-fit.ts";

/** Where fits are kept unless somebody says otherwise. */
const FOLDER = "indexeddb://imaginer-fits/";

/** What an imaginer has learned, and is kept. */
export interface KeptFit {
  /** Under which it is kept. */
  readonly name: string;
  /** The name in its file, by which requests with it call its material; customarily the same. */
  readonly material: string;
  /** SHA-256 of its file as recipes name it, 64 hex digits; null on pages that cannot hash, those without HTTPS. */
  readonly hash: string | null;
  /** SHA-256 of the imaginer's file, 64 hex digits. */
  readonly base: string;
  /** The bytes of its file. */
  readonly fit: Uint8Array;
}

/** How a fit is kept. */
export interface KeepFitOptions {
  /** Another name to keep it under; its bytes stay as they are, so that recipes find it. Default its own. */
  readonly name?: string;
  /** An address that ends with a slash. Default a folder in the browser's database. */
  readonly folder?: string;
}

/**
 * Keeps what an imaginer has learned under its name, so that it is there after a reload; at most some 107 kB.
 *
 * @param fit - The bytes of its file.
 * @throws PolicyFileError for bytes that are no fit; ConfigurationError for a name that cannot be; StorageError for a name that is taken, and when the place is full or denied: what was
 * kept before stays.
 */
export async function keepImaginerFit(fit: Uint8Array, options: KeepFitOptions = {}): Promise<void> {
  const { name: own } = decodeImaginerFit(fit, "to keep");
  const { name = own, folder = FOLDER } = options;
  for (const each of [own, name]) assertFitName(each, MATERIAL_NAMES);
  await keepNamed(name, fit, { what: "imaginer fit", folder });
}

/**
 * Keeps what came in a file as it is, unless it is kept already, under its own name or that with a number.
 *
 * @param fit - The bytes of its file.
 * @returns The name under which it is kept.
 * @throws PolicyFileError for bytes that are no fit; StorageError when the place cannot be listed, is full or denied.
 */
export async function bringImaginerFit(fit: Uint8Array, folder = FOLDER): Promise<string> {
  const { name: own } = decodeImaginerFit(fit, "that came along");
  const kept = await keptImaginerFits(folder);
  const same = kept.find((each) => isSame(each.fit, fit));
  if (same) return same.name;
  const taken = new Set([...MATERIAL_NAMES, ...kept.map((each) => each.name)]);
  const name = freeName(own, taken, MOST_NAME_CHARACTERS);
  await keepImaginerFit(fit, { name, folder });
  return name;
}

/**
 * All fits that are kept, by name; one that is damaged is left out.
 *
 * @throws StorageError when the place cannot be listed.
 */
export function keptImaginerFits(folder = FOLDER): Promise<KeptFit[]> {
  return keptNamed(async (fit, url, name) => {
    const { name: material, base } = decodeImaginerFit(fit, url);
    return { name, material, hash: await sha256(Uint8Array.from(fit)), base, fit };
  }, folder);
}

/**
 * The fit that a recipe names, for `Painter.repaint`; undefined where it names none, or none such is kept.
 *
 * @throws StorageError when the place cannot be listed.
 */
export async function keptFitOf(
  { imaginerFit }: Pick<TextureRecipe, "imaginerFit">,
  folder = FOLDER,
): Promise<Uint8Array | undefined> {
  if (imaginerFit === undefined) return undefined;
  return (await keptImaginerFits(folder)).find(({ hash }) => hash === imaginerFit)?.fit;
}

/** Lets go of a fit. One that is not kept is no error. @throws StorageError when the place does not allow it. */
export async function forgetImaginerFit(name: string, folder = FOLDER): Promise<void> {
  await forgetNamed(name, folder);
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, i) => byte === other[i]);
}
