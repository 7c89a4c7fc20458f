// The gradient of pooling by the largest number.
import { batch, dilationHeight, dilationWidth, filterHeight, filterWidth, inChannels, inHeight, inWidth } from "./geometry";
import { outHeight, outWidth, padLeft, padTop, strideHeight, strideWidth } from "./geometry";

/**
 * Gives each number of dy to the first of the largest numbers in its window.
 *
 * @param x - [batch, inHeight, inWidth, inChannels].
 * @param dy - [batch, outHeight, outWidth, inChannels].
 * @param dx - As x.
 */
export function maxPoolBack(g: usize, x: usize, dy: usize, dx: usize): void {
  const channels = inChannels(g);
  const picture = inHeight(g) * inWidth(g) * channels;
  memory.fill(dx, 0, <usize>(batch(g) * picture) << 2);
  for (let b = 0; b < batch(g); b++) {
    for (let oy = 0; oy < outHeight(g); oy++) {
      for (let ox = 0; ox < outWidth(g); ox++) {
        for (let channel = 0; channel < channels; channel++, dy += 4) {
          let largest = f32.NaN;
          let at = -1;
          for (let ky = 0; ky < filterHeight(g); ky++) {
            const row = oy * strideHeight(g) - padTop(g) + ky * dilationHeight(g);
            if (<u32>row >= <u32>inHeight(g)) continue;
            for (let kx = 0; kx < filterWidth(g); kx++) {
              const column = ox * strideWidth(g) - padLeft(g) + kx * dilationWidth(g);
              if (<u32>column >= <u32>inWidth(g)) continue;
              const here = b * picture + (row * inWidth(g) + column) * channels + channel;
              const value = load<f32>(x + (<usize>here << 2));
              if (at < 0 || value > largest) {
                largest = value;
                at = here;
              }
            }
          }
          if (at < 0) continue;
          const to = dx + (<usize>at << 2);
          store<f32>(to, load<f32>(to) + load<f32>(dy));
        }
      }
    }
  }
}
