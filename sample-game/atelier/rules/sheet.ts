/** Something that can be drawn on by a hand: pixels that are in or out. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  /** 1 inside, 0 outside, [height, width]. */
  readonly inside: Uint8Array;
}

/** A place on the sheet, in shares of its sides; beyond [0, 1) it goes on at the other side. */
export interface SheetPlace {
  readonly x: number;
  readonly y: number;
}

/** What a line is drawn with. */
export interface SheetPen {
  /** In pixels of the sheet's width. */
  readonly diameter: number;
  /** What pixels become. */
  readonly value: 0 | 1;
  /** Whether lines go on around the borders. Default true. */
  readonly wraps?: boolean;
}

/**
 * Draws a straight line on a sheet.
 *
 * @returns Whether a pixel has changed.
 */
export function drawLine(
  { width, height, inside }: Sheet,
  from: SheetPlace,
  to: SheetPlace,
  { diameter, value, wraps = true }: SheetPen,
): boolean {
  const [x0, y0] = [from.x * width - 0.5, from.y * height - 0.5];
  const [dx, dy] = [(to.x - from.x) * width, (to.y - from.y) * height];
  const length = dx * dx + dy * dy;
  // At least the pixel under the hand.
  const radius = Math.max(0.71, diameter / 2);
  let hasChanged = false;
  for (let y = Math.floor(Math.min(y0, y0 + dy) - radius); y <= Math.max(y0, y0 + dy) + radius; y++) {
    for (let x = Math.floor(Math.min(x0, x0 + dx) - radius); x <= Math.max(x0, x0 + dx) + radius; x++) {
      if (!wraps && (x < 0 || y < 0 || x >= width || y >= height)) continue;
      const along = length === 0 ? 0 : ((x - x0) * dx + (y - y0) * dy) / length;
      const held = Math.min(1, Math.max(0, along));
      if (Math.hypot(x - x0 - held * dx, y - y0 - held * dy) > radius) continue;
      const at = around(y, height) * width + around(x, width);
      hasChanged ||= inside[at] !== value;
      inside[at] = value;
    }
  }
  return hasChanged;
}

/** How much of a sheet is inside, in [0, 1]. */
export function shareInside({ inside }: Sheet): number {
  return inside.reduce((sum, value) => sum + value, 0) / inside.length;
}

function around(value: number, length: number): number {
  return ((value % length) + length) % length;
}
