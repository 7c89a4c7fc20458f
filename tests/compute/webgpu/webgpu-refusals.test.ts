import { describe, expect, it } from "vitest";
import { assertDeviceTakes } from "../../../plugin/compute/webgpu/gpu-device.ts";
import { planNetwork } from "../../../plugin/compute/webgpu/network-plan.ts";
import { createWebGpuPpoLearner } from "../../../plugin/compute/webgpu/webgpu-ppo-learner.ts";
import { UnsupportedError } from "../../../plugin/core/errors.ts";
import { DEFAULT_NETWORK } from "../../../plugin/core/network-spec.ts";
import { syntheticRole } from "../oracle/random-batch.ts";

const role = syntheticRole(4, 0, [2]);

/** The least that every WebGPU device has: https://www.w3.org/TR/webgpu/#limits. */
const LIMITS = {
  maxStorageBuffersPerShaderStage: 8,
  maxComputeWorkgroupStorageSize: 16384,
  maxComputeInvocationsPerWorkgroup: 256,
  maxComputeWorkgroupSizeX: 256,
  maxComputeWorkgroupsPerDimension: 65535,
  maxStorageBufferBindingSize: 128 * 2 ** 20,
  maxBufferSize: 256 * 2 ** 20,
};

function deviceWith(changes: Partial<typeof LIMITS> = {}): GPUDevice {
  return { limits: { ...LIMITS, ...changes } } as unknown as GPUDevice;
}

describe("The WebGPU learner", () => {
  it("says where there is no WebGPU", async () => {
    await expect(createWebGpuPpoLearner(role, DEFAULT_NETWORK)).rejects.toThrow(
      "WebGPU PPO learner: needed WebGPU, came a place without it. Use the WASM learner, or hand in a GPUDevice.",
    );
  });

  it("refuses a network that cannot be", async () => {
    await expect(createWebGpuPpoLearner(role, { ...DEFAULT_NETWORK, hidden: [0] })).rejects.toThrow(
      "WebGPU PPO learner: needed hidden widths from 1 to 1024, came 0. Use e.g. [64, 64].",
    );
  });

  it.each(["workingBytes", "longestSubmitMilliseconds"])("refuses %s of 0", async (name) => {
    await expect(createWebGpuPpoLearner(role, DEFAULT_NETWORK, { [name]: 0 })).rejects.toThrow(
      `WebGPU PPO learner: ${name} needs a number above 0, came 0. Leave it out.`,
    );
  });

  it.each([[[1]], [[64, 64]], [[1024, 1024, 1024]]])("fits layers of %j onto every device", (hidden) => {
    const plan = planNetwork(syntheticRole(500, 20, [30, 30]), { ...DEFAULT_NETWORK, hidden });
    expect(() => assertDeviceTakes(deviceWith(), plan, "learner")).not.toThrow();
  });

  it.each([
    [{ maxStorageBuffersPerShaderStage: 4 }, "needed 7 storage buffers, came a device that has 4"],
    [{ maxComputeWorkgroupStorageSize: 4096 }, "needed 8448 bytes of workgroup memory, came a device that has 4096"],
    [{ maxComputeInvocationsPerWorkgroup: 32 }, "needed 64 invocations a workgroup, came a device that has 32"],
    [{ maxComputeWorkgroupsPerDimension: 10 }, "needed 17 workgroups in a row, came a device that has 10"],
    [
      // 2 × (4 × 64 + 64 + 64 × 64 + 64) + 64 × 2 + 2 + 64 + 1 = 9155 parameters, with two moments, 4 bytes each
      { maxStorageBufferBindingSize: 1000 },
      "needed 109860 bytes in one storage buffer for parameters and moments, came a device that has 1000",
    ],
  ])("refuses a device with %o", (limits, complaint) => {
    const plan = planNetwork(role, DEFAULT_NETWORK);
    expect(() => assertDeviceTakes(deviceWith(limits), plan, "learner")).toThrow(
      new UnsupportedError(`learner: ${complaint}. Use a smaller network or the WASM learner.`),
    );
  });
});
