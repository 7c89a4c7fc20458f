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
  imageParts,
  imageSize,
  observationLabels,
  observationSize,
  observationSpec,
  unboundedFlags,
  vectorObservation,
  type ImagePart,
  type ObservationPart,
} from "../../plugin/core/observation-spec.ts";

const WHO = 'Environment "yard"';

function observationComplaint(...parts: ObservationPart[]): () => void {
  return () => assertObservationSpec({ parts }, WHO);
}

function eye(height: number, width: number, channels: number): ImagePart {
  return { kind: "image", label: "eye", height, width, channels };
}

test("numbers and pictures make one observation, in their order", () => {
  const spec = observationSpec({
    labels: ["speed"],
    images: [
      { label: "left", height: 4, width: 5, channels: 3 },
      { label: "right", height: 2, width: 2, channels: 1 },
    ],
  });
  expect(observationComplaint(...spec.parts)).not.toThrow();
  expect(observationSize(spec)).toBe(1);
  expect(imageParts(spec).map(({ label }) => label)).toEqual(["left", "right"]);
  expect(imageSize(spec)).toBe(4 * 5 * 3 + 2 * 2);
});

test("a group of agents that only see has pictures and no numbers", () => {
  const role = { observation: observationSpec({ images: [eye(4, 5, 3)] }), action: continuousActions("drive") };
  const group = createAgentGroup(role, 2);
  expect(group.observations.length).toBe(0);
  expect(group.images.length).toBe(2 * 60);
  expect(group.finalImages.length).toBe(2 * 60);
});

test("labels give an observation its size and its flags", () => {
  const spec = vectorObservation(["a", "b", "c"], ["b"]);
  expect(observationLabels(spec)).toEqual(["a", "b", "c"]);
  expect(observationSize(spec)).toBe(3);
  expect(unboundedFlags(spec)).toEqual(Uint8Array.of(0, 1, 0));
});

test.each<ObservationPart>([
  { kind: "set", label: "foes", labels: ["x"], atMost: 3 },
  { kind: "goal", labels: ["x"] },
  { kind: "memory", size: 4 },
])("an observation without a learner yet is refused: $kind", (part) => {
  expect(observationComplaint(part)).toThrow(
    new ConfigurationError(
      `Environment "yard": needed observations of kind "vector" or "image", came "${part.kind}". No learner takes ${part.kind} observations yet; describe the state as numbers.`,
    ),
  );
});

test.each<[string, ObservationPart[], string]>([
  ["no parts", [], 'Environment "yard": needed at least 1 observation, came none. Give the agent a sensor.'],
  [
    "no labels",
    [{ kind: "vector", labels: [] }],
    'Environment "yard": needed at least 1 observation, came none. Give the agent a sensor.',
  ],
  [
    "two vectors",
    [
      { kind: "vector", labels: ["a"] },
      { kind: "vector", labels: ["b"] },
    ],
    'Environment "yard": needed at most 1 vector of observations, came 2. Put all labels into one part.',
  ],
  [
    "two pictures of one name",
    [eye(2, 2, 3), eye(4, 4, 1)],
    'Environment "yard": picture 1 is called "eye" like an earlier one. Give each its own name.',
  ],
  [
    "a picture without height",
    [eye(0, 2, 3)],
    'Environment "yard": the height of the picture "eye" needs a whole number from 1 to 256, came 0. Change its size.',
  ],
  [
    "a picture that is too wide",
    [eye(2, 257, 3)],
    'Environment "yard": the width of the picture "eye" needs a whole number from 1 to 256, came 257. Change its size.',
  ],
  [
    "too many channels",
    [eye(2, 2, 65)],
    'Environment "yard": the channels of the picture "eye" needs a whole number from 1 to 64, came 65. Change its size.',
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
