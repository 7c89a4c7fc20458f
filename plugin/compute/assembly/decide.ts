// Everything that playing a policy needs.
export { dense, denseSingle, packForward } from "./dense";
export { gather, normalise } from "./batch";
export { sample } from "./sample";
