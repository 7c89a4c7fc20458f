/** A number for people: three digits that matter, thousands apart, e.g. `"12,300"` or `"0.00123"`. */
export function plainNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Number.isInteger(value) && Math.abs(value) < 1e9) return withThousands(String(value));
  const rounded = Number(value.toPrecision(3));
  const isShort = rounded === 0 || (Math.abs(rounded) >= 1e-4 && Math.abs(rounded) < 1e9);
  return isShort ? withThousands(String(rounded)) : rounded.toExponential();
}

/** A share as a percentage, e.g. `"83%"`. */
export function plainShare(share: number): string {
  return `${plainNumber(share >= 0.1 ? Math.round(100 * share) : 100 * share)}%`;
}

/** @param digits - e.g. `"-12345.6"`. */
function withThousands(digits: string): string {
  const [whole, rest] = digits.split(".");
  const apart = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return rest === undefined ? apart : `${apart}.${rest}`;
}
