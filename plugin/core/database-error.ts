import { StorageError } from "./errors.ts";

/**
 * What a person may read of a problem with the browser's database. Problems that were explained already stay as they are.
 *
 * @param who - What the message begins with, e.g. `Storage "indexeddb://guard"`.
 */
export function databaseError(who: string, cause: unknown): StorageError {
  if (cause instanceof StorageError) return cause;
  const { name, message } = cause as Error;
  if (isFull(cause)) {
    return new StorageError(
      `${who}: needed room in the browser's database, came a full one. Remove what is no longer needed; what was saved before is still there.`,
      { cause },
    );
  }
  if (name === "SecurityError" || name === "InvalidStateError" || name === "NotAllowedError") {
    return new StorageError(
      `${who}: needed leave to use the browser's database, came a refusal. Allow this site to store data, or leave private browsing.`,
      { cause },
    );
  }
  return new StorageError(
    `${who}: needed a working database, came "${message}". Close other tabs of this site and try again.`,
    { cause },
  );
}

/** Whether a problem is that there is no room. */
export function isFull(problem: unknown): boolean {
  return (problem as Error).name === "QuotaExceededError";
}
