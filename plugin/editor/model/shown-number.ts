const DEGREES = 180 / Math.PI;

/** What people read of a stored number: angles are stored in radians and shown in degrees. */
export function toShown(stored: number, unit: string): number {
  return unit.startsWith("°") ? stored * DEGREES : stored;
}

/** What is stored of a number that people gave. */
export function fromShown(shown: number, unit: string): number {
  return unit.startsWith("°") ? shown / DEGREES : shown;
}

/** A number in few characters, without the tail of binary fractions: at most five significant digits. */
export function plainNumber(value: number): string {
  return String(Number(value.toPrecision(5)));
}
