/**
 * SHA-256 of bytes as 64 hex digits, to tell whether two files are the same.
 *
 * @returns Null where there is no `crypto.subtle`: on pages that come neither by https nor from localhost.
 */
export async function sha256(bytes: Uint8Array<ArrayBuffer> | ArrayBuffer): Promise<string | null> {
  // Asked of the global object, since insecure pages lack it.
  const subtle = (globalThis as { readonly crypto?: { readonly subtle?: SubtleCrypto } }).crypto?.subtle;
  if (!subtle) return null;
  const digest = new Uint8Array(await subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
