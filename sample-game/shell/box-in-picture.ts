/** Where something lies in the picture, in CSS pixels from its upper left corner. */
export interface PictureBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Where an element lies in the picture, which need not begin at the corner of the window. What is not shown has all zeros. */
export function boxInPicture(part: Element, canvas: Element): PictureBox {
  const { left, top, right, bottom, width } = part.getBoundingClientRect();
  if (width === 0) return { left: 0, top: 0, right: 0, bottom: 0 };
  const picture = canvas.getBoundingClientRect();
  return {
    left: left - picture.left,
    top: top - picture.top,
    right: right - picture.left,
    bottom: bottom - picture.top,
  };
}
