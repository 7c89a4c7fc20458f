import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { lessonEnvironment } from "../../plugin/scene/lesson-environment.ts";
import reach from "../fixtures/lessons/reach.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

test("a step makes no objects", () => {
  const endless = { ...reach, timeLimitSeconds: 1e9, step: () => {} };
  const environment = lessonEnvironment(endless, { arenas: 16 });
  environment.reset(1);
  for (let i = 0; i < 3000; i++) environment.step(); // until it is compiled
  let least = Infinity;
  for (let round = 0; round < 60 && least >= 2000; round++) {
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < 400; i++) environment.step();
    least = Math.min(least, Math.abs(process.memoryUsage().heapUsed - before) / 400);
  }
  environment.dispose();
  // The smallest object has 28 bytes: one per arena and physics step would be 28 * 16 * 6 = 2688. A boxed number has 16, and
  // what the engine does not optimise may make one: 1536.
  expect(least).toBeLessThan(2000);
});
