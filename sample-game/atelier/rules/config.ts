/** Every tunable number of the Atelier. */
export const atelierConfig = {
  /** What lies on the bench when the room opens. */
  firstMaterial: "roughStone",
  firstAttributes: { moss: 0.42, wear: 0.55 },
  /** Pixels of the very first picture, and of what shows while a slider moves. Chosen to come in well under a second. */
  draftSize: 128,
  /** Pixels of the pictures on the classes' buttons. */
  thumbnailSize: 64,
  /** Pixels of what the yard's other parts wear at first. */
  furnitureSize: 128,
  sizes: [128, 256, 512, 1024],
  classSize: 512,
  pictureSize: 256,
  imaginedSize: 256,
  /** Pixels of pictures that are looked at to imagine: more would be made smaller anyway. */
  lookPixels: 256 * 256,
  /** Pixels on each side of what is mended, at most. */
  mendedSide: 1024,
  /** Pixels of the largest pictures whose codes are refined as often as is usual; larger ones are refined once, or people would wait. */
  refinedPixels: 512 * 512,
  /** A slider that rests this long, in seconds, is meant. */
  settleSeconds: 0.22,
  /** Steps that can be undone. */
  historySteps: 24,
  /** Bytes that the pixels of those steps may take together; the oldest go first. */
  historyBytes: 320 * 2 ** 20,
  /** More pictures than that are no mix any more. */
  mostPictures: 4,
  /** Living textures: cells on each side of a tile. */
  cells: [128, 256, 512],
  /** Strokes of the brush on a living texture that can be taken back. */
  strokes: 16,
  /** Bytes of GPU memory that they may take together: 16 strokes at 128 and 256 cells, 8 at 512. */
  strokeBytes: 130 * 2 ** 20,
  /** How long a lesson from a picture may take, in seconds. */
  lessonSeconds: [30, 60, 180, 600],
  /** How many mini-batches the imaginer may learn from a picture: some half a minute to five minutes of a laptop. */
  lessonSteps: [60, 240, 600],
  /** Shields that are looked at to tell what attributes do to codes: some three seconds of a laptop. */
  studiedShields: 600,
  /** The wall and the ground show one tile on so many metres. */
  tileMetres: 2,
} as const;
