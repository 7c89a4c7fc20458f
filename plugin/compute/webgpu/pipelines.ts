import { UnsupportedError } from "../../core/errors.ts";
import { adamKernel } from "./kernels/adam-kernel.ts";
import { gradientKernel } from "./kernels/gradient-kernel.ts";
import { networkKernel } from "./kernels/network-kernel.ts";
import { BINDINGS, JOB_WORDS } from "./kernels/shared-code.ts";
import type { NetworkPlan } from "./network-plan.ts";

/** `GPUShaderStage.COMPUTE`: the global does not exist everywhere a device does. */
const COMPUTE = 4;

/** The kernels of one network, compiled. */
export interface Pipelines {
  readonly layout: GPUBindGroupLayout;
  readonly network: GPUComputePipeline;
  readonly gradient: GPUComputePipeline;
  readonly adam: GPUComputePipeline;
}

/** Compiles the three kernels of a network. @throws UnsupportedError that names the kernel a device does not take. */
export async function compilePipelines(device: GPUDevice, plan: NetworkPlan): Promise<Pipelines> {
  const layout = device.createBindGroupLayout({
    label: "PPO",
    entries: BINDINGS.map(({ type }, binding) => {
      const buffer: GPUBufferBindingLayout =
        type === "uniform" ? { type, hasDynamicOffset: true, minBindingSize: 4 * JOB_WORDS } : { type };
      return { binding, visibility: COMPUTE, buffer };
    }),
  });
  const [network, gradient, adam] = await Promise.all([
    compileKernel(device, layout, "network", networkKernel(plan)),
    compileKernel(device, layout, "gradient", gradientKernel(plan)),
    compileKernel(device, layout, "adam", adamKernel(plan)),
  ]);
  return { layout, network, gradient, adam };
}

/** Compiles one kernel. @throws UnsupportedError with the kernel's name and the compiler's first complaint. */
export async function compileKernel(
  device: GPUDevice,
  layout: GPUBindGroupLayout,
  name: string,
  code: string,
): Promise<GPUComputePipeline> {
  const refuse = (complaint: string, cause?: unknown): UnsupportedError =>
    new UnsupportedError(
      `WebGPU kernel "${name}": needed a device that compiles it, came "${complaint}". Use the WASM learner.`,
      { cause },
    );
  // What is wrong is asked for below; without a scope it would also be reported as uncaught.
  device.pushErrorScope("validation");
  const module = device.createShaderModule({ label: name, code });
  const scope = device.popErrorScope();
  const { messages } = await module.getCompilationInfo();
  await scope;
  const error = messages.find(({ type }) => type === "error");
  if (error) throw refuse(`line ${error.lineNum}: ${error.message}`);
  const pipelineLayout = device.createPipelineLayout({ label: name, bindGroupLayouts: [layout] });
  try {
    return await device.createComputePipelineAsync({
      label: name,
      layout: pipelineLayout,
      compute: { module, entryPoint: "main" },
    });
  } catch (cause) {
    throw refuse(cause instanceof Error ? cause.message : String(cause), cause);
  }
}
