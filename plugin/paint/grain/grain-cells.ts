import { GRAIN_CELL, GRAIN_COLOURS, GRAIN_GREYS, GRAIN_INPUTS } from "../../nets/encoders/grain-net.ts";

/** Pictures of one size, row by row: sRGB, [height, width, 3], one after the other. */
export interface Frames {
  /** Rows and columns, even. */
  readonly height: number;
  readonly width: number;
  readonly pixels: Float32Array;
}

/**
 * What a `GrainNet` sees of frames: places of 2 × 2 pixels.
 *
 * @param told - `toldNoise` of each frame, one after the other.
 * @returns [frames, height / 2, width / 2, 15].
 */
export function seenCells(frames: Frames, told: ArrayLike<number>): Float32Array {
  const seen = new Float32Array((frames.pixels.length / GRAIN_COLOURS) * GRAIN_INPUTS);
  const size = frames.height * frames.width * 3;
  eachCell(frames, (from, cell, channel) => {
    seen[cell * GRAIN_INPUTS + channel] = 2 * frames.pixels[from] - 1;
  });
  for (let cell = 0; cell < seen.length / GRAIN_INPUTS; cell++) {
    const frame = Math.floor((cell * GRAIN_COLOURS) / size);
    for (let grey = 0; grey < GRAIN_GREYS; grey++) {
      seen[cell * GRAIN_INPUTS + GRAIN_COLOURS + grey] = told[frame * GRAIN_GREYS + grey];
    }
  }
  return seen;
}

/** The colours alone, [frames, height / 2, width / 2, 12]. */
export function coloursOfCells(frames: Frames): Float32Array {
  const colours = new Float32Array(frames.pixels.length);
  eachCell(frames, (from, cell, channel) => {
    colours[cell * GRAIN_COLOURS + channel] = frames.pixels[from];
  });
  return colours;
}

/** Frames less their noise, [height, width, 3] each, in [0, 1]. @param noise - [frames, height / 2, width / 2, 12]. */
export function withoutNoise(frames: Frames, noise: ArrayLike<number>): Float32Array {
  const cleaned = new Float32Array(frames.pixels.length);
  eachCell(frames, (from, cell, channel) => {
    const value = frames.pixels[from] - noise[cell * GRAIN_COLOURS + channel];
    cleaned[from] = Math.min(1, Math.max(0, value));
  });
  return cleaned;
}

/** Visits each number of frames: where it is, its place, and its channel there. */
function eachCell({ width, pixels }: Frames, visit: (from: number, cell: number, channel: number) => void): void {
  const across = width / GRAIN_CELL;
  const run = 3 * GRAIN_CELL;
  // Frames have even heights, so rows are counted through all of them.
  for (let row = 0, from = 0; from < pixels.length; row++) {
    const first = Math.floor(row / GRAIN_CELL) * across;
    const channel = (row % GRAIN_CELL) * run;
    for (let column = 0; column < across; column++) {
      for (let i = 0; i < run; i++, from++) visit(from, first + column, channel + i);
    }
  }
}
