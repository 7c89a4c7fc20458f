import { expect, test } from "vitest";
import {
  actorOutputs,
  assertActionSpec,
  choiceCount,
  continuousActions,
  discreteAction,
  type ActionSpec,
} from "../../plugin/core/action-spec.ts";
import { createAgentGroup } from "../../plugin/core/environment.ts";
import { ConfigurationError } from "../../plugin/core/errors.ts";
import {
  assertObservationSpec,
  observationLabels,
  observationSize,
  unboundedFlags,
  vectorObservation,
  type ObservationPart,
} from "../../plugin/core/observation-spec.ts";

const WHO = 'Environment "yard"';

function observationComplaint(...parts: ObservationPart[]): () => void {
  return () => assertObservationSpec({ parts }, WHO);
}

test("labels give an observation its size and its flags", () => {
  const spec = vectorObservation(["a", "b", "c"], ["b"]);
  expect(observationLabels(spec)).toEqual(["a", "b", "c"]);
  expect(observationSize(spec)).toBe(3);
  expect(unboundedFlags(spec)).toEqual(Uint8Array.of(0, 1, 0));
});

test.each<ObservationPart>([
  { kind: "image", label: "eye", height: 2, width: 2, channels: 3 },
  { kind: "set", label: "foes", labels: ["x"], atMost: 3 },
  { kind: "goal", labels: ["x"] },
  { kind: "memory", size: 4 },
])("an observation without a learner yet is refused: $kind", (part) => {
  expect(observationComplaint(part)).toThrow(
    new ConfigurationError(
      `Environment "yard": needed observations of kind "vector", came "${part.kind}". No learner takes ${part.kind} observations yet; describe the state as numbers.`,
    ),
  );
});

test.each<[string, ObservationPart[], string]>([
  [
    "no parts",
    [],
    'Environment "yard": needed exactly 1 vector of observations, came 0. Put all labels into one part.',
  ],
  [
    "no labels",
    [{ kind: "vector", labels: [] }],
    'Environment "yard": needed at least 1 observation, came none. Give the agent a sensor.',
  ],
  [
    "an empty label",
    [{ kind: "vector", labels: ["a", " "] }],
    'Environment "yard": observation 1 has an empty label. Give it a name.',
  ],
  [
    "a repeated label",
    [{ kind: "vector", labels: ["a", "a"] }],
    'Environment "yard": observation 1 is called "a" like an earlier one. Give each its own name.',
  ],
  [
    "an unbounded label that is none",
    [{ kind: "vector", labels: ["a", "b"], unbounded: ["c"] }],
    'Environment "yard": the unbounded observation "c" is not among its labels. Use one of: "a", "b".',
  ],
])("an observation spec with %s is refused", (_, parts, message) => {
  expect(observationComplaint(...parts)).toThrow(new ConfigurationError(message));
});

test("an actor has one output per number and one per alternative", () => {
  const spec: ActionSpec = {
    continuous: ["drive", "turn"],
    discrete: [
      { label: "jump", choices: ["no", "yes"] },
      { label: "gear", choices: ["low", "middle", "high"] },
    ],
  };
  expect(choiceCount(spec)).toBe(5);
  expect(actorOutputs(spec)).toBe(7);
});

test.each<[string, ActionSpec, string]>([
  [
    "no actions",
    continuousActions(),
    'Environment "yard": needed at least 1 action, came none. Give the agent an actuator.',
  ],
  [
    "one alternative",
    discreteAction("jump", "yes"),
    'Environment "yard": the choice "jump" needs at least 2 alternatives, came 1. Name them all, "none" included.',
  ],
  [
    "a number and a choice of one name",
    { continuous: ["jump"], discrete: [{ label: "jump", choices: ["no", "yes"] }] },
    'Environment "yard": action 1 is called "jump" like an earlier one. Give each its own name.',
  ],
  [
    "repeated alternatives",
    discreteAction("jump", "no", "no"),
    'Environment "yard": alternative of "jump" 1 is called "no" like an earlier one. Give each its own name.',
  ],
])("an action spec with %s is refused", (_, spec, message) => {
  expect(() => assertActionSpec(spec, WHO)).toThrow(new ConfigurationError(message));
});

test("a group's arrays have the sizes that its labels ask for", () => {
  const role = { observation: vectorObservation(["a", "b"]), action: discreteAction("gear", "low", "middle", "high") };
  const group = createAgentGroup(role, 4);
  expect(group.observations.length).toBe(8);
  expect(group.finalObservations.length).toBe(8);
  expect(group.actions.continuous.length).toBe(0);
  expect(group.actions.discrete.length).toBe(4);
  expect(group.masks).toEqual(new Uint8Array(12).fill(1));
  expect(group.active).toEqual(new Uint8Array(4).fill(1));
});

test.each([0, -1, 1.5, NaN])("a group of %d agents is refused", (agents) => {
  const role = { observation: vectorObservation(["a"]), action: continuousActions("b") };
  expect(() => createAgentGroup(role, agents, WHO)).toThrow(
    new ConfigurationError(`Environment "yard": needed at least 1 agent, came ${agents}. Give a whole number above 0.`),
  );
});
