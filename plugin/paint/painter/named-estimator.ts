import { TextureFileError } from "../../core/errors.ts";
import type { FindEstimator } from "../generators/surface-estimator.ts";

/** Notes which network a painting has used, and refuses another one than a recipe names: it would make other pixels. */
export class NamedEstimator {
  /** As generators take it; null where there is none. */
  readonly find: FindEstimator | null;
  #fileHash: string | null = null;

  /** @param wanted - SHA-256 of the only file that will do; undefined for any. */
  constructor(findEstimator: FindEstimator | null, wanted: string | undefined) {
    this.find = findEstimator && (() => this.#find(findEstimator, wanted));
  }

  /** SHA-256 of the file of the network that was used; null where none was, or where it came from no file. */
  get fileHash(): string | null {
    return this.#fileHash;
  }

  async #find(findEstimator: FindEstimator, wanted: string | undefined): ReturnType<FindEstimator> {
    const estimator = await findEstimator();
    const { fileHash } = estimator;
    if (wanted !== undefined && fileHash !== null && fileHash !== wanted) {
      throw new TextureFileError(
        `Recipe: needed the estimator of maps with the SHA-256 ${wanted.slice(0, 12)}…, came ${fileHash.slice(0, 12)}…. Serve the file that it was painted with, or paint the picture anew.`,
      );
    }
    this.#fileHash = fileHash;
    return estimator;
  }
}
