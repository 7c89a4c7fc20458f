import { untaughtPolicy } from "../compute/untaught-policy.ts";
import { createPolicy } from "../compute/wasm-policy.ts";
import type { AgentGroup, Environment } from "../core/environment.ts";
import { toFailure } from "../core/failure.ts";
import type { Policy, PolicyData } from "../core/policy.ts";
import { assertSameRole } from "../core/same-role.ts";
import type { PortLike } from "../core/worker-port.ts";
import { cloneBehaviour } from "./behaviour-cloning.ts";
import { chooseLearner, type LearnerRequest } from "./choose-learner.ts";
import { Collector } from "./collector.ts";
import type { DeviceReport } from "./device-report.ts";
import type { Diagnosis } from "./doctor/diagnosis.ts";
import { examineEnvironment } from "./doctor/examine-environment.ts";
import { firstRole } from "./first-role.ts";
import { LastingLearner } from "./lasting-learner.ts";
import { factoryFor, type LearnerFactories } from "./learner-factories.ts";
import type {
  BeginMessage,
  CloneMessage,
  CollectedMessage,
  CollectMessage,
  EnvironmentRequest,
  ExamineMessage,
  RunMessage,
  WorkerMessage,
} from "./messages.ts";
import { Ppo } from "./ppo.ts";
import { createRollout, rolloutBuffers, type AllocateBytes, type Rollout } from "./rollout.ts";
import { TrainingLoop } from "./training-loop.ts";

/** Milliseconds between two reports of how cloning goes. */
const PROGRESS_PERIOD = 50;

/** Builds the world in which a worker's agents act. */
export type MakeEnvironment = (request: EnvironmentRequest) => Environment | Promise<Environment>;

/**
 * Answers a run from inside a worker: builds the environment, then collects, and learns if it is the first worker.
 *
 * @param scope - The worker's own port: `self` in a browser's module worker.
 * @param learners - Learners beside our own on WASM and WebGPU, e.g. the one on TensorFlow.js.
 */
export function serveTraining(
  makeEnvironment: MakeEnvironment,
  scope: PortLike,
  learners: LearnerFactories = {},
): void {
  const post = (message: WorkerMessage): void => scope.postMessage(message);
  let loop: TrainingLoop | null = null;
  const waiting: ("pause" | "resume" | "stop" | "checkpoint")[] = [];
  scope.onmessage = ({ data }: MessageEvent<RunMessage>) => {
    if (data.type === "begin") {
      begin(data, makeEnvironment, learners, post)
        .then((started) => {
          loop = started;
          if (loop) for (const command of waiting) loop.command(command);
          return loop?.run();
        })
        .catch((error: unknown) => post({ type: "failed", failure: toFailure(error) }));
    } else if (data.type === "examine") {
      examineHere(data, makeEnvironment)
        .then((diagnoses) => post({ type: "examined", diagnoses }))
        .catch((error: unknown) => post({ type: "failed", failure: toFailure(error) }));
    } else if (data.type === "clone") {
      cloneHere(data, post)
        .then((policy) => post({ type: "cloned", policy }))
        .catch((error: unknown) => post({ type: "failed", failure: toFailure(error) }));
    } else if (loop) loop.command(data.type);
    else waiting.push(data.type);
  };
}

async function begin(
  message: BeginMessage,
  makeEnvironment: MakeEnvironment,
  learners: LearnerFactories,
  post: (message: WorkerMessage) => void,
): Promise<TrainingLoop | null> {
  const { settings, index, state } = message;
  const environment = await makeEnvironment(message.environment);
  const role = firstRole(environment);
  const group = environment.groups[role];
  const taught = state?.policy ?? message.startFrom;
  if (taught) assertSameRole(taught.role, group.role, `Environment "${environment.name}"`);
  const ppo = index === 0 ? await makePpo(message, group, learners, post) : null;
  const data = ppo?.policyData() ?? taught ?? untaughtPolicy(group.role, settings.network, settings.seed);
  const policy = await createPolicy(data, settings);
  // Workers draw from streams of their own: 7919 is a prime, so that seeds of neighbouring runs do not meet.
  const collector = new Collector(environment, role, policy, settings.seed + index * 7919);
  if (state) collector.restore(state.collectors[index] ?? null);
  const { termNames } = group;
  const memory = { allocate: ppo ? undefined : allocateShared(), termNames };
  const rollout = createRollout(group.role, settings.stepsPerRollout, group.agents, memory);
  if (ppo) return new TrainingLoop({ message, role, ppo, policy, collector, rollout, post });
  serveCollecting(message.ports[0], policy, collector, rollout);
  return null;
}

/** Builds the environment for a look at it, before any run. */
async function examineHere(
  { environment: request, decisions, seed }: ExamineMessage,
  makeEnvironment: MakeEnvironment,
): Promise<Diagnosis[]> {
  const environment = await makeEnvironment(request);
  try {
    return examineEnvironment(environment, { decisions, seed });
  } finally {
    environment.dispose();
  }
}

/** Learns what was shown, and says how that goes, but not more often than anybody can read. */
async function cloneHere(
  { demonstrations, options }: CloneMessage,
  post: (message: WorkerMessage) => void,
): Promise<PolicyData> {
  let told = -Infinity;
  const policy = await cloneBehaviour(demonstrations, {
    ...options,
    onProgress(progress) {
      const now = performance.now();
      if (now - told < PROGRESS_PERIOD && progress.epoch < progress.epochs) return;
      told = now;
      post({ type: "cloning", progress });
    },
  });
  return policy.toData();
}

/** Chooses where to learn, says so, and gets ready; later moves to other devices are said, too. */
async function makePpo(
  { settings, workers, state, startFrom, longestSubmitMilliseconds }: BeginMessage,
  { role, agents }: AgentGroup,
  learners: LearnerFactories,
  post: (message: WorkerMessage) => void,
): Promise<Ppo> {
  const rows = workers * settings.stepsPerRollout * agents;
  const before = state?.device ?? null;
  const request: LearnerRequest = { role, settings, rows, before, longestSubmitMilliseconds };
  const chosen = await chooseLearner(request, learners);
  let report: DeviceReport = chosen.report;
  const say = (): void => post({ type: "device", report });
  say();
  if (report.candidates.length > 0) {
    post({ type: "notice", text: `teach: learns on "${report.device}": ${report.reason}.` });
  }
  const options = { seed: settings.seed, fastMath: settings.fastMath, longestSubmitMilliseconds };
  let isOffGpu = false;
  const learner = await LastingLearner.create(chosen.learner, {
    make(device, avoidsGpu) {
      isOffGpu = avoidsGpu;
      return factoryFor(device, learners)(role, settings.network, { ...options, avoidsGpu });
    },
    mayLeave: settings.device === "auto",
    onMove(to, from, cause) {
      const again = isOffGpu ? `"${to}" without the GPU` : `a new "${to}" device`;
      const where = to === from ? again : `"${to}"`;
      const text = `teach: the run goes on from its last parameters on ${where}, since "${from}" failed: ${cause.message}`;
      report = { ...report, device: to, reason: `"${from}" failed: ${cause.message}` };
      say();
      post({ type: "notice", text });
    },
  });
  const ppo = await Ppo.create(learner, settings);
  if (state) ppo.restore(state.ppo);
  else if (startFrom) ppo.startFrom(startFrom);
  return ppo;
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
