import { expect, it } from "vitest";
import { diagnose } from "../../../plugin/learn/doctor/diagnose.ts";
import type { Diagnosis } from "../../../plugin/learn/doctor/diagnosis.ts";
import type { Evidence } from "../../../plugin/learn/doctor/evidence.ts";
import { healthyEvidence } from "./healthy-evidence.ts";

const HEALTHY = healthyEvidence();
const [SENSOR, OTHER] = HEALTHY.sensors;
const UPDATES = HEALTHY.updates!;

/** Whole diagnoses, and the nearest evidence of the same kind that must raise no alarm. */
interface RuleCase {
  readonly sick: Partial<Evidence>;
  readonly said: Diagnosis;
  readonly stillHealthy: Partial<Evidence>;
}

function sensors(changes: Partial<Evidence["sensors"][number]>): Evidence["sensors"] {
  return [SENSOR, { ...OTHER, ...changes }];
}

function episodes(changes: Partial<Evidence["episodes"]>): Partial<Evidence> {
  return { episodes: { ...HEALTHY.episodes, ...changes } };
}

function updates(changes: Partial<NonNullable<Evidence["updates"]>>): Partial<Evidence> {
  return { updates: { ...UPDATES, ...changes } };
}

const COSTS = { ...HEALTHY.rewards, lowest: -1, highest: 0, meanSize: 1, meanOnTheWay: -1, meanAtFailure: -1 };
const GAINS = { ...HEALTHY.rewards, lowest: 0, meanOnTheWay: 0.5, meanAtGoal: 1 };
const CHOOSING = { continuous: 0, branches: 1, entropyOfDice: Math.log(4), actions: [] };

const CASES: Readonly<Record<string, RuleCase>> = {
  "a sensor that was always 0": {
    sick: { sensors: sensors({ lowest: 0, highest: 0 }) },
    stillHealthy: { sensors: sensors({ lowest: 0, highest: 0 }), looks: 8_191 },
    said: {
      rule: "dead-sensor",
      about: "goal ahead",
      severity: "doubt",
      words: 'The sensor "goal ahead" has never shown anything.',
      evidence: "0 in all of 20,000 decisions that were looked at.",
      suggestion: "Check what it looks for and how far it reaches, or take it away.",
      change: { setting: "goal ahead", value: null, where: "controller" },
    },
  },
  "a sensor that always gave the same number": {
    sick: { sensors: sensors({ lowest: 0.25, highest: 0.25 }) },
    stillHealthy: { sensors: sensors({ lowest: 0.25, highest: 0.26 }) },
    said: {
      rule: "constant-sensor",
      about: "goal ahead",
      severity: "doubt",
      words: 'The sensor "goal ahead" always shows the same number.',
      evidence: "0.25 in all of 20,000 decisions that were looked at.",
      suggestion: "Check that it is connected to what moves, or take it away: what never changes says nothing.",
      change: { setting: "goal ahead", value: null, where: "controller" },
    },
  },
  "a picture that was always the same": {
    sick: { pictures: [{ label: "eye", looks: 40, varied: false, blank: false }] },
    stillHealthy: { pictures: [{ label: "eye", looks: 31, varied: false, blank: false }] },
    said: {
      rule: "constant-sensor",
      about: "eye",
      severity: "doubt",
      words: 'The picture "eye" is always the same.',
      evidence: "All of 40 pictures that were looked at were alike.",
      suggestion: "Check that it is connected to what moves, or take it away: what never changes says nothing.",
      change: { setting: "eye", value: null, where: "controller" },
    },
  },
  "a camera that shows one colour": {
    sick: { pictures: [{ label: "eye", looks: 40, varied: false, blank: true }] },
    stillHealthy: { pictures: [{ label: "eye", looks: 40, varied: true, blank: false }] },
    said: {
      rule: "camera-without-renderer",
      about: "eye",
      severity: "fault",
      words: 'The picture "eye" shows nothing: it has one colour all over.',
      evidence: "So were all of 40 pictures that were looked at.",
      suggestion:
        "Teach where the world is drawn: give serveLesson a renderer, such as offscreenRenderer(). Or use rays or a grid sensor, which need none.",
    },
  },
  "a sensor far beyond its range": {
    sick: { sensors: sensors({ lowest: -42, highest: 873 }) },
    stillHealthy: { sensors: sensors({ lowest: -10, highest: 10 }) },
    said: {
      rule: "sensor-out-of-range",
      about: "goal ahead",
      severity: "fault",
      words: 'The sensor "goal ahead" goes far beyond its range.',
      evidence: "From -42 to 873, where about -1 to 1 is expected.",
      suggestion:
        "Divide it by the largest value that it can have, about 900. If nobody knows that, list it as unbounded.",
      change: { setting: "goal ahead", value: 900, where: "controller" },
    },
  },
  "two sensors that are one": {
    sick: { sensors: sensors({ sameAs: "goal right" }) },
    stillHealthy: { sensors: sensors({ sameAs: "goal right" }), looks: 4_095 },
    said: {
      rule: "identical-sensors",
      about: "goal ahead",
      severity: "doubt",
      words: 'The sensors "goal right" and "goal ahead" always show the same number.',
      evidence: "Equal in all of 20,000 decisions that were looked at.",
      suggestion: "Point one of them at something else, or take it away.",
      change: { setting: "goal ahead", value: null, where: "controller" },
    },
  },
  "no reward": {
    sick: { rewards: { ...HEALTHY.rewards, lowest: 0, highest: 0, meanSize: 0, meanOnTheWay: 0 } },
    stillHealthy: {
      rewards: { ...HEALTHY.rewards, lowest: 0, highest: 0, meanSize: 0, meanOnTheWay: 0 },
      decisions: 4_999,
    },
    said: {
      rule: "no-reward",
      severity: "fault",
      words: "The agent has never been rewarded.",
      evidence: "Every reward was 0, in 50,000 decisions and 500 ended episodes.",
      suggestion:
        "Reward the way to the goal as well, for instance each metre that the agent comes nearer: it does not find the goal by chance alone.",
    },
  },
  "costs that failing ends": {
    sick: { rewards: COSTS },
    stillHealthy: { rewards: { ...COSTS, meanAtFailure: -100 } },
    said: {
      rule: "one-sided-reward",
      severity: "doubt",
      words: "There are only costs, and failing ends them: the agent learns to fail as early as it can.",
      // Discount 0.99 reaches 100 decisions ahead: 100 × -1.
      evidence:
        "Going on brings -1 a decision, -100 over the 100 decisions that the agent looks ahead; failing brings -1.",
      suggestion: "Pay for what the agent is to do, or charge more for failing than for going on.",
    },
  },
  "gains that the goal ends": {
    sick: { rewards: GAINS },
    stillHealthy: { rewards: { ...GAINS, goals: 39 } },
    said: {
      rule: "one-sided-reward",
      severity: "doubt",
      words: "There are only gains, and reaching the goal ends them: the agent learns to stay away from it.",
      evidence:
        "Going on brings 0.5 a decision, 50 over the 100 decisions that the agent looks ahead; reaching the goal brings 1.",
      suggestion: "Pay for progress towards the goal, not for being near it, or pay more for reaching it.",
    },
  },
  "rewards that are far too large": {
    sick: { rewards: { ...HEALTHY.rewards, meanSize: 50 } },
    stillHealthy: { rewards: { ...HEALTHY.rewards, meanSize: 9.9 } },
    said: {
      rule: "reward-scale",
      severity: "doubt",
      words: "Rewards are far too large for the agent to learn what to expect.",
      // 50 × 100 decisions = 5,000; 10 / 5,000 = 0.002, to the nearest power of ten.
      evidence:
        "They add up to about 5,000 as far as the agent looks ahead, from -0.05 to 1 a decision; between 0.1 and 100 suits it.",
      suggestion: 'Multiply all rewards by 0.001: set "rewardScale", which leaves the reported returns as they are.',
      change: { setting: "rewardScale", value: 0.001, where: "run" },
    },
  },
  "episodes that end at once": {
    sick: episodes({ atOnce: 490 }),
    stillHealthy: episodes({ atOnce: 240 }),
    said: {
      rule: "instant-episodes",
      severity: "fault",
      words: "Episodes end as soon as they begin.",
      evidence: "98% of 500 episodes ended with their first decision.",
      suggestion: "Check where the agent is put at the start: the condition that ends the episode holds there already.",
    },
  },
  "episodes that do not end": {
    sick: episodes({ longestGoingOn: 2_400, ended: 0 }),
    stillHealthy: episodes({ longestGoingOn: 1_999, ended: 0 }),
    said: {
      rule: "endless-episodes",
      severity: "doubt",
      words: "Episodes do not end.",
      evidence: "One has lasted for 2,400 decisions (240 s); none has ended.",
      suggestion: "Set a time limit, so that the agent meets many beginnings.",
      change: { setting: "timeLimitSeconds", value: 20, where: "lesson" },
    },
  },
  "a time limit that counts as death": {
    sick: episodes({ terminatedAtLongest: 60, truncatedAtLongest: 0 }),
    stillHealthy: episodes({ terminatedAtLongest: 19, truncatedAtLongest: 0 }),
    said: {
      rule: "limit-as-failure",
      severity: "doubt",
      words: "Running out of time ends an episode for good, as if the agent had died.",
      evidence: "60 of 500 episodes were terminated after exactly 100 decisions (10 s), and none lasted longer.",
      suggestion:
        "Cut episodes off there instead: use the lesson's time limit or truncate, so that the agent knows that time would have gone on.",
      change: { setting: "timeLimitSeconds", value: 10, where: "lesson" },
    },
  },
  "starts that are all alike": {
    sick: { starts: { compared: 20, varied: false } },
    stillHealthy: { starts: { compared: 19, varied: false } },
    said: {
      rule: "fixed-reset",
      severity: "doubt",
      words: "Every episode begins in the same way.",
      evidence: "20 starts looked exactly like an earlier one of the same agent.",
      suggestion:
        "Put the agent and its goal somewhere else at each start: otherwise one start is learned by heart. Code draws places from the random numbers that its reset is given.",
    },
  },
  "a world that moves at every fifth decision": {
    sick: { sights: { compared: 1_000, same: 800 } },
    stillHealthy: { sights: { compared: 1_000, same: 590 } },
    said: {
      rule: "decision-rate",
      severity: "doubt",
      words: "The agent decides more often than its world changes.",
      evidence: "At 80% of its decisions it saw exactly what it had seen at the one before.",
      suggestion: "Let it decide less often, or let the world move on with every step.",
      // 10 a second × 20% = 2 a second, which divides 60 steps.
      change: { setting: "decisionsPerSecond", value: 2, where: "lesson" },
    },
  },
  "decisions that come too fast": {
    sick: { timing: { stepsPerSecond: 60, decisionsPerSecond: 60, timeLimitSeconds: 10 } },
    stillHealthy: { timing: { stepsPerSecond: 60, decisionsPerSecond: 30, timeLimitSeconds: 10 } },
    said: {
      rule: "decision-rate",
      severity: "doubt",
      words: "The agent decides so often that single decisions hardly matter.",
      evidence: "60 decisions a second, at 60 steps of the world a second.",
      suggestion: "Let it decide about 10 times a second, and hold each decision for several steps of the world.",
      change: { setting: "decisionsPerSecond", value: 10, where: "lesson" },
    },
  },
  "an action that is always at its limit": {
    sick: { actions: [{ label: "drive", meanSize: 7, beyond: 0.9 }] },
    stillHealthy: { actions: [{ label: "drive", meanSize: 4.9, beyond: 0.99 }] },
    said: {
      rule: "saturated-actions",
      about: "drive",
      severity: "doubt",
      words: 'The action "drive" is always pushed to its limit.',
      evidence: "7 on average, where 1 is full power; 90% of the decisions went beyond it.",
      suggestion: "Reward indecision less, with a lower entropy coefficient, or learn more slowly.",
      change: { setting: "entropyCoefficient", value: 0.001, where: "run" },
    },
  },
  "choices that are made before anything is learned": {
    sick: { ...CHOOSING, ...updates({ entropy: 0.0139 }) },
    stillHealthy: { ...CHOOSING, ...updates({ entropy: 0.0139 }), ...episodes({ newestReturn: 1.1 }) },
    said: {
      rule: "entropy-collapse",
      severity: "fault",
      words: "The agent has stopped trying things out, without having got any better.",
      // 0.0139 / ln 4
      evidence: "It chooses with 1% of the indecision of dice; its return went from 0 to 0.5.",
      suggestion:
        "Reward indecision more: set the entropy coefficient to 0.01, and start anew. If it happens again, lower the learning rate.",
      change: { setting: "entropyCoefficient", value: 0.01, where: "run" },
    },
  },
  "a critic that is further and further off": {
    sick: updates({ criticError: 8 }),
    stillHealthy: updates({ criticError: 3.9 }),
    said: {
      rule: "exploding-value-loss",
      severity: "fault",
      words: "The agent's estimate of what is to come gets worse and worse.",
      evidence: "It was off by 0.4 at first and is off by 8 now, in units of reward; the return went from 0 to 0.5.",
      suggestion:
        "Look for rewards that grow as the run goes on, such as a score that is never set back. If there are none, lower the learning rate to 0.0003.",
      change: { setting: "learningRate", value: 0.0003, where: "run" },
    },
  },
  "updates that go too far": {
    sick: updates({ approximateKl: 0.4, clipFraction: 0.55 }),
    stillHealthy: updates({ approximateKl: 0.09, clipFraction: 0.55 }),
    said: {
      rule: "learning-rate-too-high",
      severity: "doubt",
      words: "The agent changes its mind too much at once, and forgets what it knew.",
      evidence:
        "Each update moves its policy by 0.4 (KL divergence; 0.01 is usual, above 0.1 is too much), and 55% of its decisions by more than allowed.",
      suggestion: "Lower the learning rate to 0.0003.",
      change: { setting: "learningRate", value: 0.0003, where: "run" },
    },
  },
};

it("a healthy run raises no alarm", () => {
  expect(diagnose(HEALTHY)).toEqual([]);
});

it.each(Object.entries(CASES))("%s is named, with figures and advice", (_, { sick, said }) => {
  expect(diagnose(healthyEvidence(sick))).toEqual([said]);
});

it.each(Object.entries(CASES))("%s raises no alarm below its threshold", (_, { stillHealthy }) => {
  expect(diagnose(healthyEvidence(stillHealthy))).toEqual([]);
});

it("a ray that never saw what its neighbours saw is given more time than a sensor of its own", () => {
  const rays = [
    { ...SENSOR, label: "ray -20° thief" },
    { ...SENSOR, label: "ray 20° thief", lowest: 0, highest: 0 },
  ];
  expect(diagnose(healthyEvidence({ sensors: rays, looks: 131_071 }))).toEqual([]);
  expect(diagnose(healthyEvidence({ sensors: rays, looks: 131_072 }))[0].about).toBe("ray 20° thief");
});

it("a flag that was always true is given more time", () => {
  const flag = sensors({ lowest: 1, highest: 1 });
  expect(diagnose(healthyEvidence({ sensors: flag, looks: 131_071 }))).toEqual([]);
  expect(diagnose(healthyEvidence({ sensors: flag, looks: 131_072 }))[0].rule).toBe("constant-sensor");
});

it("many dead sensors are told of at once", () => {
  const dead = ["wet", "cold", "dark", "loud"].map((label) => ({ ...SENSOR, label, lowest: 0, highest: 0 }));
  const said = diagnose(healthyEvidence({ sensors: [SENSOR, ...dead] }));
  expect(said.map(({ words, about, change }) => ({ words, about, change }))).toEqual([
    {
      words: '4 sensors have never shown anything: "wet", "cold", "dark", "loud".',
      about: "wet, cold, dark, loud",
      change: undefined,
    },
  ]);
});

it("it is a fault when nothing at all is sensed", () => {
  const blind = HEALTHY.sensors.map((sensor) => ({ ...sensor, lowest: 0, highest: 0 }));
  const said = diagnose(healthyEvidence({ sensors: blind }));
  expect(said.map(({ rule, severity }) => [rule, severity])).toEqual([
    ["dead-sensor", "fault"],
    ["dead-sensor", "fault"],
  ]);
});

it("an unbounded sensor may go as far as it likes", () => {
  expect(diagnose(healthyEvidence({ sensors: sensors({ unbounded: true, highest: 1e6 }) }))).toEqual([]);
});

it("rewards that are scaled down are judged as the learner sees them", () => {
  const rewards = { ...HEALTHY.rewards, meanSize: 50 };
  const settings = { ...HEALTHY.settings!, rewardScale: 0.001 };
  expect(diagnose(healthyEvidence({ rewards, settings }))).toEqual([]);
});

it("a policy whose numbers hardly vary has collapsed as well", () => {
  // Entropy of a normal distribution with a spread of 0.01: 1.4189 + ln 0.01 = -3.186.
  const [said] = diagnose(healthyEvidence(updates({ entropy: -3.1862 })));
  expect([said.rule, said.evidence]).toEqual([
    "entropy-collapse",
    "Its actions vary by 0.01, where it began with 1; its return went from 0 to 0.5.",
  ]);
});

it("faults come before doubts", () => {
  const said = diagnose(
    healthyEvidence({
      ...updates({ approximateKl: 0.4 }),
      ...episodes({ atOnce: 490 }),
      starts: { compared: 20, varied: false },
    }),
  );
  expect(said.map(({ rule }) => rule)).toEqual(["instant-episodes", "fixed-reset", "learning-rate-too-high"]);
});
