/** A picture's size in pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Where pictures lie in one texture. */
export interface AtlasLayout extends PictureSize {
  /** Lower left corners, in the order of the pictures. */
  readonly places: readonly { readonly x: number; readonly y: number }[];
}

/** WebGPU copies rows of 256 bytes: 64 pixels of 4 bytes. */
const COLUMN = 64;

/**
 * Packs pictures into one texture, in shelves, the highest first. Pictures of one size lie without gaps but for the end of a
 * shelf.
 */
export function packPictures(pictures: readonly PictureSize[]): AtlasLayout {
  const area = pictures.reduce((sum, { width, height }) => sum + width * height, 0);
  const widest = pictures.reduce((most, picture) => Math.max(most, picture.width), 1);
  const width = Math.ceil(Math.max(widest, Math.sqrt(area)) / COLUMN) * COLUMN;
  const order = pictures.map((_, index) => index).sort((a, b) => pictures[b].height - pictures[a].height || a - b);
  const places: { x: number; y: number }[] = new Array<{ x: number; y: number }>(pictures.length);
  let x = 0;
  let y = 0;
  let shelf = 0;
  for (const index of order) {
    const picture = pictures[index];
    if (x + picture.width > width) {
      x = 0;
      y += shelf;
      shelf = 0;
    }
    places[index] = { x, y };
    x += picture.width;
    shelf = Math.max(shelf, picture.height);
  }
  return { width, height: Math.max(1, y + shelf), places };
}
