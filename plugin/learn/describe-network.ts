import type { NetworkSpec } from "../core/network-spec.ts";

/** The same text for the same network, in whatever order its fields were written. */
export function describeNetwork({ hidden, activation, sharedTrunk, convolutions }: NetworkSpec): string {
  const layers = convolutions?.map(({ filters, size, stride }) => ({ filters, size, stride }));
  return JSON.stringify({ hidden, activation, sharedTrunk, convolutions: layers });
}
