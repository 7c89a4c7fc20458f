import { expect, it } from "vitest";
import { createPolicy } from "../../../plugin/compute/wasm-policy.ts";
import { ppo } from "../../../plugin/learn/ppo.ts";
import { resumeTeaching, teach, type TeachOptions } from "../../../plugin/learn/teach.ts";
import { startWorker } from "../../../scripts/start-worker.ts";

const MODULE = new URL("../../fixtures/workers/task.worker.ts", import.meta.url);
const SETTINGS = ppo({
  decisions: 1024,
  stepsPerRollout: 16,
  minibatchSize: 32,
  epochs: 2,
  network: { hidden: [8], activation: "tanh", sharedTrunk: true },
});

it(
  "a worker thread teaches agents that see on TensorFlow.js, twice alike, and goes on from a checkpoint",
  { timeout: 120_000 },
  async () => {
    const options: TeachOptions = { workers: 2, arenas: 4, settings: { task: "cameraWalk" }, checkpointSeconds: 0 };
    const whole = teach(() => startWorker(MODULE), SETTINGS, options);
    const half = teach(() => startWorker(MODULE), SETTINGS, options);
    let checkpoints = 0;
    half.onCheckpointObservable.add(() => {
      if (++checkpoints === 3) void half.stop();
    });
    const { policies } = await whole.finished;
    expect((await half.finished).decisions).toBeLessThan(1024);
    const resumed = await resumeTeaching(() => startWorker(MODULE), half.checkpoint!);
    const { agent } = (await resumed.finished).policies;
    expect(agent.parameters).toEqual(policies["agent"].parameters);
    expect(agent.birth.device).toBe("tfjs");

    // And what was taught plays without TensorFlow.js.
    const policy = await createPolicy(agent);
    const actions = { continuous: new Float32Array(0), discrete: Int32Array.of(-1) };
    const masks = Uint8Array.of(1, 1);
    policy.decide({
      agents: 1,
      observations: new Float32Array(0),
      images: new Uint8Array(1200).fill(255),
      masks,
      actions,
    });
    expect([0, 1]).toContain(actions.discrete[0]);
  },
);
