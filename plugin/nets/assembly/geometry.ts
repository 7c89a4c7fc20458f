// What a two-dimensional convolution looks like: 15 whole numbers in memory. "In" is the side of x, "out" the side of y; the
// pictures lie [batch, height, width, channels].

// @ts-ignore: decorator
@inline
export function batch(g: usize): i32 {
  return load<i32>(g, 0);
}
// @ts-ignore: decorator
@inline
export function inHeight(g: usize): i32 {
  return load<i32>(g, 4);
}
// @ts-ignore: decorator
@inline
export function inWidth(g: usize): i32 {
  return load<i32>(g, 8);
}
// @ts-ignore: decorator
@inline
export function inChannels(g: usize): i32 {
  return load<i32>(g, 12);
}
// @ts-ignore: decorator
@inline
export function outHeight(g: usize): i32 {
  return load<i32>(g, 16);
}
// @ts-ignore: decorator
@inline
export function outWidth(g: usize): i32 {
  return load<i32>(g, 20);
}
// @ts-ignore: decorator
@inline
export function outChannels(g: usize): i32 {
  return load<i32>(g, 24);
}
// @ts-ignore: decorator
@inline
export function filterHeight(g: usize): i32 {
  return load<i32>(g, 28);
}
// @ts-ignore: decorator
@inline
export function filterWidth(g: usize): i32 {
  return load<i32>(g, 32);
}
// @ts-ignore: decorator
@inline
export function strideHeight(g: usize): i32 {
  return load<i32>(g, 36);
}
// @ts-ignore: decorator
@inline
export function strideWidth(g: usize): i32 {
  return load<i32>(g, 40);
}
// @ts-ignore: decorator
@inline
export function dilationHeight(g: usize): i32 {
  return load<i32>(g, 44);
}
// @ts-ignore: decorator
@inline
export function dilationWidth(g: usize): i32 {
  return load<i32>(g, 48);
}
// @ts-ignore: decorator
@inline
export function padTop(g: usize): i32 {
  return load<i32>(g, 52);
}
// @ts-ignore: decorator
@inline
export function padLeft(g: usize): i32 {
  return load<i32>(g, 56);
}

/** Rows or columns of x that some rows or columns of y look at. */
// @ts-ignore: decorator
@inline
export function reach(outputs: i32, stride: i32, filter: i32, dilation: i32): i32 {
  return (outputs - 1) * stride + (filter - 1) * dilation + 1;
}

/** Rows of `width` pixels that make about `pixels`, at least one and at most `height`. */
// @ts-ignore: decorator
@inline
export function rowsOfAbout(pixels: i32, width: i32, height: i32): i32 {
  return min(height, max(1, (pixels + width - 1) / width));
}

/** Bytes, rounded up so that what follows lies on a multiple of 64. */
// @ts-ignore: decorator
@inline
export function aligned(bytes: usize): usize {
  return (bytes + 63) & ~63;
}
