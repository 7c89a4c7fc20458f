import "fake-indexeddb/auto";
import { describe, expect, it } from "vitest";
import { Checkpoints } from "../../../plugin/editor/model/checkpoints.ts";
import { readBytes, writeBytes } from "../../../plugin/index.ts";

const at = (minute: number): Date => new Date(Date.UTC(2026, 0, 1, 12, minute));

describe("Checkpoints", () => {
  it("are listed by lesson, newest first, with their bytes", async () => {
    const checkpoints = new Checkpoints("listed");
    await checkpoints.add("reach / ball", { run: "run 1", made: at(1), decisions: 100 }, Uint8Array.of(1));
    await checkpoints.add("reach / ball", { run: "run 1", made: at(2), decisions: 2000 }, Uint8Array.of(2));
    await checkpoints.add("reach", { run: "run 2", made: at(3), decisions: 5 }, Uint8Array.of(3));
    const list = await checkpoints.list("reach / ball");
    expect(list.map(({ run, made, decisions }) => [run, made, decisions])).toEqual([
      ["run 1", at(2), 2000],
      ["run 1", at(1), 100],
    ]);
    expect(await readBytes(list[0].url)).toEqual(Uint8Array.of(2));
  });

  it("are no more than six of a lesson: the oldest go", async () => {
    const checkpoints = new Checkpoints("few");
    for (let i = 0; i < 8; i++) {
      await checkpoints.add("reach", { run: "run 1", made: at(i), decisions: i }, Uint8Array.of(i));
    }
    const decisions = (await checkpoints.list("reach")).map((one) => one.decisions);
    expect(decisions).toEqual([7, 6, 5, 4, 3, 2]);
  });

  it("can be forgotten, and what others wrote is left out", async () => {
    const checkpoints = new Checkpoints("odd");
    await writeBytes("indexeddb://odd-runs/reach/not a time/run/5", Uint8Array.of(1));
    await checkpoints.add("reach", { run: "run 1", made: at(0), decisions: 1 }, Uint8Array.of(1));
    let told = 0;
    checkpoints.onChangeObservable.add(() => (told += 1));
    const [one, ...others] = await checkpoints.list("reach");
    expect(others).toEqual([]);
    await checkpoints.remove(one);
    expect([(await checkpoints.list("reach")).length, told]).toEqual([0, 1]);
  });
});
