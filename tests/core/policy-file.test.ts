import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeContainer } from "../../plugin/core/container.ts";
import { PolicyFileError } from "../../plugin/core/errors.ts";
import { layOutNetwork } from "../../plugin/core/network-spec.ts";
import { vectorObservation } from "../../plugin/core/observation-spec.ts";
import { decodePolicy, encodePolicy } from "../../plugin/core/policy-file.ts";
import { examplePolicy } from "./example-policy.ts";
import { FIRST_VERSION_POLICY } from "./first-version-policy.ts";
import { complaint, tampered, WHO } from "./tampered-policy.ts";

test("a policy comes back as it was", () => {
  expect(decodePolicy(encodePolicy(examplePolicy()), WHO)).toEqual(examplePolicy());
});

test("a policy without a birth certificate comes back without one", () => {
  const data = examplePolicy({ birth: {} });
  expect(decodePolicy(encodePolicy(data), WHO).birth).toEqual({});
});

test("a normaliser that does not clip comes back so", () => {
  const normaliser = { ...examplePolicy().normaliser, clip: Infinity };
  expect(decodePolicy(encodePolicy(examplePolicy({ normaliser })), WHO).normaliser.clip).toBe(Infinity);
});

test("the same policy gives the same bytes", () => {
  expect(encodePolicy(examplePolicy())).toEqual(encodePolicy(examplePolicy()));
});

test("a policy with a number that is not finite is not written", () => {
  const { parameters } = examplePolicy();
  parameters[4] = NaN;
  expect(() => encodePolicy(examplePolicy({ parameters }))).toThrow(
    new PolicyFileError(
      'The policy to be written: number 4 of "parameters" needs to be finite, came NaN. Its training went wrong; use an earlier one.',
    ),
  );
});

test("a policy whose parameters do not fit its layers is not written", () => {
  // Trunk 2·3 + 3, head 3·3 + 3, log-std 1, critic head 3 + 1: 26.
  expect(() => encodePolicy(examplePolicy({ parameters: new Float32Array(25) }))).toThrow(
    new PolicyFileError(
      'encodePolicy: its labels and layers need 26 numbers in "parameters", came 25. Save the policy again with this release, or teach anew.',
    ),
  );
});

test("a normaliser with too few flags is not written", () => {
  const normaliser = { ...examplePolicy().normaliser, scaled: Uint8Array.of(0) };
  expect(() => encodePolicy(examplePolicy({ normaliser }))).toThrow(
    new PolicyFileError(
      'encodePolicy: the normaliser needs 2 flags in "scaled", came 1. Make it with createNormaliser.',
    ),
  );
});

test("a checkpoint is not taken for a policy", () => {
  expect(complaint(encodeContainer("checkpoint", 1, {}, {}))).toBe(
    'Policy file "guard.bnp": needed a policy, came a "checkpoint". Open it as what it is.',
  );
});

test("layers that ask for more numbers than there are contradict the file", () => {
  // Trunk 2·9 + 9, head 9·3 + 3, log-std 1, critic head 9 + 1: 68.
  expect(complaint(tampered((header) => (header["network"]["hidden"] = [9])))).toBe(
    'Policy file "guard.bnp": its labels and layers need 68 numbers in "parameters", came 26. Save the policy again with this release, or teach anew.',
  );
});

test("a file without its parameters is refused", () => {
  const bytes = tampered((_, arrays) => delete arrays["parameters"]);
  expect(complaint(bytes)).toBe(
    'Policy file "guard.bnp": its labels and layers need 26 numbers in "parameters", came none. Save the policy again with this release, or teach anew.',
  );
});

test("a normaliser of another size is refused", () => {
  const bytes = tampered((_, arrays) => (arrays["normaliser mean"] = new Float32Array(3)));
  expect(complaint(bytes)).toBe(
    'Policy file "guard.bnp": its labels and layers need 2 numbers in "normaliser mean", came 3. Save the policy again with this release, or teach anew.',
  );
});

test("a negative variance is refused with its label", () => {
  const bytes = tampered((_, arrays) => (arrays["normaliser variance"] = Float32Array.of(1, -1)));
  expect(complaint(bytes)).toBe(
    'Policy file "guard.bnp": the variance of "speed" needs to be 0 or more, came -1. Save the policy again, or teach anew.',
  );
});

test("a clip of 0 is refused", () => {
  expect(complaint(tampered((header) => (header["normaliser"]["clip"] = 0)))).toBe(
    'Policy file "guard.bnp": its normaliser needs a count from 0 and a clip above 0, came 12 and 0. Save the policy again, or teach anew.',
  );
});

test("a distribution that this release does not know is refused", () => {
  expect(complaint(tampered((header) => (header["distribution"]["continuous"] = "squashedGaussian")))).toBe(
    'Policy file "guard.bnp": the header\'s "distribution.continuous" needs "gaussian", came "squashedGaussian". Save the policy again with this release, or teach anew.',
  );
});

test("an observation that this release does not know is refused", () => {
  const bytes = tampered((header) => {
    header["role"]["observation"] = { parts: [{ kind: "set", label: "foes", labels: ["near"], atMost: 3 }] };
  });
  expect(complaint(bytes)).toBe(
    'Policy file "guard.bnp": the header\'s "role.observation.parts[0].kind" needs "vector" or "image", came "set". Save the policy again with this release, or teach anew.',
  );
});

test("repeated labels are refused in the words of the spec", () => {
  const bytes = tampered((header) => {
    header["role"]["observation"] = { parts: [{ kind: "vector", labels: ["a", "a"] }] };
  });
  expect(complaint(bytes)).toBe(
    'Policy file "guard.bnp": observation 1 is called "a" like an earlier one. Give each its own name.',
  );
});

test("absurd layers are refused before anything is allocated for them", () => {
  expect(complaint(tampered((header) => (header["network"]["hidden"] = [1e9, 1e9])))).toBe(
    'Policy file "guard.bnp": needed hidden widths from 1 to 1024, came 1000000000. Use e.g. [64, 64].',
  );
});

test.each([
  ["role", "role", 'needs an object, came "x"'],
  ["network", "network", 'needs an object, came "x"'],
  ["normaliser", "normaliser", 'needs an object, came "x"'],
  ["birth", "birth", 'needs an object, came "x"'],
])("a text in place of %s is refused", (_, key, problem) => {
  expect(complaint(tampered((header) => ((header as Record<string, unknown>)[key] = "x")))).toBe(
    `Policy file "guard.bnp": the header's "${key}" ${problem}. Save the policy again with this release, or teach anew.`,
  );
});

test("an inherited property does not stand in for a missing one", () => {
  const bytes = tampered((header) => {
    delete (header as Record<string, unknown>)["network"];
    Object.defineProperty(header, "__proto__", { value: { network: {} }, enumerable: true });
  });
  expect(complaint(bytes)).toBe(
    'Policy file "guard.bnp": the header\'s "network" needs an object, came nothing. Save the policy again with this release, or teach anew.',
  );
});

test("a note called __proto__ changes no prototype", () => {
  const notes = Object.fromEntries([["__proto__", "evil"]]);
  const birth = decodePolicy(encodePolicy(examplePolicy({ birth: { notes } })), WHO).birth;
  expect(Object.keys(birth.notes!)).toEqual(["__proto__"]);
  expect(Object.getPrototypeOf(birth.notes)).toBe(Object.prototype);
});

test("a seed that is no number is refused", () => {
  expect(complaint(tampered((header) => (header["birth"]["seed"] = null)))).toBe(
    'Policy file "guard.bnp": the header\'s "birth.seed" needs a finite number, came null. Save the policy again with this release, or teach anew.',
  );
});

test("whatever bytes are changed, the file is refused or the same as before", () => {
  const whole = encodePolicy(examplePolicy());
  const change = fc.record({ at: fc.nat(whole.length - 1), to: fc.nat(255) });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
      const bytes = whole.slice();
      for (const { at, to } of changes) bytes[at] = to;
      try {
        expect(decodePolicy(bytes, WHO)).toEqual(examplePolicy());
      } catch (error) {
        expect(error).toBeInstanceOf(PolicyFileError);
      }
    }),
    { numRuns: 500 },
  );
});

test("wherever it is cut, the file is refused", () => {
  const whole = encodePolicy(examplePolicy());
  for (let length = 0; length < whole.length; length++) {
    expect(() => decodePolicy(whole.subarray(0, length), WHO)).toThrow(PolicyFileError);
  }
});

test("whatever values stand in the header, the file is refused or readable", () => {
  const keys = ["role", "network", "distribution", "normaliser", "birth"];
  fc.assert(
    fc.property(fc.constantFrom(...keys), fc.jsonValue(), (key, value) => {
      const bytes = tampered((header) => ((header as Record<string, unknown>)[key] = value));
      try {
        decodePolicy(bytes, WHO);
      } catch (error) {
        expect(error).toBeInstanceOf(PolicyFileError);
      }
    }),
    { numRuns: 300 },
  );
});

test("any policy that can be made comes back as it was", () => {
  const labels = fc.uniqueArray(
    fc.string({ minLength: 1 }).filter((label) => label.trim() !== ""),
    {
      minLength: 1,
      maxLength: 5,
    },
  );
  const widths = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(labels, labels, widths, fc.boolean(), (seen, done, hidden, sharedTrunk) => {
      const role = { observation: vectorObservation(seen), action: { continuous: done, discrete: [] } };
      const network = { hidden, activation: "relu" as const, sharedTrunk };
      const parameters = new Float32Array(layOutNetwork(role, network).size).fill(0.5);
      const size = seen.length;
      const normaliser = {
        count: 0,
        mean: new Float32Array(size),
        variance: new Float32Array(size).fill(1),
        clip: 10,
        scaled: new Uint8Array(size),
      };
      const data = examplePolicy({ role, network, parameters, normaliser });
      expect(decodePolicy(encodePolicy(data), WHO)).toEqual(data);
    }),
  );
});

test("a file from before there were pictures is read, and written again byte for byte", () => {
  const bytes = Uint8Array.from(atob(FIRST_VERSION_POLICY), (letter) => letter.charCodeAt(0));
  expect(decodePolicy(bytes, WHO)).toEqual(examplePolicy());
  expect(encodePolicy(examplePolicy())).toEqual(bytes);
});

test("the model that was shipped first is read", () => {
  const bytes = new Uint8Array(readFileSync(new URL("../../models/yard/policy.bnp", import.meta.url)));
  expect(decodePolicy(bytes, WHO).network).toEqual({ hidden: [64, 64], activation: "tanh", sharedTrunk: false });
});
