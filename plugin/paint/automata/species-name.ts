import { ConfigurationError } from "../../core/errors.ts";

/** The longest name of a species, in characters. */
export const MOST_NAME_CHARACTERS = 40;

/** @throws ConfigurationError unless it is a name for people: 1 to 40 characters, no blanks around them. */
export function assertSpeciesName(name: string): void {
  if (name.length >= 1 && name.length <= MOST_NAME_CHARACTERS && name === name.trim()) return;
  throw new ConfigurationError(
    `Species "${name}": needed a name of 1 to ${MOST_NAME_CHARACTERS} characters without blanks around it, came ${name.length}. Choose such a name.`,
  );
}
