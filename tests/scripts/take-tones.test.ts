import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { Random } from "../../plugin/core/random.ts";
import { startBackend } from "../../plugin/nets/start-backend.ts";
import { takeTones } from "../../scripts/paint/photo-maps/take-tones.ts";

const SIDE = 512;
beforeAll(async () => startBackend("cpu"));

/** A photograph that gets brighter to the right and, half as much, upwards, up to its middle; parts of its other half show the fall. */
function slope(): { bytes: Uint8Array; lean: readonly [number, number] } {
  const bytes = new Uint8Array(SIDE * SIDE * 3);
  for (let pixel = 0; pixel < SIDE * SIDE; pixel++) {
    const [row, column] = [Math.floor(pixel / SIDE), pixel % SIDE];
    bytes.fill(Math.round(50 + (100 * column) / SIDE + (50 * (SIDE - 1 - row)) / SIDE), 3 * pixel, 3 * pixel + 3);
  }
  return { bytes, lean: [0.8, 0.4] };
}

/** By how much brightness rises to the right and upwards, the median of all steps: jumps where the photograph begins anew are few. */
function rise(tones: Float32Array, side: number): readonly [number, number] {
  const steps = (ahead: number): number => {
    const values: number[] = [];
    for (let row = 8; row < side; row++) {
      for (let column = 0; column < side - 8; column++) {
        const at = row * side + column;
        values.push(tones[3 * (at + ahead)] - tones[3 * at]);
      }
    }
    return values.sort((a, b) => a - b)[values.length >> 1];
  };
  return [steps(8), steps(-8 * side)];
}

describe("Parts of photographs", () => {
  it("lie with their light, whichever way they are laid down", async () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 24; seed++) {
      const batch = takeTones(Uint32Array.of(0), [{ side: SIDE, photos: [slope()] }], new Random(seed));
      const [right, up] = rise(await batch.tones.data<"float32">(), batch.tones.shape[1]);
      const [leanRight, leanUp] = await batch.lean.data<"float32">();
      tf.dispose([batch.tones, batch.lean]);
      seen.add(`${leanRight.toFixed(1)} ${leanUp.toFixed(1)}`);
      // Brighter where the light comes from, and more so along the axis along which it leans further.
      expect(right * leanRight).toBeGreaterThan(0);
      expect(up * leanUp).toBeGreaterThan(0);
      expect(Math.abs(right) > Math.abs(up)).toBe(Math.abs(leanRight) > Math.abs(leanUp));
    }
    expect(seen.size).toBe(8);
  });
});
