import type { FormField } from "../../index.ts";

/** Seconds after which an episode is cut off. */
export const TIME_LIMIT = {
  type: "number",
  name: "timeLimitSeconds",
  title: "Time limit",
  hint: "Longer episodes are cut off. Long enough to do what is wanted, twice.",
  unit: "s",
  minimum: 2,
  maximum: 120,
  step: 1,
  initial: 20,
} as const satisfies FormField;

/** How much a reward term counts. */
export const WEIGHT = {
  type: "number",
  name: "weight",
  title: "Weight",
  hint: "How much it counts; below 0 it is a cost.",
  unit: "",
  minimum: -2,
  maximum: 2,
  step: 0.01,
  initial: 1,
} as const satisfies FormField;

/** What an end gives. */
export const END_REWARD = {
  type: "number",
  name: "reward",
  title: "Reward",
  hint: "What the agent gets for this end, once; below 0 it is a cost.",
  unit: "once",
  minimum: -5,
  maximum: 5,
  step: 0.1,
  initial: 0,
} as const satisfies FormField;

/** What a reset moves. */
export const RESET_NODE = {
  type: "node",
  name: "node",
  title: "Who",
  hint: "What is placed when an episode begins.",
} as const satisfies FormField;
