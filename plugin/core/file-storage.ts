import { StorageError } from "./errors.ts";
import type { Storage } from "./storage.ts";

/** The disk, in Node. Folders are made as needed; a file is replaced in one stroke. */
export const fileStorage: Storage = {
  async read(url: string): Promise<Uint8Array> {
    const { files, path } = locate(url);
    try {
      const buffer = await files.readFile(path);
      return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
    } catch (cause) {
      throw explainFileError(url, cause);
    }
  },

  async write(url: string, bytes: Uint8Array): Promise<void> {
    const { files, paths, path } = locate(url);
    const temporary = `${path}.${process.pid}-${temporaryFiles++}${TEMPORARY}`;
    try {
      await files.mkdir(paths.dirname(path), { recursive: true });
      const handle = await files.open(temporary, "w");
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await files.rename(temporary, path);
    } catch (cause) {
      await files.rm(temporary, { force: true }).catch(() => {});
      throw explainFileError(url, cause);
    }
  },

  async remove(url: string): Promise<void> {
    const { files, path } = locate(url);
    try {
      await files.rm(path, { force: true });
    } catch (cause) {
      throw explainFileError(url, cause);
    }
  },

  async list(prefix: string): Promise<string[]> {
    const folderUrl = prefix.slice(0, Math.max(prefix.lastIndexOf("/"), prefix.indexOf(":")) + 1);
    const { files, paths, urls, path } = locate(folderUrl === "" ? "." : folderUrl);
    try {
      const entries = await files.readdir(path, { withFileTypes: true, recursive: true });
      const address = (file: string): string =>
        folderUrl.startsWith("file://")
          ? urls.pathToFileURL(file).href
          : folderUrl + paths.relative(path, file).replaceAll(paths.sep, "/");
      return entries
        .filter((entry) => entry.isFile() && !entry.name.endsWith(TEMPORARY))
        .map((entry) => address(paths.join(entry.parentPath, entry.name)))
        .filter((url) => url.startsWith(prefix));
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw explainFileError(prefix, cause);
    }
  },
};

const TEMPORARY = ".unfinished";
let temporaryFiles = 0;

/** Node's own modules, asked for in a way that bundlers for browsers do not follow. */
function locate(url: string) {
  const builtin = typeof process === "undefined" ? undefined : process.getBuiltinModule;
  if (!builtin) {
    throw new StorageError(
      `Storage "${url}": needed Node to reach the disk, came a browser. Use an "https:", "indexeddb:" or "downloads:" address.`,
    );
  }
  const urls = builtin("node:url");
  let path = url.replace(/^file:/, "") || ".";
  try {
    if (url.startsWith("file://")) path = urls.fileURLToPath(url);
  } catch (cause) {
    throw explainFileError(url, cause);
  }
  return { files: builtin("node:fs/promises"), paths: builtin("node:path"), urls, path };
}

/** What an error of the file system means to the user. */
export function explainFileError(url: string, cause: unknown): StorageError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const [came, advice] = DISK_ERRORS[code ?? ""] ?? [`"${message}"`, "Check the disk and the path"];
  return new StorageError(`Storage "${url}": needed a file that can be reached, came ${came}. ${advice}.`, { cause });
}

const THROUGH_FILE = ["a path that leads through a file", "Check the path"] as const;
const DENIED = ["a refusal", "Check who may read and write there"] as const;
const FULL = ["a full disk", "Make room; what was saved before is still there"] as const;
const DISK_ERRORS: Readonly<Record<string, readonly [string, string]>> = {
  ERR_INVALID_FILE_URL_HOST: ["another computer", 'Write "file:///folder/name" or "file:folder/name"'],
  ENOENT: ["none of that name", "Check the path"],
  EISDIR: ["a folder", "Name a file in it"],
  EEXIST: THROUGH_FILE, // a file where a folder is to be made
  ENOTDIR: THROUGH_FILE,
  EACCES: DENIED,
  EPERM: DENIED,
  EROFS: DENIED,
  ENOSPC: FULL,
  EDQUOT: FULL,
};
