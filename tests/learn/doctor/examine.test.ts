import { expect, it } from "vitest";
import { continuousActions } from "../../../plugin/core/action-spec.ts";
import type { Environment } from "../../../plugin/core/environment.ts";
import { ConfigurationError, EnvironmentError } from "../../../plugin/core/errors.ts";
import { examine } from "../../../plugin/learn/doctor/examine.ts";
import { examineEnvironment } from "../../../plugin/learn/doctor/examine-environment.ts";
import { localWorker, silentWorker, type LocalWorker } from "../local-worker.ts";
import { altered, withSensor } from "./altered-environment.ts";
import { REACH, reachTask } from "./reach-task.ts";

/** Reach with one action more, which nothing reads. */
function reachWithHorn(): Environment {
  return reachTask(4, {
    role: { ...REACH.role, action: continuousActions("slide right", "slide ahead", "horn") },
    move: (state, at, { continuous, discrete }, row, outcome) => {
      REACH.move(state, at, { continuous: continuous.subarray(3 * row, 3 * row + 2), discrete }, 0, outcome);
    },
  });
}

it("nothing is found in a healthy environment", () => {
  expect(examineEnvironment(reachTask(4))).toEqual([]);
});

it("an action that does nothing is named", () => {
  expect(examineEnvironment(reachWithHorn())).toEqual([
    {
      rule: "idle-action",
      about: "horn",
      severity: "doubt",
      words: 'The action "horn" has no effect.',
      evidence: "Whatever was chosen, 200 steps in a row looked and paid the same.",
      suggestion: "Check that its actuator moves the agent. If it does, add a sensor that shows what it changes.",
    },
  ]);
});

it("in a world that trembles by itself an action needs more than that for an effect", () => {
  let tremble = 0;
  const trembling = (environment: Environment): Environment =>
    altered(environment, {
      step: ({ observations }) => observations.forEach((_, i) => (observations[i] += 1e-4 * Math.sin(++tremble))),
    });
  expect(examineEnvironment(trembling(reachTask(4)))).toEqual([]);
  expect(examineEnvironment(trembling(reachWithHorn())).map(({ about }) => about)).toEqual(["horn"]);
});

it("a seed that decides nothing is named, and one that changes nothing", () => {
  let started = 0;
  const unseeded = reachTask(4, { start: (state, at) => state.fill((++started % 7) - 3, at, at + 2) });
  const fixed = reachTask(4, { start: (state, at) => state.set([-3, -3, 2, 1], at) });
  expect(examineEnvironment(unseeded).map(({ rule }) => rule)).toEqual(["unseeded-reset"]);
  expect(examineEnvironment(fixed).map(({ rule }) => rule)).toEqual(["fixed-reset"]);
});

it("a broken contract is told before anything else is tried", () => {
  const both = altered(reachTask(4), { step: ({ terminated, truncated }) => terminated.set(truncated) });
  expect(examineEnvironment(both)).toEqual([
    {
      rule: "broken-environment",
      severity: "fault",
      words: "The environment does not do what environments must.",
      evidence:
        'Environment "reach", role "agent": an episode needs one kind of end, came terminated and truncated at once (agent 0).',
      suggestion: "The time limit is checked even when the episode has already ended; let terminated win.",
    },
  ]);
});

it("an environment that throws is a fault", () => {
  const throwing: Environment = {
    ...reachTask(4),
    step() {
      throw new Error("no ground");
    },
  };
  expect(examineEnvironment(throwing)).toEqual([
    {
      rule: "broken-environment",
      severity: "fault",
      words: "The environment stops with an error when it is played.",
      evidence: "no ground",
      suggestion: "Mend what the error names, and examine again.",
    },
  ]);
});

it("one in which nothing ends is played until that is certain", () => {
  const endless = altered(reachTask(16), {
    step: ({ terminated, truncated }) => [terminated, truncated].forEach((ends) => ends.fill(0)),
  });
  expect(examineEnvironment(endless).map(({ rule }) => rule)).toContain("endless-episodes");
});

it("a number of decisions that cannot be is refused", () => {
  expect(() => examineEnvironment(reachTask(1), { decisions: 0.5 })).toThrow(
    new ConfigurationError(
      "examineEnvironment: decisions needs a whole number above 0, came 0.5. Change it or leave it out.",
    ),
  );
});

it("a lesson is examined in a worker that then ends, with the arenas and settings of the request", async () => {
  const requests: unknown[] = [];
  let disposed = 0;
  const made: LocalWorker[] = [];
  const found = await examine(
    () => {
      made.push(
        localWorker((request) => {
          requests.push(request);
          return { ...withSensor(reachTask(4), "bumper", () => 0), dispose: () => void (disposed += 1) };
        }),
      );
      return made[0];
    },
    { arenas: 2, settings: { difficulty: 1 } },
  );
  expect(found.map(({ rule, about }) => [rule, about])).toEqual([["dead-sensor", "bumper"]]);
  expect(requests).toEqual([{ arenas: 2, settings: { difficulty: 1 } }]);
  expect([disposed, made[0].isTerminated]).toEqual([1, true]);
});

it("a lesson that cannot be built is a fault, and not an error", async () => {
  const found = await examine(() =>
    localWorker(() => {
      throw new ConfigurationError("Lesson: needed a ball, came none. Add one.");
    }),
  );
  expect(found).toEqual([
    {
      rule: "broken-environment",
      severity: "fault",
      words: "The lesson cannot be built.",
      evidence: "Lesson: needed a ball, came none. Add one.",
      suggestion: "Mend what the error names, and examine again.",
    },
  ]);
});

it("a worker that dies rejects, and an examination can be stopped", async () => {
  const dying = silentWorker();
  const examined = examine(() => dying);
  dying.die("out of memory");
  await expect(examined).rejects.toThrow(
    new EnvironmentError(
      "examine: needed a worker that stays alive, came one that died: out of memory. Look for endless loops and memory in the lesson.",
    ),
  );
  const stopping = new AbortController();
  const silent = silentWorker();
  const waiting = examine(() => silent, { signal: stopping.signal });
  stopping.abort(new Error("enough"));
  await expect(waiting).rejects.toThrow("enough");
  expect(silent.isTerminated).toBe(true);
});
