import { expect, it } from "vitest";
import { ConfigurationError, TrainingError } from "../../plugin/core/errors.ts";
import { cloneBehaviour, type CloningProgress } from "../../plugin/learn/behaviour-cloning.ts";
import { cloneInWorker } from "../../plugin/learn/clone-in-worker.ts";
import { startWorker } from "../../scripts/start-worker.ts";
import { localWorker, silentWorker, type LocalWorker } from "./local-worker.ts";
import { NETWORK, show } from "./shown-episodes.ts";

/** A worker on this thread whose lesson must not be built: cloning needs none. */
const makeLocal = (): LocalWorker => localWorker(() => expect.unreachable("an environment was built"));

it("a policy that was cloned in a thread is the one that is cloned here, bit for bit", async () => {
  const options = { network: NETWORK, seed: 5, epochs: 12 };
  const thread = new URL("../fixtures/workers/task.worker.ts", import.meta.url);
  const there = await cloneInWorker(() => startWorker(thread), show(6, 80), options);
  expect(there.toData()).toEqual((await cloneBehaviour(show(6, 80), options)).toData());
});

it("the worker tells how it goes, rarely, and is terminated when it is done", async () => {
  const worker = makeLocal();
  const told: CloningProgress[] = [];
  const began = performance.now();
  await cloneInWorker(() => worker, show(8, 200), {
    network: { ...NETWORK, hidden: [64, 64] },
    epochs: 60,
    patience: 60,
    onProgress: (progress) => told.push(progress),
  });
  expect(told[0].epoch).toBe(1);
  expect(told[told.length - 1]).toMatchObject({ epoch: 60, epochs: 60 });
  // One every 50 ms, the first one and the last one.
  expect(told.length).toBeLessThanOrEqual((performance.now() - began) / 50 + 2);
  expect(worker.isTerminated).toBe(true);
});

it("giving it up terminates the worker", async () => {
  const worker = silentWorker();
  const stopper = new AbortController();
  const cloning = cloneInWorker(() => worker, show(3, 20), { signal: stopper.signal });
  stopper.abort(new Error("enough"));
  await expect(cloning).rejects.toThrow("enough");
  expect(worker.isTerminated).toBe(true);
});

it("a worker that dies is told", async () => {
  const worker = silentWorker();
  const cloning = cloneInWorker(() => worker, show(3, 20));
  worker.die("out of memory");
  await expect(cloning).rejects.toThrow(
    new TrainingError(
      "cloneInWorker: needed a worker that stays alive, came one that died: out of memory. Look at its module.",
    ),
  );
});

it("what goes wrong in the worker is thrown here, as what it was", async () => {
  const shown = show(3, 20);
  shown.episodes[1].observations.fill(Number.NaN);
  const error = await cloneInWorker(makeLocal, shown, { network: NETWORK }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(TrainingError);
  expect((error as Error).message).toBe(
    "cloneBehaviour: needed a finite loss, came NaN in epoch 1. Lower the learning rate, or look for wild observations.",
  );
});

it("what cannot be learned is refused before any worker is made", async () => {
  const never = (): LocalWorker => expect.unreachable("a worker was made");
  await expect(cloneInWorker(never, show(2, 9))).rejects.toThrow(
    new ConfigurationError("cloneBehaviour: needed at least 20 decisions, came 18 in 2 episodes. Show it more."),
  );
  await expect(cloneInWorker(never, show(2, 20), { epochs: 0 })).rejects.toThrow(
    new ConfigurationError(
      "cloneBehaviour: epochs needs a whole number from 1 to 100000, came 0. Change it or leave it out.",
    ),
  );
});
