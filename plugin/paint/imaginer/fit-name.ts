import { ConfigurationError } from "../../core/errors.ts";
import { MOST_NAME_CHARACTERS } from "../automata/species-name.ts";

/**
 * @param classes - Of the imaginer.
 * @throws ConfigurationError unless it is a name for people: 1 to 40 characters, no blanks around them, and no class of the imaginer.
 */
export function assertFitName(name: string, classes: readonly string[]): void {
  if (name.length < 1 || name.length > MOST_NAME_CHARACTERS || name !== name.trim()) {
    throw new ConfigurationError(
      `Imaginer fit "${name}": needed a name of 1 to ${MOST_NAME_CHARACTERS} characters without blanks around it, came ${name.length}. Choose such a name.`,
    );
  }
  if (!classes.includes(name)) return;
  throw new ConfigurationError(
    `Imaginer fit "${name}": needed a name of its own, came that of a class of the imaginer. Choose another one.`,
  );
}
