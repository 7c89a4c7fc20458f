import { createPolicy } from "../compute/wasm-policy.ts";
import { createWasmPpoLearner } from "../compute/wasm-ppo-learner.ts";
import type { Environment } from "../core/environment.ts";
import type { Policy } from "../core/policy.ts";
import { assertSameRole } from "../core/same-role.ts";
import { Collector } from "./collector.ts";
import { toFailure } from "./failure.ts";
import { firstRole } from "./first-role.ts";
import type {
  BeginMessage,
  CollectedMessage,
  CollectMessage,
  EnvironmentRequest,
  PortLike,
  RunMessage,
  WorkerMessage,
} from "./messages.ts";
import { Ppo } from "./ppo.ts";
import { createRollout, rolloutBuffers, type AllocateBytes, type Rollout } from "./rollout.ts";
import { TrainingLoop } from "./training-loop.ts";

/** Builds the world in which a worker's agents act. */
export type MakeEnvironment = (request: EnvironmentRequest) => Environment | Promise<Environment>;

/**
 * Answers a run from inside a worker: builds the environment, then collects, and learns if it is the first worker.
 *
 * @param scope - The worker's own port: `self` in a browser's module worker.
 */
export function serveTraining(makeEnvironment: MakeEnvironment, scope: PortLike): void {
  const post = (message: WorkerMessage): void => scope.postMessage(message);
  let loop: TrainingLoop | null = null;
  const waiting: ("pause" | "resume" | "stop" | "checkpoint")[] = [];
  scope.onmessage = ({ data }: MessageEvent<RunMessage>) => {
    if (data.type === "begin") {
      begin(data, makeEnvironment, post)
        .then((started) => {
          loop = started;
          if (loop) for (const command of waiting) loop.command(command);
          return loop?.run();
        })
        .catch((error: unknown) => post({ type: "failed", failure: toFailure(error) }));
    } else if (loop) loop.command(data.type);
    else waiting.push(data.type);
  };
}

async function begin(
  message: BeginMessage,
  makeEnvironment: MakeEnvironment,
  post: (message: WorkerMessage) => void,
): Promise<TrainingLoop | null> {
  const { settings, index, state } = message;
  const environment = await makeEnvironment(message.environment);
  const role = firstRole(environment);
  const group = environment.groups[role];
  const taught = state?.policy ?? message.startFrom;
  if (taught) assertSameRole(taught.role, group.role, `Environment "${environment.name}"`);
  const learner = await createWasmPpoLearner(group.role, settings.network, settings);
  const ppo = await Ppo.create(learner, settings);
  if (state) ppo.restore(state.ppo);
  else if (message.startFrom) ppo.startFrom(message.startFrom);
  const policy = await createPolicy(ppo.policyData(), settings);
  // Workers draw from streams of their own: 7919 is a prime, so that seeds of neighbouring runs do not meet.
  const collector = new Collector(environment, role, policy, settings.seed + index * 7919);
  if (state) collector.restore(state.collectors[index] ?? null);
  const rollout = createRollout(
    group.role,
    settings.stepsPerRollout,
    group.agents,
    index === 0 ? undefined : allocateShared(),
  );
  if (index === 0) return new TrainingLoop({ message, role, ppo, policy, collector, rollout, post });
  learner.dispose();
  serveCollecting(message.ports[0], policy, collector, rollout);
  return null;
}

/** Collects whenever worker 0 asks. What goes wrong goes to worker 0, which still has the newest policy to save. */
function serveCollecting(port: MessagePort, policy: Policy, collector: Collector, ownRollout: Rollout): void {
  port.onmessage = ({ data }: MessageEvent<CollectMessage>) => {
    try {
      const { parameters, normaliser } = data;
      policy.assign({ ...policy.toData(), parameters, normaliser });
      const rollout = data.rollout ?? ownRollout;
      collector.collect(rollout, data.number);
      const answer: CollectedMessage = { rollout, snapshot: collector.snapshot() };
      port.postMessage(answer, rolloutBuffers(rollout));
    } catch (error) {
      port.postMessage(toFailure(error));
    }
  };
}

/** Memory that both threads see where the page is cross-origin isolated; elsewhere memory that is handed to and fro. */
function allocateShared(): AllocateBytes | undefined {
  return typeof SharedArrayBuffer === "undefined" ? undefined : (bytes) => new SharedArrayBuffer(bytes);
}
