import type { EndKind } from "../plan-part.ts";

/** Cuts the episode off after a while. */
export const timeLimit: EndKind = {
  form: {
    kind: "timeLimit",
    title: "Time limit",
    hint: "Cuts the episode off after so long. It could have gone on, so learning does not take it for an end, and no reward should hang on it.",
    succeeded: false,
    truncates: true,
    fields: [
      {
        type: "number",
        name: "seconds",
        title: "After",
        hint: "Long enough to do what is wanted, twice.",
        unit: "s",
        minimum: 1,
        maximum: 120,
        step: 1,
        initial: 20,
        above: 0,
      },
    ],
  },
  create(options) {
    const limit = options["seconds"] as number;
    const elapsed = new Float64Array(1);
    return {
      begin(): void {
        elapsed[0] = 0;
      },
      isOver(seconds: number): boolean {
        elapsed[0] += seconds;
        // Sums of 1/60 s miss the limit by rounding; a thousandth of a step bridges that.
        return elapsed[0] + seconds * 1e-3 >= limit;
      },
    };
  },
};
