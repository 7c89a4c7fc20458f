import { untaughtPolicy } from "../../../compute/untaught-policy.ts";
import { createPolicy } from "../../../compute/wasm-policy.ts";
import { EnvironmentError } from "../../../core/errors.ts";
import { toFailure } from "../../../core/failure.ts";
import type { Policy } from "../../../core/policy.ts";
import { Random } from "../../../core/random.ts";
import { assertSameRole } from "../../../core/same-role.ts";
import type { WorkerLike } from "../../../core/worker-port.ts";
import type { BeginMessage, CollectedMessage, CollectMessage, RunMessage } from "../../../learn/messages.ts";
import { createRollout, rolloutBuffers, type Rollout } from "../../../learn/rollout.ts";
import type { NeuralController } from "../../neural-controller.ts";
import type { LessonPlan } from "../plan.ts";
import { HereCollector } from "./here-collector.ts";

/** A worker that is the page. */
export interface HereWorker extends WorkerLike {
  /** Hands over what it has at the next decision, instead of filling the rollout. */
  hurry(): void;
}

/**
 * Stands in for a collecting worker of a run, on the page itself: the run asks it for rollouts as it would ask a thread, and it fills
 * them through the live agent, frame by frame. What goes wrong goes to the learning worker, which still has the newest policy.
 *
 * @throws Nothing: a run hears of failures by its own protocol.
 */
export function hereWorker(plan: LessonPlan, controller: NeuralController): HereWorker {
  let collector: HereCollector | null = null;
  let policy: Policy | null = null;
  let unsubscribe = (): void => {};
  let isTerminated = false;

  async function begin(message: BeginMessage): Promise<void> {
    const { settings, state, startFrom } = message;
    const [port] = message.ports;
    const waiting: CollectMessage[] = [];
    port.onmessage = ({ data }: MessageEvent<CollectMessage>) => waiting.push(data);
    const fail = (error: unknown): void => port.postMessage(toFailure(error));
    try {
      const taught = state?.policy ?? startFrom;
      if (taught) assertSameRole(taught.role, controller.role, `teachHere, controller "${controller.name}"`);
      const data = taught ?? untaughtPolicy(controller.role, settings.network, settings.seed);
      const made = await createPolicy(data, settings);
      if (isTerminated) {
        made.dispose();
        return;
      }
      policy = made;
      const random = new Random(settings.seed, 1);
      const onFull = (rollout: Rollout): void => {
        const answer: CollectedMessage = { rollout, snapshot: null };
        port.postMessage(answer, rolloutBuffers(rollout));
      };
      const live = new HereCollector({ plan, controller, policy: made, random, onFull });
      collector = live;
      const termNames = live.rules.scores.map(({ name }) => name);
      const own = createRollout(controller.role, settings.stepsPerRollout, 1, { termNames });
      unsubscribe = watch(controller, fail);
      const collect = ({ parameters, normaliser, rollout, number }: CollectMessage): void => {
        made.assign({ ...made.toData(), parameters, normaliser });
        made.seed(new Random(settings.seed, number + 2).uint32());
        live.order(rollout ?? own);
      };
      port.onmessage = ({ data: order }: MessageEvent<CollectMessage>) => collect(order);
      for (const order of waiting) collect(order);
    } catch (error) {
      fail(error);
    }
  }

  return {
    onmessage: null,
    onerror: null,
    hurry: () => collector?.hurry(),
    postMessage(message: unknown): void {
      const { type } = message as RunMessage;
      if (type === "begin") void begin(message as BeginMessage);
    },
    terminate(): void {
      if (isTerminated) return;
      isTerminated = true;
      unsubscribe();
      collector?.dispose();
      policy?.dispose();
    },
  };
}

/** Tells of an agent that broke or went away. */
function watch(controller: NeuralController, fail: (error: unknown) => void): () => void {
  const node = controller.attachedNode!;
  const broken = controller.onErrorObservable.add(fail);
  const gone = node.onDisposeObservable.add(() => {
    const message = `teachHere: needed the node "${node.name}" for as long as it is taught, came its end. Stop the run before you dispose of it.`;
    fail(new EnvironmentError(message));
  });
  return () => {
    broken.remove();
    gone.remove();
  };
}
