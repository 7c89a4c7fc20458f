import { StorageError } from "./errors.ts";
import type { ReadOptions, Storage } from "./storage.ts";

/** Files that a web server gives. They cannot be written. */
export const webStorage: Storage = {
  async read(url: string, { signal }: ReadOptions): Promise<Uint8Array> {
    let response: Response;
    let bytes: Uint8Array;
    try {
      response = await fetch(absolute(url), signal ? { signal } : {});
      bytes = new Uint8Array(await response.arrayBuffer());
    } catch (cause) {
      signal?.throwIfAborted();
      throw new StorageError(
        `Storage "${url}": needed a whole answer, came "${(cause as Error).message}". Check the connection, and whether that server allows this site to read (CORS).`,
        { cause },
      );
    }
    if (!response.ok) {
      throw new StorageError(
        `Storage "${url}": needed a file, came status ${`${response.status} ${response.statusText}`.trim()}. Check the address.`,
      );
    }
    if (isWebPage(response, bytes)) {
      throw new StorageError(
        `Storage "${url}": needed a file, came a web page. Check the address; many servers answer unknown ones with their start page.`,
      );
    }
    return bytes;
  },
};

/** Relative addresses belong to the page, and in a worker to its script. */
function absolute(url: string): string {
  if (typeof document !== "undefined" && document.baseURI) return new URL(url, document.baseURI).href;
  return typeof location === "undefined" ? url : new URL(url, location.href).href;
}

function isWebPage(response: Response, bytes: Uint8Array): boolean {
  if (response.headers.get("content-type")?.toLowerCase().startsWith("text/html")) return true;
  const start = new TextDecoder().decode(bytes.subarray(0, 64)).trimStart().toLowerCase();
  return start.startsWith("<!doctype html") || start.startsWith("<html");
}
