import { afterEach, describe, expect, it, vi } from "vitest";
import { KernelMemory } from "../../plugin/compute/kernel-memory.ts";
import { loadDecideKernels, loadLearnKernels, supportsFastMath } from "../../plugin/compute/kernels.ts";
import { createPolicy } from "../../plugin/compute/wasm-policy.ts";
import { UnsupportedError } from "../../plugin/core/errors.ts";
import type { Activation } from "../../plugin/core/network-spec.ts";
import type { Policy } from "../../plugin/core/policy.ts";
import { Random } from "../../plugin/core/random.ts";
import { decide } from "./decide.ts";
import { syntheticRole } from "./oracle/random-batch.ts";
import { blankPolicy } from "./plain-network.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** A policy whose mean is activation(observation). */
function activationPolicy(activation: Activation): Promise<Policy> {
  const role = syntheticRole(1, 1);
  return createPolicy(
    blankPolicy(
      role,
      (parameters, { actor }) => {
        parameters[actor[0].weights] = 1;
        parameters[actor[1].weights] = 1;
      },
      { hidden: [1], activation, sharedTrunk: true },
    ),
  );
}

/** Numbers from −limit to limit, denser around 0. */
function grid(limit: number): Float32Array {
  return Float32Array.from({ length: 20_001 }, (_, i) => limit * ((i - 10_000) / 10_000) ** 3);
}

describe("The kernels' functions are as accurate as float32", () => {
  it("tanh", async () => {
    const x = grid(20);
    const { continuous } = decide(await activationPolicy("tanh"), x, { greedy: true });
    let worst = 0;
    x.forEach((value, i) => {
      if (value !== 0) worst = Math.max(worst, Math.abs(continuous[i] / Math.tanh(value) - 1));
    });
    expect(worst).toBeLessThan(6e-7);
  });

  it("exp, by SiLU", async () => {
    const x = grid(60);
    const { continuous } = decide(await activationPolicy("silu"), x, { greedy: true });
    let worst = 0;
    x.forEach((value, i) => {
      if (value !== 0) worst = Math.max(worst, Math.abs((continuous[i] * (1 + Math.exp(-value))) / value - 1));
    });
    expect(worst).toBeLessThan(6e-7);
  });

  it("log, by the log probability of a choice", async () => {
    // Logits x and 0: the likelier one has ln p = −ln(1 + exp(−|x|)).
    const data = blankPolicy(syntheticRole(1, 0, [2]), (parameters, { actor }) => {
      parameters[actor[0].weights] = 1;
      parameters[actor[1].weights] = 1;
    });
    const x = grid(16);
    const { logProbabilities } = decide(await createPolicy(data), x, { greedy: true });
    let worst = 0;
    x.forEach((value, i) => {
      worst = Math.max(worst, Math.abs(logProbabilities[i] + Math.log1p(Math.exp(-Math.abs(value)))));
    });
    expect(worst).toBeLessThan(2e-7);
  });
});

describe("The kernels draw from the same Threefry as Random", () => {
  /** The two words of one block. */
  function words(seed: number, call: number, word: number): [number, number] {
    const random = new Random(seed);
    random.restore([call, word >>> 0, 0]);
    return [random.uint32(), random.uint32()];
  }

  it("for choices, to the last bit", async () => {
    // Among 1024 equally likely choices the taken one is the block's ten highest bits.
    const policy = await createPolicy(blankPolicy(syntheticRole(1, 0, [1024, 1024]), () => {}));
    policy.seed(-5);
    for (let call = 0; call < 2; call++) {
      const { discrete } = decide(policy, new Float32Array(19));
      const expected = Array.from({ length: 38 }, (_, i) => {
        const branch = i % 2;
        return words(-5, call, ((1024 + branch) << 20) | (i >> 1))[0] >>> 22;
      });
      expect([...discrete]).toEqual(expected);
    }
  });

  it("for numbers, by Box and Muller", async () => {
    const policy = await createPolicy(blankPolicy(syntheticRole(1, 3), () => {}));
    policy.seed(123);
    decide(policy, new Float32Array(1));
    const { continuous } = decide(policy, new Float32Array(1000));
    let worst = 0;
    continuous.forEach((value, i) => {
      const number = i % 3;
      const [w0, w1] = words(123, 1, ((number & ~1) << 20) | Math.floor(i / 3));
      const radius = Math.sqrt(-2 * Math.log(1 - (w0 >>> 8) / 2 ** 24));
      const angle = (2 * Math.PI * (w1 >>> 8)) / 2 ** 24;
      worst = Math.max(worst, Math.abs(value - radius * (number & 1 ? Math.sin(angle) : Math.cos(angle))));
    });
    expect(worst).toBeLessThan(2e-6);
  });
});

describe("Kernels that cannot run here say so", () => {
  it("without WebAssembly", async () => {
    vi.stubGlobal("WebAssembly", undefined);
    await expect(loadDecideKernels()).rejects.toThrow(
      new UnsupportedError(
        "Neural kernels: needed WebAssembly, came a browser without it. Use a browser from 2021 or later.",
      ),
    );
    expect(supportsFastMath()).toBe(false);
  });

  it("without SIMD", async () => {
    vi.spyOn(WebAssembly, "validate").mockReturnValue(false);
    await expect(loadLearnKernels()).rejects.toThrow(
      new UnsupportedError(
        "Neural kernels: needed WebAssembly SIMD, came a browser without it. Use Chrome 91, Firefox 113, Safari 16.4 or later.",
      ),
    );
  });

  it("without relaxed SIMD, when fastMath asks for it, and never fall back to strict silently", async () => {
    const validate = WebAssembly.validate.bind(WebAssembly);
    const relaxedProbe = 36; // bytes; the probe for plain SIMD is shorter
    vi.spyOn(WebAssembly, "validate").mockImplementation(
      (bytes) => (bytes as Uint8Array).length < relaxedProbe && validate(bytes),
    );
    const data = blankPolicy(syntheticRole(1, 1), () => {});
    await expect(createPolicy(data, { fastMath: true })).rejects.toThrow(
      new UnsupportedError(
        "Neural kernels: fastMath needs WebAssembly relaxed SIMD, which is missing here. Leave fastMath out, or start Node with --experimental-wasm-relaxed-simd.",
      ),
    );
    await expect(createPolicy(data)).resolves.toBeDefined();
  });
});

describe("Kernel memory", () => {
  it("hands out zeros at multiples of 64, and grows", async () => {
    const memory = new KernelMemory(await loadDecideKernels());
    const before = memory.byteLength;
    const first = memory.reserve(3);
    const second = memory.reserve(100_000);
    expect([first % 64, second - first]).toEqual([0, 64]);
    expect(memory.byteLength).toBeGreaterThan(before);
    expect(memory.floats(second, 100_000).every((value) => value === 0)).toBe(true);
    memory.integers(first, 3).set([1, 2, 3]);
    expect([...memory.integers(first, 3)]).toEqual([1, 2, 3]);
  });

  it("refuses what no address could reach", async () => {
    const memory = new KernelMemory(await loadDecideKernels());
    expect(() => memory.reserve(2 ** 29)).toThrow(
      new UnsupportedError(
        "Neural kernels: needed 2049 MB of memory, came at most 2047. Use smaller layers or pictures.",
      ),
    );
    expect(memory.reserve(1)).toBeGreaterThan(0);
  });

  it("is each instance's own", async () => {
    const one = new KernelMemory(await loadDecideKernels());
    const other = new KernelMemory(await loadDecideKernels());
    const address = one.reserve(1);
    expect(other.reserve(1)).toBe(address);
    one.floats(address, 1)[0] = 5;
    expect(other.floats(address, 1)[0]).toBe(0);
  });
});
