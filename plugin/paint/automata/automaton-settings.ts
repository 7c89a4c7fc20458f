import { ConfigurationError } from "../../core/errors.ts";
import { decodeSpecies, encodeSpecies, type Species } from "./species.ts";

/** A species in a recipe may not be longer, in characters; ours have some 13,000. */
const MOST_CHARACTERS = 45_000;

/** Settings of the generator `"automaton"`: its species go along, so that a recipe needs no other file. */
export function automatonSettings(
  species: Species,
  graft: Species | null,
  steps: number,
): Readonly<Record<string, unknown>> {
  const settings = { species: textOf(species), steps };
  return graft ? { ...settings, graft: textOf(graft) } : settings;
}

/**
 * The species of such settings.
 *
 * @throws ConfigurationError where there is none; PolicyFileError for one that is damaged.
 */
export function speciesInSettings(
  who: string,
  settings: Readonly<Record<string, unknown>>,
): { readonly species: Species; readonly graft: Species | null } {
  const graft = settings["graft"];
  return {
    species: readText(who, "species", settings["species"]),
    graft: graft === undefined ? null : readText(who, "graft", graft),
  };
}

const texts = new WeakMap<Species, string>();

/** The bytes of its file in base64; made once for each species. */
function textOf(species: Species): string {
  let text = texts.get(species);
  if (text === undefined) {
    text = btoa(Array.from(encodeSpecies(species), (byte) => String.fromCharCode(byte)).join(""));
    texts.set(species, text);
  }
  return text;
}

function readText(who: string, setting: string, value: unknown): Species {
  if (typeof value !== "string" || value.length > MOST_CHARACTERS || !/^[A-Za-z0-9+/]+={0,2}$/.test(value)) {
    const came = typeof value === "string" ? `a text of ${value.length} characters` : `a ${typeof value}`;
    throw new ConfigurationError(
      `${who}: the setting "${setting}" needed a species file in base64, came ${came}. Make it with automatonSettings.`,
    );
  }
  return decodeSpecies(
    Uint8Array.from(atob(value), (character) => character.charCodeAt(0)),
    setting,
  );
}
