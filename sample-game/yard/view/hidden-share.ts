/** How much of the picture a panel hides. */
export interface HiddenShare {
  /** Of the width: above 0 at the right edge, below 0 at the left one. */
  readonly side: number;
  /** Of the height, at the lower edge. */
  readonly bottom: number;
}

const NOTHING: HiddenShare = { side: 0, bottom: 0 };

/** @returns The share that a panel hides, of the window; a panel as wide as the window hides its lower part. */
export function hiddenBy(panel: HTMLElement | null): HiddenShare {
  if (!panel || panel.hidden) return NOTHING;
  const { left, right, top, width } = panel.getBoundingClientRect();
  const { innerWidth, innerHeight } = window;
  if (width > innerWidth * 0.9) return { side: 0, bottom: 1 - top / innerHeight };
  return { side: left > innerWidth - right ? 1 - left / innerWidth : -right / innerWidth, bottom: 0 };
}
