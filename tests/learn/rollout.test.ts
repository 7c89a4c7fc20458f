import { describe, expect, it } from "vitest";
import { createRollout, rolloutBuffers } from "../../plugin/learn/rollout.ts";
import { syntheticRole } from "../compute/oracle/random-batch.ts";

const ROLE = syntheticRole(3, 2, [4, 2]);

describe("A rollout", () => {
  it("has room for every row, of every width", () => {
    const { observations, continuous, discrete, masks, lastValues, episodes } = createRollout(ROLE, 5, 7);
    const lengths = [observations, continuous, discrete, masks, lastValues, episodes.returns].map((one) => one.length);
    expect(lengths).toEqual([105, 70, 70, 210, 7, 35]);
  });

  it("names the memory of every array once, for handing it over", () => {
    const rollout = createRollout(ROLE, 5, 7);
    const buffers = rolloutBuffers(rollout);
    expect(new Set(buffers).size).toBe(buffers.length);
    const copy = structuredClone(rollout, { transfer: buffers });
    const arrays: unknown[] = Object.values({ ...rollout, ...rollout.episodes });
    const left = arrays.filter((value) => ArrayBuffer.isView(value)).map((array) => array.byteLength);
    expect(left).toEqual(Array<number>(buffers.length).fill(0)); // everything has moved
    expect(copy.observations).toHaveLength(105);
  });

  it("hands nothing over where the memory is shared", () => {
    const rollout = createRollout(ROLE, 5, 7, { allocate: (bytes) => new SharedArrayBuffer(bytes) });
    expect(rolloutBuffers(rollout)).toEqual([]);
    structuredClone(rollout).rewards[3] = 8;
    expect(rollout.rewards[3]).toBe(8);
  });
});
