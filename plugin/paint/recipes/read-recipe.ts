import { TextureFileError } from "../../core/errors.ts";
import type { RecipePicture, TextureRecipe } from "../recipe.ts";

/** A recipe may not be longer, in characters: real ones have some hundred. */
const MOST_CHARACTERS = 100_000;
const MOST_PICTURES = 64;
const AGAIN = "Save the texture again, or paint it anew.";

/**
 * Reads a recipe from somewhere else: a file, a node's metadata, a database. The generator checks its settings later.
 *
 * @param source - JSON text, or what `JSON.parse` made of it.
 * @returns A new recipe with nothing in it that is not a recipe's.
 * @throws TextureFileError when it is none, damaged, or of a newer format.
 */
export function readRecipe(source: unknown): TextureRecipe {
  const recipe = record(typeof source === "string" ? parse(source) : source, "Recipe: needed");
  if (own(recipe, "format") !== "babylon-neural-texture") {
    fail(
      `needed the format "babylon-neural-texture", came ${show(own(recipe, "format"))}. Choose a recipe of a texture`,
    );
  }
  const version = own(recipe, "version");
  if (typeof version === "number" && version > 1) {
    fail(`needed version 1, came ${version}. Upgrade babylon-neural, or save it with this release`);
  }
  if (version !== 1) fail(`needed version 1, came ${show(version)}. Save the texture again`);
  const pictures = own(recipe, "pictures");
  if (!Array.isArray(pictures) || pictures.length > MOST_PICTURES) {
    return field("pictures", `a list of at most ${MOST_PICTURES}`, pictures);
  }
  const estimator = own(recipe, "estimator");
  if (estimator !== undefined && !isHash(estimator)) field("estimator", "64 hex digits", estimator);
  const imaginer = own(recipe, "imaginer");
  if (imaginer !== undefined && !isHash(imaginer)) field("imaginer", "64 hex digits", imaginer);
  const imaginerFit = own(recipe, "imaginerFit");
  if (imaginerFit !== undefined && !isHash(imaginerFit)) field("imaginerFit", "64 hex digits", imaginerFit);
  return {
    format: "babylon-neural-texture",
    version: 1,
    generator: text(recipe, "generator", ""),
    seed: whole(recipe, "seed", "", Number.MIN_SAFE_INTEGER),
    width: whole(recipe, "width", "", 1),
    height: whole(recipe, "height", "", 1),
    settings: plainRecord(own(recipe, "settings")),
    pictures: pictures.map((entry, i) => readPicture(entry, `pictures[${i}]`)),
    ...(isHash(estimator) ? { estimator } : {}),
    ...(isHash(imaginer) ? { imaginer } : {}),
    ...(isHash(imaginerFit) ? { imaginerFit } : {}),
  };
}

function readPicture(source: unknown, place: string): RecipePicture {
  const entry = record(source, `Recipe: "${place}" needed`);
  const hash = text(entry, "hash", `${place}.`);
  if (!isHash(hash)) field(`${place}.hash`, "64 hex digits", hash);
  return {
    role: text(entry, "role", `${place}.`),
    hash,
    name: text(entry, "name", `${place}.`),
    width: whole(entry, "width", `${place}.`, 1),
    height: whole(entry, "height", `${place}.`, 1),
  };
}

/** Settings with the depth and the size of real ones, copied without prototypes of others. */
function plainRecord(source: unknown): Readonly<Record<string, unknown>> {
  if (typeof source !== "object" || source === null || Array.isArray(source)) field("settings", "an object", source);
  let written: string | undefined;
  try {
    written = JSON.stringify(source);
  } catch (cause) {
    throw new TextureFileError(`Recipe: needed settings in plain JSON, came something else. ${AGAIN}`, { cause });
  }
  if (written.length > MOST_CHARACTERS) {
    fail(
      `needed at most ${MOST_CHARACTERS} characters of settings, came ${written.length}. Choose a recipe of a texture`,
    );
  }
  return JSON.parse(written) as Record<string, unknown>;
}

function parse(json: string): unknown {
  if (json.length > MOST_CHARACTERS)
    fail(`needed at most ${MOST_CHARACTERS} characters, came ${json.length}. Choose a recipe of a texture`);
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new TextureFileError(`Recipe: needed JSON, came something else. ${AGAIN}`, { cause });
  }
}

function isHash(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
}

function record(value: unknown, what: string): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new TextureFileError(`${what} an object, came ${show(value)}. ${AGAIN}`);
}

function own(source: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(source, key) ? source[key] : undefined;
}

function text(source: Record<string, unknown>, key: string, place: string): string {
  const value = own(source, key);
  return typeof value === "string" && value.length <= 1000 ? value : field(place + key, "a text", value);
}

function whole(source: Record<string, unknown>, key: string, place: string, least: number): number {
  const value = own(source, key);
  if (Number.isSafeInteger(value) && (value as number) >= least) return value as number;
  return field(place + key, least === 1 ? "a whole number from 1" : "a whole number", value);
}

function field(place: string, needed: string, came: unknown): never {
  throw new TextureFileError(`Recipe: "${place}" needed ${needed}, came ${show(came)}. ${AGAIN}`);
}

function fail(message: string): never {
  throw new TextureFileError(`Recipe: ${message}.`);
}

function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object" && value !== null) return "an object";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return value === null ? "null" : value === undefined ? "nothing" : `a ${typeof value}`;
}
