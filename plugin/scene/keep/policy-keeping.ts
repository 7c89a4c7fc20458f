import { fromBase64, toBase64 } from "../../core/base64.ts";
import { ConfigurationError, PolicyFileError } from "../../core/errors.ts";
import type { Policy, PolicyData } from "../../core/policy.ts";
import { decodePolicy, encodePolicy } from "../../core/policy-file.ts";
import { readBytes } from "../../core/storage.ts";
import type { PolicyDescription } from "./description.ts";

/** The largest policy file that a scene holds in itself, in bytes. Larger ones are saved and given by their URL. */
export const MOST_EMBEDDED_BYTES = 200_000;
/** So long is base64 of that. */
const MOST_EMBEDDED_LETTERS = 4 * Math.ceil(MOST_EMBEDDED_BYTES / 3);

/**
 * Puts a policy into a scene's JSON: the whole file in base64, for `ControllerDescription.policy`.
 *
 * @throws ConfigurationError for a file above 200 kB: save it, and give its URL.
 */
export function embedPolicy(policy: Policy | PolicyData): PolicyDescription {
  const bytes = encodePolicy("toData" in policy ? policy.toData() : policy);
  if (bytes.length <= MOST_EMBEDDED_BYTES) return { embedded: toBase64(bytes) };
  throw new ConfigurationError(
    `embedPolicy: needed a policy file of at most ${MOST_EMBEDDED_BYTES / 1000} kB, came one of ${Math.ceil(bytes.length / 1000)} kB. Save it with savePolicy, and keep { url: "…" } in its place.`,
  );
}

/** Where kept policies are looked for. */
export interface KeptPolicyOptions {
  /** What relative URLs of policies begin with, e.g. `"models/"` or `"https://example.org/game/"`. Default: the page's folder. */
  readonly rootUrl?: string;
  /** Gives the loading up. */
  readonly signal?: AbortSignal;
}

/**
 * Takes a policy out of what a scene keeps, or fetches it.
 *
 * @param who - Named at the start of messages, e.g. `Node "box": the policy of "guard"`.
 * @throws PolicyFileError when it is no sound policy, or too large to be embedded; StorageError when nothing can be read
 * there; ConfigurationError for an address that a scene may not name.
 */
export async function readKeptPolicy(
  policy: PolicyDescription,
  who: string,
  { rootUrl = "", signal }: KeptPolicyOptions = {},
): Promise<PolicyData> {
  if ("embedded" in policy) return decodePolicy(unpack(policy.embedded, who), who);
  const url = resolvePolicyUrl(policy.url, rootUrl, who);
  return decodePolicy(await readBytes(url, signal ? { signal } : {}), who);
}

function unpack(text: string, who: string): Uint8Array {
  if (text.length > MOST_EMBEDDED_LETTERS) {
    throw new PolicyFileError(
      `${who}: needed an embedded file of at most ${MOST_EMBEDDED_BYTES / 1000} kB, came ${Math.ceil((0.75 * text.length) / 1000)} kB. Save the policy as a file, and keep its URL.`,
    );
  }
  try {
    return fromBase64(text);
  } catch (cause) {
    throw new PolicyFileError(`${who}: needed a file in base64, came something else. Keep the policy again.`, {
      cause,
    });
  }
}

/**
 * A scene comes from somebody else: it may name files of the web, of this site's database, and files beside itself. It may not
 * reach for the disk of whoever opens it in Node.
 */
function resolvePolicyUrl(url: string, rootUrl: string, who: string): string {
  if (/^(https?|data|blob|indexeddb):/i.test(url)) return url;
  const isPage = typeof location !== "undefined" || /^https?:/i.test(rootUrl);
  const leavesRoot = !isPage && (/^[/\\]/.test(url) || url.split(/[/\\]/).includes(".."));
  if (url === "" || /^[a-z][a-z0-9+.-]*:/i.test(url) || leavesRoot) {
    const came = JSON.stringify(url.length > 40 ? `${url.slice(0, 40)}…` : url);
    throw new ConfigurationError(
      `${who}: needed the URL of a policy on the web, in the database or beside the scene, came ${came}. Put the file beside the scene and keep its relative URL.`,
    );
  }
  return /^https?:/i.test(rootUrl) ? new URL(url, rootUrl).href : rootUrl + url;
}
