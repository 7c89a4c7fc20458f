import type { NetworkSpec } from "../../index.ts";

/** A network as people choose it. */
export interface NetworkSize {
  readonly id: string;
  readonly title: string;
  readonly hint: string;
  readonly network: NetworkSpec;
}

const sized = (width: number): NetworkSpec => ({ hidden: [width, width], activation: "tanh", sharedTrunk: false });

/** The sizes that are offered. */
export const NETWORK_SIZES: readonly NetworkSize[] = [
  { id: "small", title: "Small", hint: "For one simple skill. Learns fastest and costs least.", network: sized(32) },
  { id: "medium", title: "Medium", hint: "For most agents.", network: sized(64) },
  {
    id: "large",
    title: "Large",
    hint: "For many senses or finesse. Costs four times as much as medium.",
    network: sized(128),
  },
];

/** The network of a controller that names none. */
export const USUAL_NETWORK: NetworkSpec = NETWORK_SIZES[1].network;

/** The offered size that a network is; undefined for one of another shape. */
export function networkSizeOf(network: NetworkSpec = USUAL_NETWORK): NetworkSize | undefined {
  return NETWORK_SIZES.find((size) => isSame(size.network, network));
}

function isSame(a: NetworkSpec, b: NetworkSpec): boolean {
  const shape = ({ hidden, activation, sharedTrunk, convolutions }: NetworkSpec): string =>
    JSON.stringify([hidden, activation, sharedTrunk, convolutions]);
  return shape(a) === shape(b);
}
