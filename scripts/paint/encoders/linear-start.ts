import { AUTOENCODER, CELL, type LinearCode } from "../../../plugin/nets/encoders/autoencoder-net.ts";
import type { CropShelf } from "../../../plugin/nets/encoders/take-crops.ts";
import { principalComponents } from "../../../plugin/paint/metrics/principal-components.ts";

/** Cells that are looked at in each picture. */
const CELLS = 64;
const LENGTH = CELL * CELL * 3;

/** The principal components of a shelf's cells, around their mean colour. */
export function linearStart(shelf: CropShelf, code = AUTOENCODER.code): LinearCode {
  const points = new Float32Array(shelf.count * CELLS * LENGTH);
  let to = 0;
  const across = shelf.side / CELL;
  for (let index = 0; index < shelf.count; index++) {
    const pixels = shelf.picture(index);
    for (let i = 0; i < CELLS; i++) {
      const cell = Math.floor((i * across * across) / CELLS) + (i % 7);
      const [top, left] = [CELL * (Math.floor(cell / across) % across), CELL * (cell % across)];
      for (let y = 0; y < CELL; y++) {
        const from = 3 * ((top + y) * shelf.side + left);
        for (let k = 0; k < 3 * CELL; k++) points[to++] = pixels[from + k] / 255;
      }
    }
  }
  const { mean, components, variances } = principalComponents(points, LENGTH, code);
  const colour = [0, 0, 0];
  mean.forEach((value, i) => (colour[i % 3] += value / (CELL * CELL)));
  return { mean: colour, components, variances };
}
