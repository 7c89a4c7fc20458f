import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import { mirrored, takeLines } from "../../../plugin/nets/layers/take-lines.ts";
import { startBackend } from "../../../plugin/nets/start-backend.ts";

const [BATCH, HEIGHT, WIDTH, CHANNELS] = [3, 5, 7, 2];
const random = new Random(3);
const VALUES = Float32Array.from({ length: BATCH * HEIGHT * WIDTH * CHANNELS }, () => random.uniform());
const pictures = (): tf.Tensor4D => tf.tensor4d(VALUES, [BATCH, HEIGHT, WIDTH, CHANNELS]);

/** By plain loops. */
function taken(rows: readonly (readonly number[])[], columns: readonly (readonly number[])[]): number[] {
  const values: number[] = [];
  for (let picture = 0; picture < BATCH; picture++) {
    for (const row of rows[rows.length > 1 ? picture : 0]) {
      for (const column of columns[columns.length > 1 ? picture : 0]) {
        const at = ((picture * HEIGHT + row) * WIDTH + column) * CHANNELS;
        values.push(...VALUES.subarray(at, at + CHANNELS));
      }
    }
  }
  return values;
}

describe.each(["wasm", "cpu"] as const)("Lines of pictures on %s", (backend) => {
  const chosen = (lists: number, count: number, from: number): number[][] =>
    Array.from({ length: lists }, () => Array.from({ length: count }, () => random.integer(from)));
  const cases = [
    { name: "the same for all", rows: chosen(1, 6, HEIGHT), columns: chosen(1, 9, WIDTH) },
    { name: "others for each", rows: chosen(BATCH, 4, HEIGHT), columns: chosen(BATCH, 8, WIDTH) },
    {
      name: "others for each, of the same columns",
      rows: chosen(BATCH, 4, HEIGHT),
      columns: [[3, 4, 5, 6, 0, 1, 1, 0]],
    },
  ];

  it.each(cases)("are those that were asked for: $name", async ({ rows, columns }) => {
    await startBackend(backend);
    const got = tf.tidy(() =>
      takeLines(pictures(), tf.tensor2d(rows, undefined, "int32"), tf.tensor2d(columns, undefined, "int32")),
    );
    expect(got.shape).toEqual([BATCH, rows[0].length, columns[0].length, CHANNELS]);
    expect([...(await got.data())]).toEqual(taken(rows, columns));
    got.dispose();
  });

  it.each([
    { way: "across", axes: [2] },
    { way: "down", axes: [1] },
    { way: "both", axes: [1, 2] },
  ] as const)("change places $way as TensorFlow.js reverses them, and nothing is left", async ({ way, axes }) => {
    await startBackend(backend);
    const before = tf.memory().numTensors;
    const [got, expected] = tf.tidy(() => [mirrored(pictures(), way), tf.reverse(pictures(), [...axes])]);
    expect(await got.data()).toEqual(await expected.data());
    tf.dispose([got, expected]);
    expect(tf.memory().numTensors).toBe(before);
  });
});
