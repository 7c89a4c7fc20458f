/** From little to much: five steps that rise evenly in lightness, so that people who mix up colours can read them too. */
const STEPS = [
  [68, 1, 84],
  [59, 82, 139],
  [33, 145, 140],
  [94, 201, 98],
  [253, 231, 37],
] as const;

/** Of 255; the ground shines through. */
const OPACITY = 190;

/** The same colours for a legend, from left to right. */
export const VALUE_GRADIENT = `linear-gradient(to right, ${STEPS.map((step) => `rgb(${step.join(" ")})`).join(", ")})`;

/**
 * Paints values in colours.
 *
 * @param values - What is no number stays clear.
 * @param least - Gets the first colour, and `greatest` the last one.
 * @param pixels - Is written, red, green, blue and opacity of each value.
 */
export function paintValues(values: Float32Array, least: number, greatest: number, pixels: Uint8Array): void {
  const range = Math.max(1e-9, greatest - least);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (Number.isNaN(value)) {
      pixels[4 * i + 3] = 0;
      continue;
    }
    const place = Math.min(1, Math.max(0, (value - least) / range)) * (STEPS.length - 1);
    const step = Math.min(STEPS.length - 2, Math.floor(place));
    const share = place - step;
    for (let channel = 0; channel < 3; channel++) {
      const from = STEPS[step][channel];
      pixels[4 * i + channel] = Math.round(from + share * (STEPS[step + 1][channel] - from));
    }
    pixels[4 * i + 3] = OPACITY;
  }
}
