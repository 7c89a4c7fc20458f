import { describe, expect, it } from "vitest";
import { OneStudy } from "../../../sample-game/atelier/work/one-study.ts";

const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
/** Draws until it is ended. */
const forever = (signal: AbortSignal): Promise<void> =>
  new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));

describe("One study", () => {
  it("goes on under the same key, and is ended by another one without a complaint", async () => {
    const problems: unknown[] = [];
    const study = new OneStudy((problem) => problems.push(problem));
    const begun: string[] = [];
    const draw = (key: string): void =>
      study.begin(key, 0, (signal) => {
        begun.push(key);
        return forever(signal);
      });
    draw("a");
    await soon();
    draw("a");
    await soon();
    draw("b");
    await soon();
    study.stop();
    expect([begun, problems]).toEqual([["a", "b"], []]);
  });

  it("is begun once when it was complete, and again when it failed or was ended", async () => {
    const problems: unknown[] = [];
    const study = new OneStudy((problem) => problems.push(problem));
    let count = 0;
    const draw = async (act: (signal: AbortSignal) => Promise<void>): Promise<void> => {
      study.begin("a", 0, (signal) => {
        count++;
        return act(signal);
      });
      await soon();
    };
    const end = (): Promise<void> => Promise.resolve();
    await draw(() => Promise.reject(new Error("no file")));
    expect(problems).toEqual([new Error("no file")]);
    await draw(forever);
    study.stop();
    await draw(end);
    await draw(end);
    study.stop();
    await draw(end);
    expect(count).toBe(3);
  });
});
