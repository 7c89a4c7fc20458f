import type { BakedImages } from "../../paint/maps/bake.ts";
import type { StagedChannel, Wardrobe } from "./dress-material.ts";
import { assertTextureImage, channelImage, TEXTURE_CHANNELS, type TextureChannel } from "./texture-image.ts";

/**
 * Uploads the maps one by one, resting between them so that none of them holds up a frame together with another. Frees what it
 * has uploaded when it is ended early.
 *
 * @throws ConfigurationError when pixels do not fit their size, before any upload.
 */
export function* stageImages(
  who: string,
  wardrobe: Wardrobe,
  images: BakedImages,
): Generator<void, Record<TextureChannel, StagedChannel>, void> {
  const staged: [TextureChannel, StagedChannel][] = [];
  let isWhole = false;
  try {
    const channels = TEXTURE_CHANNELS.map((channel) => [channel, channelImage(images, channel)] as const);
    for (const [channel, image] of channels) assertTextureImage(`${who} ${channel}`, image);
    for (const [channel, image] of channels) {
      staged.push([channel, { internal: wardrobe[channel].stage(image), image }]);
      if (staged.length < channels.length) yield;
    }
    isWhole = true;
    return Object.fromEntries(staged) as Record<TextureChannel, StagedChannel>;
  } finally {
    if (!isWhole) for (const [, { internal }] of staged) internal.dispose();
  }
}
