/** How much of the picture a panel hides. */
export interface HiddenShare {
  /** Of the width, at the right edge. */
  readonly right: number;
  /** Of the height, at the lower edge. */
  readonly bottom: number;
}

/** @returns The share that a panel hides, of the window; a panel as wide as the window hides its lower part. */
export function hiddenBy(panel: HTMLElement | null): HiddenShare {
  if (!panel || panel.hidden) return { right: 0, bottom: 0 };
  const box = panel.getBoundingClientRect();
  if (box.width > window.innerWidth * 0.9) return { right: 0, bottom: 1 - box.top / window.innerHeight };
  return { right: box.left > window.innerWidth / 2 ? 1 - box.left / window.innerWidth : 0, bottom: 0 };
}
