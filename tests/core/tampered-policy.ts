import { expect } from "vitest";
import { decodeContainer, encodeContainer } from "../../plugin/core/container.ts";
import { PolicyFileError } from "../../plugin/core/errors.ts";
import { decodePolicy, encodePolicy } from "../../plugin/core/policy-file.ts";
import { examplePolicy } from "./example-policy.ts";

export const WHO = 'Policy file "guard.bnp"';
type Header = Record<string, Record<string, unknown>>;
type Arrays = Record<string, Float32Array>;

/** A policy's file after somebody changed it and mended all checksums. */
export function tampered(change: (header: Header, arrays: Arrays) => void, data = examplePolicy()): Uint8Array {
  const { version, header, arrays } = decodeContainer(encodePolicy(data), "policy", 2, WHO);
  const copy = structuredClone(header) as Header;
  const copies = { ...arrays };
  change(copy, copies);
  return encodeContainer("policy", version, copy, copies);
}

/** What is said about a file that is refused. */
export function complaint(bytes: Uint8Array): string {
  try {
    decodePolicy(bytes, WHO);
  } catch (error) {
    expect(error).toBeInstanceOf(PolicyFileError);
    return (error as Error).message;
  }
  throw new Error("nothing was thrown");
}
