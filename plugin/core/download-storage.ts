import { StorageError } from "./errors.ts";
import type { Storage } from "./storage.ts";

/** How long the browser may take to begin a download; chosen by Babylon's own downloads, which keep 1.5 seconds. */
const KEPT_MILLISECONDS = 60_000;

/** The player's download folder, by way of the browser. It cannot be read back. */
export const downloadStorage: Storage = {
  async write(url: string, bytes: Uint8Array): Promise<void> {
    const name = url.slice("downloads:".length).replace(/^\/+/, "");
    if (name === "") {
      throw new StorageError(
        `Storage "${url}": needed a file name, came none. Use an address like "downloads://guard.bnp".`,
      );
    }
    if (typeof document === "undefined") {
      throw new StorageError(
        `Storage "${url}": needed a page to download from, came a worker or Node. Send the bytes to the page, or write to "indexeddb:" or "file:".`,
      );
    }
    const objectUrl = URL.createObjectURL(new Blob([bytes.slice()], { type: "application/octet-stream" }));
    const anchor = document.createElement("a");
    anchor.href = objectUrl;
    anchor.download = name;
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(objectUrl), KEPT_MILLISECONDS);
  },
};
