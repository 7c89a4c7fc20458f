import v8 from "node:v8";
import { beforeAll, describe, expect, it } from "vitest";
import { createWasmPpoLearner } from "../../plugin/compute/wasm-ppo-learner.ts";
import { LOSS_CASES, NETWORK_CASES } from "./oracle/agreement-cases.ts";
import { measureAgreement } from "./oracle/agreement.ts";
import { loadTfjs } from "./oracle/tfjs.ts";

beforeAll(async () => {
  v8.setFlagsFromString("--experimental-wasm-relaxed-simd"); // Node 20 has it behind this flag
  await loadTfjs("cpu");
});

describe.each([
  { arithmetic: "strict", fastMath: false, cases: [...LOSS_CASES, ...NETWORK_CASES] },
  { arithmetic: "relaxed", fastMath: true, cases: LOSS_CASES },
])("The WASM learner with $arithmetic SIMD agrees with tfjs-cpu after 20 Adam steps", ({ fastMath, cases }) => {
  it.each(cases)("$name", async (one) => {
    const agreement = await measureAgreement(one, (role, network) => createWasmPpoLearner(role, network, { fastMath }));
    expect(agreement.steps).toBe(20);
    expect(agreement.moved).toBeGreaterThan(5e-3);
    expect(agreement.parameters).toBeLessThan(1e-5);
    expect(agreement.moments).toBeLessThan(1e-5);
    expect(agreement.statistics).toBeLessThan(1e-5);
  });
});
