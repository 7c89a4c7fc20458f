import { boxInPicture } from "../../shell/box-in-picture.ts";

/** How much of the picture a panel hides. */
export interface HiddenShare {
  /** Of the width: above 0 at the right edge, below 0 at the left one. */
  readonly side: number;
  /** Of the height, at the lower edge. */
  readonly bottom: number;
}

const NOTHING: HiddenShare = { side: 0, bottom: 0 };

/** @returns The share that a panel hides of the picture; a panel as wide as the picture hides its lower part. */
export function hiddenBy(panel: HTMLElement | null, canvas: HTMLElement): HiddenShare {
  if (!panel || panel.hidden) return NOTHING;
  const { left, right, top } = boxInPicture(panel, canvas);
  const { clientWidth: width, clientHeight: height } = canvas;
  if (right - left > width * 0.9) return { side: 0, bottom: 1 - top / height };
  return { side: left > width - right ? 1 - left / width : -right / width, bottom: 0 };
}
