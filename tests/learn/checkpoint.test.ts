import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeContainer, encodeContainer } from "../../plugin/core/container.ts";
import { PolicyFileError } from "../../plugin/core/errors.ts";
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint } from "../../plugin/learn/checkpoint.ts";
import { ppo } from "../../plugin/learn/ppo.ts";
import { examplePolicy } from "../core/example-policy.ts";

const WHO = 'Checkpoint "indexeddb://run"';

function example(): Checkpoint {
  const policy = examplePolicy();
  const moments = (scale: number): Float32Array => policy.parameters.map((value) => scale * value * value);
  return {
    settings: ppo({ seed: 5, decisions: 1234, network: policy.network, learningRate: { from: 1e-3, to: 1e-5 } }),
    workers: 2,
    environment: { arenas: 8, settings: { difficulty: 0.5, map: ["yard"] } },
    state: {
      policy,
      ppo: {
        learner: { parameters: policy.parameters, firstMoments: moments(0.1), secondMoments: moments(2), steps: 77 },
        normaliser: policy.normaliser,
        decisions: 640,
        updates: 5,
      },
      collectors: [{ environment: [1, 2.5, -3], returns: [0.25, 1e9], lengths: [3, 4] }, null],
      episodes: 42,
      device: "webgpu",
    },
  };
}

type Header = Record<string, unknown>;

/** The example's bytes after somebody changed them and mended all checksums. */
function tampered(change: (header: Header, arrays: Record<string, Float32Array>) => void): Uint8Array {
  const { header, arrays } = decodeContainer(encodeCheckpoint(example()), "checkpoint", 1, WHO);
  const copy = structuredClone(header) as Header;
  const copies = { ...arrays };
  change(copy, copies);
  return encodeContainer("checkpoint", 1, copy, copies);
}

function complaint(bytes: Uint8Array): string {
  try {
    decodeCheckpoint(bytes, WHO);
  } catch (error) {
    expect(error).toBeInstanceOf(PolicyFileError);
    return (error as Error).message;
  }
  return expect.unreachable("nothing was thrown");
}

describe("A checkpoint", () => {
  it("comes back as it was", () => {
    expect(decodeCheckpoint(encodeCheckpoint(example()), WHO)).toEqual(example());
  });

  it("keeps limits that are switched off", () => {
    const unlimited = { maxGradientNorm: Infinity, valueClipRange: Infinity, targetKl: Infinity };
    const settings = ppo({ network: example().settings.network, ...unlimited });
    expect(decodeCheckpoint(encodeCheckpoint({ ...example(), settings }), WHO).settings).toEqual(settings);
  });

  it("of an update that made a weight infinite is not written", () => {
    const checkpoint = example();
    checkpoint.state.policy.parameters[2] = Infinity;
    expect(() => encodeCheckpoint(checkpoint)).toThrow(
      new PolicyFileError(
        'The policy to be written: number 2 of "parameters" needs to be finite, came Infinity. Its training went wrong; use an earlier one.',
      ),
    );
  });

  it.each<[string, (header: Header, arrays: Record<string, Float32Array>) => void, string]>([
    [
      "without a policy",
      (header) => delete header["policy"],
      "needed a policy and its moments, came a file without them. Teach anew.",
    ],
    [
      "without moments",
      (_, arrays) => delete arrays["secondMoments"],
      "needed a policy and its moments, came a file without them. Teach anew.",
    ],
    [
      "with too few moments",
      (_, arrays) => (arrays["firstMoments"] = new Float32Array(3)),
      "needed 26 moments like its policy's parameters, came 3 and 26. Teach anew.",
    ],
    [
      "with a policy that is no text of bytes",
      (header) => (header["policy"] = "§"),
      "needed a policy in base64, came something else. Teach anew.",
    ],
    [
      "with a negative count",
      (header) => (header["decisions"] = -1),
      '"decisions" needs a whole number, came -1. Teach anew.',
    ],
    [
      "without a step count",
      (header) => delete header["steps"],
      '"steps" needs a whole number, came undefined. Teach anew.',
    ],
    [
      "of a device that is none",
      (header) => (header["device"] = "abacus"),
      '"device" needs one of wasm, webgpu, tfjs, came abacus. Teach anew.',
    ],
    [
      "with settings that cannot work",
      (header) => (header["settings"] = { epochs: "many" }),
      "its settings cannot work. Teach anew.",
    ],
    [
      "for another network",
      (header) => (header["settings"] = {}),
      'needed settings for its policy\'s network {"hidden":[3],"activation":"silu","sharedTrunk":true}, came some for {"hidden":[64,64],"activation":"tanh","sharedTrunk":false}. Teach anew.',
    ],
    [
      "with a network that is none",
      (header) => (header["settings"] = { network: 5 }),
      "its settings cannot work. Teach anew.",
    ],
  ])("%s is refused", (_what, change, message) => {
    expect(complaint(tampered(change))).toBe(`${WHO}: ${message}`);
  });

  it("does not let a file ask for any number of workers", () => {
    expect(
      decodeCheckpoint(
        tampered((header) => (header["workers"] = 1e12)),
        WHO,
      ).workers,
    ).toBe(1024);
    expect(
      decodeCheckpoint(
        tampered((header) => (header["workers"] = 0)),
        WHO,
      ).workers,
    ).toBe(1);
  });

  it.each([
    ["text"],
    [[{ environment: "x", returns: [], lengths: [] }]],
    [[{ environment: [null], returns: [], lengths: [] }]],
  ])("takes collectors that make no sense for fresh episodes: %j", (collectors) => {
    const { state } = decodeCheckpoint(
      tampered((header) => (header["collectors"] = collectors)),
      WHO,
    );
    expect(state.collectors.filter((one) => one !== null)).toEqual([]);
  });

  it("is refused with nothing but a PolicyFileError, whichever bytes are changed", () => {
    const good = encodeCheckpoint(example());
    const edit = fc.record({ at: fc.nat(good.length - 1), to: fc.integer({ min: 0, max: 255 }) });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 5 }), fc.nat(good.length), (edits, cut) => {
        const bytes = good.slice(0, edits.length === 5 ? cut : good.length);
        for (const { at, to } of edits) if (at < bytes.length) bytes[at] = to;
        try {
          decodeCheckpoint(bytes, WHO);
        } catch (error) {
          expect(error).toBeInstanceOf(PolicyFileError);
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("is refused with nothing but a PolicyFileError, whatever its header says", () => {
    const names = ["settings", "workers", "environment", "policy", "collectors", "episodes", "steps", "updates"];
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.jsonValue(), (name, value) => {
        const bytes = tampered((header) => (header[name] = value));
        try {
          decodeCheckpoint(bytes, WHO);
        } catch (error) {
          expect(error).toBeInstanceOf(PolicyFileError);
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});
