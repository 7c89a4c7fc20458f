import fc from "fast-check";
import { METADATA_KEY } from "../../../plugin/scene/keep/description.ts";
import { ACTUATOR_KINDS, SENSOR_KINDS } from "../../../plugin/scene/registry.ts";
import { REACH, SEEKER } from "./examples.ts";

/** Numbers, texts and lists that break what is not careful. */
const nasty = fc.constantFrom<unknown>(
  null,
  true,
  "",
  0,
  -0,
  -1,
  1e308,
  -1e308,
  5e-324,
  2 ** 31,
  2 ** 53,
  0.1,
  [],
  {},
  [[[[[[]]]]]],
  "__proto__",
  "constructor",
  "x".repeat(10_000),
  "\n\r\u2028",
  "../../../etc/passwd",
  "/dev/zero",
  "file:///dev/zero",
  "javascript:alert(1)",
  "downloads://x",
  "data:text/html,<p>",
  "data:,",
  "iUJORg0KGgo=",
  "A".repeat(300_000),
  { length: 1e9 },
  Array.from({ length: 1000 }, () => "wall"),
);

const anything = fc.oneof(
  nasty,
  fc.jsonValue({ maxDepth: 4 }),
  // Own fields with the names of what objects inherit, as JSON.parse makes them.
  fc
    .jsonValue({ maxDepth: 1 })
    .map(
      (value) =>
        JSON.parse(`{"__proto__": ${JSON.stringify(value)}, "constructor": {"prototype": {"polluted": 1}}}`) as unknown,
    ),
);

/** Nested so deeply that whatever walks it by calling itself falls over. */
const abyss = fc.constantFrom(20, 20_000).map((depth) => {
  let value: unknown = 1;
  for (let i = 0; i < depth; i++) value = [value];
  return value;
});

/** Deep inside of itself. */
const nested = fc.integer({ min: 2, max: 2000 }).map((depth) => {
  let part: unknown = { kind: "velocity" };
  for (let i = 0; i < depth; i++) part = { kind: "stacked", options: { sensor: part, count: 32 } };
  return part;
});

const option = fc.constantFrom(
  ...[
    "rays",
    "range",
    "angle",
    "sees",
    "target",
    "maximum",
    "label",
    "cells",
    "cellSize",
    "sensor",
    "count",
    "parts",
    "speed",
  ],
  ...["radiansPerSecond", "physics", "frame", "origin", "collideWith", "actuators", "with", "__proto__", "toString"],
);

const part = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record(
      {
        kind: fc.oneof(fc.constantFrom<unknown>(...SENSOR_KINDS, ...ACTUATOR_KINDS), anything),
        options: fc.oneof(fc.dictionary(option, anything), anything),
      },
      { requiredKeys: ["kind"] },
    ),
  },
  { weight: 1, arbitrary: nested },
  { weight: 1, arbitrary: anything },
);

const controller = fc.record(
  {
    name: fc.oneof(fc.constantFrom<unknown>("guard", "seeker"), anything),
    sensors: fc.oneof(fc.constant<unknown>(SEEKER.sensors), fc.array(part, { maxLength: 3 }), anything),
    actuators: fc.oneof(fc.constant<unknown>(SEEKER.actuators), fc.array(part, { maxLength: 3 }), anything),
    decisionsPerSecond: anything,
    interpolate: anything,
    greedy: anything,
    phase: anything,
    network: fc.oneof(
      anything,
      fc.record({ hidden: fc.array(anything, { maxLength: 5 }), activation: anything, sharedTrunk: anything }),
    ),
    policy: fc.oneof(anything, fc.record({ embedded: anything }), fc.record({ url: anything })),
  },
  { requiredKeys: [] },
);

/** A sound controller with one thing changed. */
const spoiled = fc
  .record({
    key: fc.constantFrom("name", "sensors", "actuators", "decisionsPerSecond", "phase", "network", "policy", "greedy"),
    value: anything,
  })
  .map(({ key, value }) => ({ ...SEEKER, [key]: value }));

const REACH_FIELDS = Object.fromEntries(
  Object.entries(REACH).map(([key, value]) => [key, fc.constant(value as unknown)]),
);

const block = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record(
      {
        version: fc.oneof({ weight: 5, arbitrary: fc.constantFrom<unknown>(0, 1) }, { weight: 1, arbitrary: anything }),
        controllers: fc.oneof(
          { weight: 6, arbitrary: fc.array(fc.oneof(controller, spoiled), { maxLength: 4 }) },
          { weight: 1, arbitrary: anything },
        ),
        lessons: fc.oneof(
          anything,
          fc.array(fc.record({ ...REACH_FIELDS, rewards: fc.oneof(fc.constant<unknown>([]), anything, abyss) }), {
            maxLength: 2,
          }),
        ),
        ids: anything,
        paint: anything,
      },
      { requiredKeys: ["version"] },
    ),
  },
  { weight: 1, arbitrary: anything },
);

/** What `node.metadata` could hold after somebody's file was loaded: blocks of all kinds, also where glTF puts them. */
export const hostileMetadata: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: block.map((value) => ({ [METADATA_KEY]: value })) },
  { weight: 2, arbitrary: block.map((value) => ({ gltf: { extras: { [METADATA_KEY]: value } } })) },
  { weight: 1, arbitrary: anything },
);
