import { TextureFileError } from "../../core/errors.ts";

/** A network that knows which file it was read from. */
interface FromFile {
  /** SHA-256 of the file, 64 hex digits; null where it is not known. */
  readonly fileHash: string | null;
}

/** Notes which network a painting has used, and refuses another one than a recipe names: it would make other pixels. */
export class NamedNetwork<T extends FromFile> {
  /** As generators take it; null where there is none. */
  readonly find: (() => Promise<T>) | null;
  #fileHash: string | null = null;

  /**
   * @param words - What it is, for messages, e.g. `"estimator of maps"`.
   * @param wanted - SHA-256 of the only file that will do; undefined for any.
   */
  constructor(words: string, find: (() => Promise<T>) | null | undefined, wanted: string | undefined) {
    this.find = find ? () => this.#find(words, find, wanted) : null;
  }

  /** SHA-256 of the file of the network that was used; null where none was, or where it came from no file. */
  get fileHash(): string | null {
    return this.#fileHash;
  }

  async #find(words: string, find: () => Promise<T>, wanted: string | undefined): Promise<T> {
    const network = await find();
    const { fileHash } = network;
    if (wanted !== undefined && fileHash !== null && fileHash !== wanted) {
      throw new TextureFileError(
        `Recipe: needed the ${words} with the SHA-256 ${wanted.slice(0, 12)}…, came ${fileHash.slice(0, 12)}…. Serve the file that it was painted with, or paint the picture anew.`,
      );
    }
    this.#fileHash = fileHash;
    return network;
  }
}
