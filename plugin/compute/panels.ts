/** Samples side by side in a panel, and bytes of one feature of a panel. */
export const PANEL = 16;
export const ROW_BYTES = PANEL * 4;

/** A stack of panels: [panels, features, 16]. */
export interface PanelBuffer {
  readonly address: number;
  /** Bytes from one panel to the next. */
  readonly stride: number;
}

/** Rounds up to a multiple of 4: how features are padded. */
export function padded(count: number): number {
  return (count + 3) & ~3;
}

/** How many panels hold so many samples. */
export function panelCount(samples: number): number {
  return Math.ceil(samples / PANEL);
}
