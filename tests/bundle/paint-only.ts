import { createPainter, readPicture, type PaintedMaterial } from "../../plugin/paint.ts";

/** Everything that a page needs which has a worker paint from a dropped picture. */
export async function paint(makeWorker: () => Worker, file: Blob): Promise<PaintedMaterial> {
  const { picture, name } = await readPicture(file);
  return createPainter(makeWorker).paint({ generator: "example", pictures: [{ role: "example", name, picture }] });
}
