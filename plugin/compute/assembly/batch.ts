// Between rows of samples ([samples, width] floats) and panels ([features, 16] floats each).
import { ROW } from "./dense";
import { madd } from "./vector";

/**
 * Writes rows into panels, a column each.
 *
 * @param rows - Which rows, u32 each; 0 takes them in order.
 * @param count - How many rows; the columns up to the next multiple of 4 repeat the first row.
 */
export function gather(source: usize, width: i32, rows: usize, count: i32, panels: usize, stride: usize): void {
  const padded = (count + 3) & ~3;
  for (let column = 0; column < padded; column++) {
    const which = column < count ? column : 0;
    const row = rows ? load<u32>(rows + (<usize>which << 2)) : <u32>which;
    let from = source + ((<usize>row * <usize>width) << 2);
    let to = panels + <usize>(column >> 4) * stride + (<usize>(column & 15) << 2);
    for (let f = 0; f < width; f++) {
      store<f32>(to, load<f32>(from));
      from += 4;
      to += ROW;
    }
  }
}

/** x = clamp((x − mean) · scale, ±limit), feature by feature. */
export function normalise(
  panels: usize,
  stride: usize,
  width: i32,
  vectors: i32,
  mean: usize,
  scale: usize,
  limit: usize,
): void {
  for (let done = 0; done < vectors; done += 4) {
    const wide = <usize>min(4, vectors - done) << 4;
    for (let f = 0; f < width; f++) {
      const at = <usize>f << 2;
      const m = v128.load32_splat(mean + at);
      const s = v128.load32_splat(scale + at);
      const high = v128.load32_splat(limit + at);
      const low = f32x4.neg(high);
      const row = panels + <usize>f * ROW;
      for (let v: usize = 0; v < wide; v += 16) {
        const x = f32x4.mul(f32x4.sub(v128.load(row + v), m), s);
        v128.store(row + v, f32x4.max(low, f32x4.min(x, high)));
      }
    }
    panels += stride;
  }
}
