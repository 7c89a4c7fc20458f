// Gradients of depthwise convolutions: each channel has filters of its own, `multiplier` of them.
import { batch, dilationHeight, dilationWidth, filterHeight, filterWidth, inChannels, inHeight, inWidth } from "./geometry";
import { outChannels, outHeight, outWidth, padLeft, padTop, strideHeight, strideWidth } from "./geometry";

/** First row or column of y whose tap lies within x. */
// @ts-ignore: decorator
@inline
function firstWithin(tap: i32, dilation: i32, stride: i32, pad: i32): i32 {
  return max(0, (pad - tap * dilation + stride - 1) / stride);
}

/** The one after the last. */
// @ts-ignore: decorator
@inline
function endWithin(tap: i32, dilation: i32, stride: i32, pad: i32, length: i32, outputs: i32): i32 {
  const last = length - 1 + pad - tap * dilation;
  return last < 0 ? 0 : min(outputs, last / stride + 1);
}

/**
 * dx[…, c] = Σ over taps and m dy[…, c · multiplier + m] · filter[ky, kx, c, m]
 *
 * @param dy - [batch, outHeight, outWidth, outChannels].
 * @param filter - [filterHeight, filterWidth, inChannels, multiplier].
 * @param dx - [batch, inHeight, inWidth, inChannels].
 */
export function depthwiseBack(g: usize, dy: usize, filter: usize, dx: usize): void {
  const channels = inChannels(g);
  const multiplier = outChannels(g) / channels;
  const xBytes = <usize>channels << 2, yBytes = <usize>outChannels(g) << 2;
  const stepX = xBytes * <usize>strideWidth(g);
  memory.fill(dx, 0, <usize>(batch(g) * inHeight(g) * inWidth(g)) * xBytes);
  for (let picture = 0; picture < batch(g); picture++) {
    for (let ky = 0; ky < filterHeight(g); ky++) {
      const endY = endWithin(ky, dilationHeight(g), strideHeight(g), padTop(g), inHeight(g), outHeight(g));
      for (let y = firstWithin(ky, dilationHeight(g), strideHeight(g), padTop(g)); y < endY; y++) {
        const rowX = picture * inHeight(g) + y * strideHeight(g) - padTop(g) + ky * dilationHeight(g);
        const rowY = picture * outHeight(g) + y;
        for (let kx = 0; kx < filterWidth(g); kx++) {
          const end = endWithin(kx, dilationWidth(g), strideWidth(g), padLeft(g), inWidth(g), outWidth(g));
          const first = firstWithin(kx, dilationWidth(g), strideWidth(g), padLeft(g));
          const column = first * strideWidth(g) - padLeft(g) + kx * dilationWidth(g);
          const w = filter + <usize>(ky * filterWidth(g) + kx) * yBytes;
          let to = dx + <usize>(rowX * inWidth(g) + column) * xBytes;
          let from = dy + <usize>(rowY * outWidth(g) + first) * yBytes;
          for (let x = first; x < end; x++, to += stepX, from += yBytes) {
            addProducts(to, from, w, channels, multiplier);
          }
        }
      }
    }
  }
}

/** to[c] += Σ over m a[c · multiplier + m] · b[c · multiplier + m] */
function addProducts(to: usize, a: usize, b: usize, channels: i32, multiplier: i32): void {
  const end = to + (<usize>channels << 2);
  if (multiplier == 1) {
    for (; to + 16 <= end; to += 16, a += 16, b += 16) {
      v128.store(to, f32x4.add(v128.load(to), f32x4.mul(v128.load(a), v128.load(b))));
    }
    for (; to < end; to += 4, a += 4, b += 4) store<f32>(to, load<f32>(to) + load<f32>(a) * load<f32>(b));
    return;
  }
  for (; to < end; to += 4) {
    let sum: f32 = 0;
    for (let m = 0; m < multiplier; m++, a += 4, b += 4) sum += load<f32>(a) * load<f32>(b);
    store<f32>(to, load<f32>(to) + sum);
  }
}

/**
 * gradient[ky, kx, c, m] = Σ over pixels x[…, c] · dy[…, c · multiplier + m]
 *
 * @param x - [batch, inHeight, inWidth, inChannels].
 * @param dy - [batch, outHeight, outWidth, outChannels].
 * @param gradient - [filterHeight, filterWidth, inChannels, multiplier].
 */
export function depthwiseFilter(g: usize, x: usize, dy: usize, gradient: usize): void {
  const features = outChannels(g);
  memory.fill(gradient, 0, <usize>(filterHeight(g) * filterWidth(g) * features) << 2);
  for (let ky = 0; ky < filterHeight(g); ky++) {
    for (let kx = 0; kx < filterWidth(g); kx++, gradient += <usize>features << 2) {
      for (let picture = 0; picture < batch(g); picture++) {
        // Picture by picture: sums of fewer numbers are more exact.
        if (features == inChannels(g)) {
          let channel = 0;
          for (; channel + 16 <= features; channel += 16) addPicture16(g, x, dy, gradient, picture, ky, kx, channel);
          for (; channel < features; channel++) addPicture(g, x, dy, gradient, picture, ky, kx, channel);
        } else {
          for (let feature = 0; feature < features; feature++) addPicture(g, x, dy, gradient, picture, ky, kx, feature);
        }
      }
    }
  }
}

/** Sixteen channels with one filter each. */
function addPicture16(g: usize, x: usize, dy: usize, sums: usize, picture: i32, ky: i32, kx: i32, channel: i32): void {
  const bytes = <usize>inChannels(g) << 2, at = <usize>channel << 2;
  const step = bytes * <usize>strideWidth(g);
  const endY = endWithin(ky, dilationHeight(g), strideHeight(g), padTop(g), inHeight(g), outHeight(g));
  const end = endWithin(kx, dilationWidth(g), strideWidth(g), padLeft(g), inWidth(g), outWidth(g));
  const first = firstWithin(kx, dilationWidth(g), strideWidth(g), padLeft(g));
  const column = first * strideWidth(g) - padLeft(g) + kx * dilationWidth(g);
  let a = f32x4.splat(0), b = a, c = a, d = a;
  for (let y = firstWithin(ky, dilationHeight(g), strideHeight(g), padTop(g)); y < endY; y++) {
    const rowX = picture * inHeight(g) + y * strideHeight(g) - padTop(g) + ky * dilationHeight(g);
    let from = x + <usize>(rowX * inWidth(g) + column) * bytes + at;
    let by = dy + <usize>((picture * outHeight(g) + y) * outWidth(g) + first) * bytes + at;
    for (let i = first; i < end; i++, from += step, by += bytes) {
      a = f32x4.add(a, f32x4.mul(v128.load(from), v128.load(by)));
      b = f32x4.add(b, f32x4.mul(v128.load(from, 16), v128.load(by, 16)));
      c = f32x4.add(c, f32x4.mul(v128.load(from, 32), v128.load(by, 32)));
      d = f32x4.add(d, f32x4.mul(v128.load(from, 48), v128.load(by, 48)));
    }
  }
  sums += at;
  v128.store(sums, f32x4.add(v128.load(sums), a));
  v128.store(sums, f32x4.add(v128.load(sums, 16), b), 16);
  v128.store(sums, f32x4.add(v128.load(sums, 32), c), 32);
  v128.store(sums, f32x4.add(v128.load(sums, 48), d), 48);
}

/** One filter of one channel. */
function addPicture(g: usize, x: usize, dy: usize, sums: usize, picture: i32, ky: i32, kx: i32, feature: i32): void {
  const channel = feature / (outChannels(g) / inChannels(g));
  const xBytes = <usize>inChannels(g) << 2, yBytes = <usize>outChannels(g) << 2;
  const endY = endWithin(ky, dilationHeight(g), strideHeight(g), padTop(g), inHeight(g), outHeight(g));
  const end = endWithin(kx, dilationWidth(g), strideWidth(g), padLeft(g), inWidth(g), outWidth(g));
  const first = firstWithin(kx, dilationWidth(g), strideWidth(g), padLeft(g));
  const column = first * strideWidth(g) - padLeft(g) + kx * dilationWidth(g);
  let sum: f32 = 0;
  for (let y = firstWithin(ky, dilationHeight(g), strideHeight(g), padTop(g)); y < endY; y++) {
    const rowX = picture * inHeight(g) + y * strideHeight(g) - padTop(g) + ky * dilationHeight(g);
    let from = x + <usize>(rowX * inWidth(g) + column) * xBytes + (<usize>channel << 2);
    let by = dy + <usize>((picture * outHeight(g) + y) * outWidth(g) + first) * yBytes + (<usize>feature << 2);
    for (let i = first; i < end; i++, from += xBytes * <usize>strideWidth(g), by += yBytes) {
      sum += load<f32>(from) * load<f32>(by);
    }
  }
  sums += <usize>feature << 2;
  store<f32>(sums, load<f32>(sums) + sum);
}
