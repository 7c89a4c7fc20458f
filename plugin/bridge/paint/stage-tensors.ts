import type { InternalTexture } from "@babylonjs/core/Materials/Textures/internalTexture.js";
import * as tf from "@tensorflow/tfjs";
import { DeviceLostError } from "../../compute/webgpu/device-errors.ts";
import { UnsupportedError } from "../../core/errors.ts";
import { bakeImages } from "../../paint/maps/bake.ts";
import { gpuTextureOfInternal, isContextLost } from "../engine-access.ts";
import type { SharedDevice } from "../shared-device.ts";
import { BakePass } from "./bake-pass.ts";
import type { StagedChannel, Wardrobe } from "./dress-material.ts";
import { createStorageTexture } from "./picture-texture.ts";
import { stageImages } from "./stage-images.ts";
import { lendBuffers, type TensorMaps } from "./tensor-buffers.ts";
import { TEXTURE_CHANNELS, type TextureChannel } from "./texture-image.ts";

type Staged = Readonly<Record<TextureChannel, StagedChannel>>;

/**
 * Makes the textures of a material from tensors on the GPU that Babylon draws with: one dispatch and the mipmaps; nothing is read
 * back. They have no copy in ordinary memory.
 *
 * @throws DeviceLostError when the GPU is lost meanwhile, UnsupportedError when it refuses; nothing is left behind then.
 */
export async function stageOnGpu(
  who: string,
  wardrobe: Wardrobe,
  maps: TensorMaps,
  shared: SharedDevice,
): Promise<Staged> {
  const { engine } = shared;
  assertThere(who, shared);
  const { device } = shared;
  const pass = await BakePass.of(device);
  assertThere(who, shared, device);
  const [height, width] = maps.heights.shape;
  const internals = {} as Record<TextureChannel, InternalTexture>;
  try {
    const complaint = await complaintOf(device, () => {
      for (const channel of TEXTURE_CHANNELS) {
        internals[channel] = createStorageTexture(engine, { width, height }, wardrobe[channel].stagingOptions);
      }
      shared.flushScene(); // whatever Babylon does to new textures comes first
      const buffers = lendBuffers(maps);
      pass.run(buffers, {
        albedoMap: gpuTextureOfInternal(internals.albedo)!,
        normalMap: gpuTextureOfInternal(internals.normal)!,
        ormMap: gpuTextureOfInternal(internals.orm)!,
      });
      buffers.release();
      for (const channel of TEXTURE_CHANNELS) {
        if (internals[channel].generateMipMaps) engine.generateMipmaps(internals[channel]);
      }
      shared.flushScene();
    });
    assertThere(who, shared, device);
    if (complaint) {
      throw new UnsupportedError(
        `${who}: needed a GPU that takes its commands, came "${complaint}". Paint with a painter instead.`,
      );
    }
  } catch (error) {
    for (const internal of Object.values(internals)) internal.dispose();
    throw error;
  }
  return Object.fromEntries(
    TEXTURE_CHANNELS.map((channel) => [channel, { internal: internals[channel], image: null }]),
  ) as Record<TextureChannel, StagedChannel>;
}

/** The same by way of ordinary memory, for WebGL2 and for tensors of other backends: one readback a map, one upload a texture. */
export async function stageByMemory(who: string, wardrobe: Wardrobe, maps: TensorMaps): Promise<Staged> {
  const [height, width] = maps.heights.shape;
  const read = (tensor: tf.Tensor): Promise<Float32Array> => tensor.data<"float32">();
  const [albedo, heights, roughness, metallic, relief] = await Promise.all([
    read(maps.albedo),
    read(maps.heights),
    read(maps.roughness),
    maps.metallic ? read(maps.metallic) : new Float32Array(width * height),
    typeof maps.relief === "number" ? maps.relief : read(maps.relief).then(([value]) => value),
  ]);
  const images = bakeImages({ width, height, albedo, heights, roughness, metallic, relief });
  const staging = stageImages(who, wardrobe, images);
  let step = staging.next();
  while (!step.done) step = staging.next();
  return step.value;
}

/** Does something on a device, and says what the device finds wrong with it, if anything. */
async function complaintOf(device: GPUDevice, work: () => void): Promise<string | null> {
  device.pushErrorScope("validation");
  let scope: Promise<GPUError | null>;
  try {
    work();
  } finally {
    scope = device.popErrorScope().catch(() => null); // a lost device has none
  }
  return (await scope)?.message ?? null;
}

/** Whether tensors that are computed now are on the device that the engine draws with. */
export function isOnSharedDevice(shared: SharedDevice): boolean {
  if (shared.isLost || tf.getBackend() !== "webgpu") return false;
  return (tf.backend() as unknown as { readonly device?: GPUDevice }).device === shared.device;
}

/** @throws DeviceLostError unless the device is there, and the same as before. */
export function assertThere(who: string, shared: SharedDevice, device?: GPUDevice): void {
  if (!shared.isLost && !isContextLost(shared.engine) && (!device || shared.device === device)) return;
  throw new DeviceLostError(
    `${who}: needed its GPU device, came the news that it is lost. Await shared.ready and paint again; what is on the walls stays.`,
  );
}
