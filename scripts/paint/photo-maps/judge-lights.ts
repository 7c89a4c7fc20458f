import * as tf from "@tensorflow/tfjs";
import { findLight } from "../../../plugin/paint/photograph/find-light.ts";
import type { PhotoNet } from "../../../plugin/paint/photograph/photo-net.ts";
import type { Exam } from "./score-maps.ts";

/** How well lights are found, of photographs that are not taken in the shade. */
export interface LightScore {
  readonly photographs: number;
  /** Share with the right quarter of the sky. */
  readonly right: number;
  /** Share that is more than 90° off. */
  readonly away: number;
  /** Mean square of how far the lean is off, in the shade too. */
  readonly error: number;
}

/** Holds the lights that a network finds against those in which photographs were taken. */
export function judgeLights(net: PhotoNet, exams: readonly Exam[]): LightScore {
  let [photographs, right, away, squares] = [0, 0, 0, 0];
  for (const { photo, light, lean } of exams) {
    const [x, y] = tf.tidy(() => {
      const shaped = tf.tensor4d(photo.pixels, [1, photo.height, photo.width, 3]);
      return findLight(net, shaped, "wrap").dataSync<"float32">();
    });
    squares += (x - lean[0]) ** 2 + (y - lean[1]) ** 2;
    if (light === "shade") continue;
    photographs += 1;
    if (x * lean[0] > 0 && y * lean[1] > 0) right += 1;
    if (x * lean[0] + y * lean[1] < 0) away += 1;
  }
  return {
    photographs,
    right: right / photographs,
    away: away / photographs,
    error: squares / exams.length,
  };
}

/** In one line. */
export function describeLights({ photographs, right, away, error }: LightScore): string {
  const percent = (share: number): string => `${Math.round(100 * share)} %`;
  return `of ${photographs} lights the quarter right ${percent(right)}, more than 90° off ${percent(away)}; error ${error.toFixed(3)}`;
}
