import { afterEach, expect, test } from "vitest";
import { createPolicy, lessonEnvironment, untaughtPolicy, type Environment } from "../../../../plugin/index.ts";
import { mazeLesson } from "../../../../sample-game/maze/lesson/maze.lesson.ts";
import { mazePpo } from "../../../../sample-game/maze/lesson/maze-ppo.ts";
import { WayOdds } from "../../../../sample-game/maze/view/way-odds.ts";

let environment: Environment | null = null;
afterEach(() => environment?.dispose());

test("the odds are those by which the policy decides, at many crossings", async () => {
  environment = lessonEnvironment(mazeLesson);
  environment.reset(3);
  const group = environment.groups["golem"];
  const data = untaughtPolicy(group.role, mazePpo.network, 5);
  // Louder than untaught networks are, so that the ways differ.
  const policy = await createPolicy({ ...data, parameters: data.parameters.map((weight) => 3 * weight) });
  const odds = new WayOdds();
  const [logProbabilities, values] = [new Float32Array(1), new Float32Array(1)];
  const likely: number[] = [];
  for (let move = 0; move < 40; move++) {
    odds.ask(policy, group);
    policy.decide(group, { logProbabilities, values });
    expect(odds.odds[group.actions.discrete[0]]).toBeCloseTo(Math.exp(logProbabilities[0]), 4);
    expect(odds.odds.reduce((sum, share) => sum + share)).toBeCloseTo(1, 5);
    odds.odds.forEach((share, way) => expect(share > 0).toBe(group.masks[way] === 1));
    expect(odds.expected).toBeCloseTo(values[0], 5);
    likely.push(Math.max(...odds.odds));
    environment.step();
  }
  expect(new Set(likely.map((share) => share.toFixed(3))).size).toBeGreaterThan(5);
  policy.dispose();
});
