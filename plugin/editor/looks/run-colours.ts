/** Colours of runs over one another: apart for most kinds of colour blindness, on light and on dark (Okabe and Ito 2008). */
const RUN_COLOURS = ["#5b7cfa", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00"] as const;

/** The colour of a run; they begin anew after six. */
export function runColour(index: number): string {
  return RUN_COLOURS[index % RUN_COLOURS.length];
}
