import { UnsupportedError } from "../../core/errors.ts";
import { BINDINGS } from "./kernels/shared-code.ts";
import { CHUNK, SAMPLES, type NetworkPlan } from "./network-plan.ts";
import { ADAM_THREADS } from "./kernels/adam-kernel.ts";

/** Workgroup memory of the hungriest kernel, in bytes: features of its samples and a few words. */
const WORKGROUP_BYTES = CHUNK * SAMPLES * 4 + 256;

/**
 * A device of one's own on the fastest adapter, with storage buffers as large as that adapter can have. Works on the page and in
 * workers.
 *
 * @throws UnsupportedError where there is no WebGPU or no adapter.
 */
export async function requestDevice(who: string): Promise<GPUDevice> {
  const gpu = (globalThis as { navigator?: { gpu?: GPU } }).navigator?.gpu;
  if (!gpu) {
    throw new UnsupportedError(
      `${who}: needed WebGPU, came a place without it. Use the WASM learner, or hand in a GPUDevice.`,
    );
  }
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) {
    throw new UnsupportedError(
      `${who}: needed a GPU adapter, came none. Use the WASM learner, or hand in a GPUDevice.`,
    );
  }
  const { maxStorageBufferBindingSize, maxBufferSize } = adapter.limits;
  return adapter.requestDevice({ label: who, requiredLimits: { maxStorageBufferBindingSize, maxBufferSize } });
}

/** The largest storage buffer that a device takes, in bytes. */
export function largestStorageBuffer({ limits }: GPUDevice): number {
  return Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize);
}

/** @throws UnsupportedError when the kernels for a network are more than the device can take. */
export function assertDeviceTakes(device: GPUDevice, plan: NetworkPlan, who: string): void {
  const { limits } = device;
  const needs: readonly (readonly [needed: number, available: number, what: string])[] = [
    [
      BINDINGS.filter(({ type }) => type !== "uniform").length,
      limits.maxStorageBuffersPerShaderStage,
      "storage buffers",
    ],
    [WORKGROUP_BYTES, limits.maxComputeWorkgroupStorageSize, "bytes of workgroup memory"],
    [Math.max(plan.threads, ADAM_THREADS), limits.maxComputeInvocationsPerWorkgroup, "invocations a workgroup"],
    [Math.max(plan.threads, ADAM_THREADS), limits.maxComputeWorkgroupSizeX, "invocations in a row"],
    [plan.tiles + 1, limits.maxComputeWorkgroupsPerDimension, "workgroups in a row"],
    [12 * plan.parameters, largestStorageBuffer(device), "bytes in one storage buffer for parameters and moments"],
  ];
  for (const [needed, available, what] of needs) {
    if (needed > available) {
      throw new UnsupportedError(
        `${who}: needed ${needed} ${what}, came a device that has ${available}. Use a smaller network or the WASM learner.`,
      );
    }
  }
}
