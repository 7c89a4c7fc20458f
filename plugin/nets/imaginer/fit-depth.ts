/** How much is learned: the code alone, some 1,500 numbers of the decoder as well, or all that the code does not say by itself. */
export type FitDepth = "code" | "few" | "all";

/** From the least to the most: a fit goes through them. */
export const FIT_DEPTHS: readonly FitDepth[] = ["code", "few", "all"];
