/**
 * Tells the pieces of a mask apart: pixels of one piece hang together by their sides, across the borders.
 *
 * @param mask - Above 0.5 inside pieces, [height, width].
 * @returns Which piece each pixel belongs to, from 1; 0 between them.
 */
export function piecesOf(mask: Float32Array, height: number, width: number): Uint16Array {
  const ids = new Uint16Array(mask.length);
  const open: number[] = [];
  let count = 0;
  for (let start = 0; start < mask.length; start++) {
    if (mask[start] <= 0.5 || ids[start] !== 0) continue;
    count = (count % 65_535) + 1;
    ids[start] = count;
    open.push(start);
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const x = at % width;
      const y = (at - x) / width;
      const line = at - x;
      const neighbours = [
        line + ((x + 1) % width),
        line + ((x + width - 1) % width),
        ((y + 1) % height) * width + x,
        ((y + height - 1) % height) * width + x,
      ];
      for (const next of neighbours) {
        if (mask[next] <= 0.5 || ids[next] !== 0) continue;
        ids[next] = count;
        open.push(next);
      }
    }
  }
  return ids;
}
