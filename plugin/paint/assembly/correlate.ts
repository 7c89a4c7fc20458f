// How much a picture is like itself some pixels away.

/**
 * The mean squared distance of the features of all pixels that are (down, right) apart, both inside the picture.
 *
 * @param picture - [height, width, groups · 4]
 */
export function shiftDifference(picture: usize, height: i32, width: i32, groups: i32, down: i32, right: i32): f32 {
  const rows = height - abs(down);
  const columns = width - abs(right);
  const pixel = <usize>groups << 4;
  let total: f64 = 0;
  for (let y = 0; y < rows; y++) {
    let a = picture + <usize>((y + max(0, -down)) * width + max(0, -right)) * pixel;
    let b = picture + <usize>((y + max(0, down)) * width + max(0, right)) * pixel;
    let sum = f32x4.splat(0);
    for (const end = a + <usize>columns * pixel; a < end; a += 16, b += 16) {
      const difference = f32x4.sub(v128.load(a), v128.load(b));
      sum = f32x4.add(sum, f32x4.mul(difference, difference));
    }
    total += <f64>(
      (f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 2) + (f32x4.extract_lane(sum, 1) + f32x4.extract_lane(sum, 3)))
    );
  }
  return <f32>(total / <f64>(rows * columns));
}
