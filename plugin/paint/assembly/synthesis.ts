// Everything that synthesis from pictures needs.
export { flowSpace } from "./max-flow";
export { addTo, relax, wantedSteps } from "./blend";
export {
  advance,
  gatherPanels,
  matchLine,
  matchingSpace,
  projectPanels,
  scatterPanels,
  spreadPanels,
} from "./flow";
export { shiftDifference } from "./correlate";
export { expand } from "./expand";
export { compose, countUsage, lay, matchPlaces, nextHole, seamCosts, setTable } from "./pieces";

/** Where free memory begins. */
export function heapBase(): usize {
  return __heap_base;
}
