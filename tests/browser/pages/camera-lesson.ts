import { ppo, teach } from "../../../plugin/index.ts";
import { offscreenRenderer, renderedLessonEnvironment } from "../../../plugin/vision.ts";
import { seekerLesson } from "../../../sample-game/seeker/lesson/seeker.lesson.ts";

/** What a test asks of this page. */
export interface CameraLessonPage {
  /** Teaches the seeker for a moment in a worker. @returns What the policy became, and what was learned on. */
  teach(seed: number): Promise<{ parameters: number[]; device: string | undefined; notices: string[] }>;
  /**
   * Turns all golems on the spot. @returns The pictures of the last decision and of the one before, [agents × pixels × 3].
   */
  look(seed: number, decisions: number): Promise<{ now: number[]; before: number[] }>;
}

declare global {
  var cameraLessonPage: CameraLessonPage;
}

globalThis.cameraLessonPage = {
  async teach(seed) {
    const make = (): Worker => new Worker(new URL("./camera-lesson.worker.ts", import.meta.url), { type: "module" });
    const settings = ppo({
      seed,
      decisions: 128,
      stepsPerRollout: 16,
      minibatchSize: 32,
      epochs: 2,
      network: { hidden: [16], activation: "tanh", sharedTrunk: false },
    });
    const run = teach(make, settings, { arenas: 4 });
    const notices: string[] = [];
    run.onNoticeObservable.add((notice) => notices.push(notice));
    const { policies } = await run.finished;
    const [policy] = Object.values(policies);
    return { parameters: [...policy.parameters], device: policy.birth.device, notices };
  },
  async look(seed, decisions) {
    const environment = await renderedLessonEnvironment(seekerLesson, offscreenRenderer, { arenas: 4 });
    const { images, actions } = environment.groups["golem"];
    environment.reset(seed);
    let before: number[] = [];
    for (let i = 0; i < decisions; i++) {
      before = [...images];
      actions.continuous.forEach((_, index, all) => (all[index] = index % 2 === 1 ? 0.5 : 0));
      environment.step();
    }
    const now = [...images];
    environment.dispose();
    return { now, before };
  },
};
