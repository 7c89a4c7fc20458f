import { expect, it } from "vitest";
import { EnvironmentError, TrainingError } from "../../plugin/core/errors.ts";
import type { WorkerLike } from "../../plugin/core/worker-port.ts";
import { ppo, type PpoOptions } from "../../plugin/learn/ppo.ts";
import { resumeTeaching, teach, type TeachOptions } from "../../plugin/learn/teach.ts";
import type { TrainingRun } from "../../plugin/learn/training-run.ts";
import { startWorker } from "../../scripts/start-worker.ts";

const MODULE = new URL("../fixtures/workers/task.worker.ts", import.meta.url);
const makeWorker = (): WorkerLike => startWorker(MODULE);

function begin(settings: PpoOptions, options: TeachOptions): TrainingRun {
  const small = { stepsPerRollout: 32, network: { hidden: [16], activation: "tanh", sharedTrunk: false } } as const;
  return teach(makeWorker, ppo({ ...small, ...settings }), options);
}

async function weights(run: TrainingRun): Promise<Float32Array> {
  return (await run.finished).policies["agent"].parameters;
}

function notices(run: TrainingRun): string[] {
  const heard: string[] = [];
  run.onNoticeObservable.add((text) => heard.push(text));
  return heard;
}

it("two runs of 50,000 decisions in one thread each give the same weights, bit for bit", async () => {
  const [first, second] = await Promise.all(
    [1, 2].map(() => weights(begin({ decisions: 50_000 }, { settings: { task: "walk" } }))),
  );
  expect(second).toEqual(first);
});

it("two threads that share their work give the same weights twice, and after a checkpoint at half", async () => {
  const options = { workers: 2, settings: { task: "cartpole" } };
  const whole = await weights(begin({ decisions: 8000 }, options));
  const half = begin({ decisions: 8000 }, { ...options, checkpointSeconds: 0 });
  let checkpoints = 0;
  half.onCheckpointObservable.add(() => {
    if (++checkpoints === 8) void half.stop();
  });
  const { decisions, stopped } = await half.finished;
  expect([stopped, decisions >= 4096, decisions < 8000]).toEqual([true, true, true]);
  expect(await weights(await resumeTeaching(makeWorker, half.checkpoint!))).toEqual(whole);
});

it("a thread that dies is replaced as often as it gets further", async () => {
  // Each thread lives for 100 steps: 3 rollouts of 256 decisions.
  const run = begin(
    { decisions: 1500 },
    { checkpointSeconds: 0, policySeconds: 0, settings: { task: "walk", dieAfter: 100 } },
  );
  const said = notices(run);
  expect((await run.finished).decisions).toBe(1536);
  expect(said.length).toBeGreaterThan(0);
  expect(said[0]).toMatch(/^teach: worker 0 died: out of memory\. New workers go on from decision [1-9]\d*\.$/);
});

it("a lesson that throws in the second thread ends the run, which keeps its newest policy", async () => {
  const run = begin({ decisions: 1e6 }, { workers: 2, settings: { task: "walk", failAfter: 40 } });
  await expect(run.finished).rejects.toThrow(
    new EnvironmentError(
      'Environment "walk": needed a step, came the error "the lesson tripped over". Mend the environment.',
    ),
  );
  expect(run.policies["agent"].birth.decisions).toBe(512); // one rollout of 32 steps of 8 agents in each thread
});

it("a module that cannot be loaded ends the run after a few tries", async () => {
  const run = teach(() => startWorker(new URL("./no-such.worker.ts", import.meta.url)), ppo());
  const said = notices(run);
  const error = await run.finished.then(
    () => expect.unreachable("it finished"),
    (thrown: unknown) => thrown as Error,
  );
  expect(error).toBeInstanceOf(TrainingError);
  expect(error.message).toMatch(
    /^teach: needed workers that stay alive, came 4 crews that died in a row \(worker 0 died: .*no-such\.worker\.ts.*\)\. The last good policy is kept; look for endless loops and memory in the lesson\.$/,
  );
  expect(said).toHaveLength(4);
});
