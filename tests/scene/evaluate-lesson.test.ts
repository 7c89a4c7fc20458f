import { describe, expect, it } from "vitest";
import { createPolicy } from "../../plugin/compute/wasm-policy.ts";
import { initialParameters } from "../../plugin/compute/initial-parameters.ts";
import { DEFAULT_NETWORK } from "../../plugin/core/network-spec.ts";
import { unboundedFlags } from "../../plugin/core/observation-spec.ts";
import { createNormaliser, type Policy } from "../../plugin/core/policy.ts";
import { loadHavok } from "../../plugin/havok-node.ts";
import { evaluateLesson } from "../../plugin/scene/evaluate-lesson.ts";
import { lessonEnvironment } from "../../plugin/scene/lesson-environment.ts";
import type { Lesson } from "../../plugin/scene/lesson.ts";
import pushLesson from "../fixtures/lessons/push.ts";
import reachLesson from "../fixtures/lessons/reach.ts";

async function untaughtPolicy(lesson: Lesson): Promise<Policy> {
  const environment = lessonEnvironment(lesson, { havok: await loadHavok() });
  const { role } = Object.values(environment.groups)[0];
  environment.dispose();
  const normaliser = createNormaliser(unboundedFlags(role.observation));
  const parameters = initialParameters(role, DEFAULT_NETWORK, 1);
  return createPolicy({ role, network: DEFAULT_NETWORK, normaliser, parameters, birth: {} });
}

describe("evaluateLesson", () => {
  const lesson: Lesson = pushLesson;

  it("gives the same score for the same seed although the lesson has physics", async () => {
    const policy = await untaughtPolicy(lesson);
    const options = { episodes: 4, seed: 5, havok: await loadHavok() };
    const first = await evaluateLesson(policy, lesson, options);
    const second = await evaluateLesson(policy, lesson, options);
    expect(first.returns).toHaveLength(4);
    expect(second.returns).toEqual(first.returns);
  });

  it("plays other episodes for another seed", async () => {
    let luck = 0;
    const lucky: typeof reachLesson = {
      ...reachLesson,
      reset: (_world, _arena, random) => {
        luck = random.uniform();
      },
      step: (_world, arena) => arena.reward("box", 0, luck),
    };
    const policy = await untaughtPolicy(lucky);
    const first = await evaluateLesson(policy, lucky, { episodes: 4, seed: 5 });
    const second = await evaluateLesson(policy, lucky, { episodes: 4, seed: 6 });
    expect(new Set([...first.returns, ...second.returns]).size).toBe(8);
  });
});
