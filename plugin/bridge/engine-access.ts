import type { AbstractEngine } from "@babylonjs/core/Engines/abstractEngine.js";
import type { BaseTexture } from "@babylonjs/core/Materials/Textures/baseTexture.js";
import type { InternalTexture } from "@babylonjs/core/Materials/Textures/internalTexture.js";
import { ConfigurationError } from "../core/errors.ts";

/** What Babylon.js 9.35 keeps to itself: the only file that reads it. */
interface EngineInside {
  readonly _device?: GPUDevice;
  readonly _adapterInfo?: GPUAdapterInfo;
  readonly _gl?: WebGL2RenderingContext;
  readonly _contextWasLost?: boolean;
}

/** What an engine draws with. */
export type Renderer =
  | { readonly kind: "webgpu"; readonly device: GPUDevice }
  | { readonly kind: "webgl2"; readonly context: WebGL2RenderingContext }
  | { readonly kind: "none" };

/** What an engine draws with at present; after a lost context it is another device. `none` for NullEngine and WebGL1. */
export function rendererOf(engine: AbstractEngine): Renderer {
  const inside = engine as unknown as EngineInside;
  if (engine.isWebGPU && inside._device) return { kind: "webgpu", device: inside._device };
  if (inside._gl && "fenceSync" in inside._gl) return { kind: "webgl2", context: inside._gl };
  return { kind: "none" };
}

/** Whether the engine is without its context at present. */
export function isContextLost(engine: AbstractEngine): boolean {
  return (engine as unknown as EngineInside)._contextWasLost === true;
}

/** What WebGPU tells about the GPU. */
export function adapterInfoOf(engine: AbstractEngine): GPUAdapterInfo | undefined {
  return (engine as unknown as EngineInside)._adapterInfo;
}

/** @throws ConfigurationError unless it is an initialised WebGPU engine. */
export function requireDevice(engine: AbstractEngine, who: string): GPUDevice {
  const renderer = rendererOf(engine);
  if (renderer.kind === "webgpu") return renderer.device;
  if (engine.isWebGPU) {
    throw new ConfigurationError(
      `${who}: needed an initialised WebGPUEngine, came one without a device. Await engine.initAsync() first.`,
    );
  }
  const came = renderer.kind === "webgl2" ? "a WebGL engine" : "an engine that draws nothing";
  throw new ConfigurationError(
    `${who}: needed a WebGPUEngine, came ${came}. Make one where navigator.gpu is there; elsewhere use the WASM policy and learner, which need none.`,
  );
}

/** The texture as WebGPU knows it, or null while there is none. */
export function gpuTextureOf(texture: BaseTexture): GPUTexture | null {
  return gpuTextureOfInternal(texture.getInternalTexture());
}

/** The same for what lies behind a texture. */
export function gpuTextureOfInternal(internal: InternalTexture | null): GPUTexture | null {
  const hardware = internal?._hardwareTexture as { underlyingResource?: GPUTexture } | null | undefined;
  return hardware?.underlyingResource ?? null;
}

/**
 * Submits what Babylon has recorded so far. Babylon records until the end of the frame, so whoever reads what it draws on the
 * same device must call this first.
 */
export function flushScene(engine: AbstractEngine): void {
  engine.flushFramebuffer();
}

/** What lies behind a texture as WebGL knows it, or null while there is none. */
export function glTextureOfInternal(internal: InternalTexture | null): WebGLTexture | null {
  const hardware = internal?._hardwareTexture as { underlyingResource?: WebGLTexture } | null | undefined;
  return hardware?.underlyingResource ?? null;
}
