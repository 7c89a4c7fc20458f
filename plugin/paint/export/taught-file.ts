import { PolicyFileError } from "../../core/errors.ts";
import { networkOf } from "../../nets/weights-file.ts";
import { decodeSpecies, SPECIES_NETWORK, type Species } from "../automata/species.ts";
import { decodeImaginerFit, FIT_NETWORK, type ImaginerFit } from "../imaginer/imaginer-fit.ts";

/** What somebody has taught and saved as a file: a species of living texture, or what an imaginer has learned. */
export type TaughtFile =
  { readonly kind: "species"; readonly species: Species } | { readonly kind: "fit"; readonly fit: ImaginerFit };

/**
 * Reads a file of something that was taught, and says which it is.
 *
 * @param file - Named in messages.
 * @throws PolicyFileError for a file that is foreign, truncated, changed, newer than this release, or neither of the two.
 */
export function decodeTaught(bytes: Uint8Array, file: string): TaughtFile {
  const network = networkOf(bytes, `File "${file}"`);
  if (network === SPECIES_NETWORK) return { kind: "species", species: decodeSpecies(bytes, file) };
  if (network === FIT_NETWORK) return { kind: "fit", fit: decodeImaginerFit(bytes, file) };
  throw new PolicyFileError(
    `File "${file}": needed a living texture or an imagined material that was saved, came a network "${network}". Choose another file.`,
  );
}
