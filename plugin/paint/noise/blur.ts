import { type Field, type Grid, wrap } from "./grid.ts";

/**
 * Smooths a field by three box blurs, nearly a Gaussian, around the borders too.
 *
 * @param radius - Reach in short sides of the tile; about twice the Gaussian's standard deviation.
 * @returns A new field.
 */
export function blurWrapped(grid: Grid, field: Field, radius: number): Field {
  const reach = Math.max(1, Math.round(radius / grid.pixel / 1.5));
  let from = field;
  for (let round = 0; round < 3; round++) {
    const across = new Float32Array(field.length);
    blurLines(from, across, { lines: grid.height, lineStep: grid.width, count: grid.width, step: 1, reach });
    const down = new Float32Array(field.length);
    blurLines(across, down, { lines: grid.width, lineStep: 1, count: grid.height, step: grid.width, reach });
    from = down;
  }
  return from;
}

interface Lines {
  readonly lines: number;
  readonly lineStep: number;
  readonly count: number;
  readonly step: number;
  readonly reach: number;
}

function blurLines(from: Field, to: Field, { lines, lineStep, count, step, reach }: Lines): void {
  const share = 1 / (2 * reach + 1);
  for (let line = 0; line < lines; line++) {
    const start = line * lineStep;
    let sum = 0;
    for (let offset = -reach; offset <= reach; offset++) sum += from[start + wrap(offset, count) * step];
    for (let i = 0; i < count; i++) {
      to[start + i * step] = sum * share;
      sum += from[start + wrap(i + reach + 1, count) * step] - from[start + wrap(i - reach, count) * step];
    }
  }
}
