// Everything that playing a policy needs.
export { dense, denseSingle, packForward } from "./dense";
export { gather, normalise } from "./batch";
export { convolution, decodeBytes, scatterFeatures } from "./convolution";
export { sample } from "./sample";

/** Where free memory begins. */
export function heapBase(): usize {
  return __heap_base;
}
