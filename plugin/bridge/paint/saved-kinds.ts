import type { BaseTexture } from "@babylonjs/core/Materials/Textures/baseTexture.js";
import "@babylonjs/core/Materials/Textures/texture.js"; // sets the parser that is taken over below
import { SerializationHelper } from "@babylonjs/core/Misc/decorators.serialization.js";
import type { Scene } from "@babylonjs/core/scene.js";

/** A texture of the plugin as a scene file holds it. */
type Saved = Readonly<Record<string, unknown>>;

const parsers = new Map<unknown, (saved: Saved, scene: Scene) => BaseTexture>();

/**
 * Has Babylon's loaders give a texture of the plugin where a scene file says `neuralKind`.
 *
 * Not Babylon's own `customType`: a page without the plugin could not load such a scene at all, while it takes one with a
 * `neuralKind` for an ordinary texture and shows its picture.
 */
export function registerSavedKind(kind: string, parse: (saved: never, scene: Scene) => BaseTexture): void {
  if (parsers.size === 0) takeOver();
  parsers.set(kind, parse as (saved: Saved, scene: Scene) => BaseTexture);
}

function takeOver(): void {
  const parsePlain = SerializationHelper._TextureParser;
  SerializationHelper._TextureParser = (source: unknown, scene, rootUrl) => {
    const kind = typeof source === "object" && source !== null ? (source as Saved)["neuralKind"] : undefined;
    const parse = parsers.get(kind);
    return parse ? parse(source as Saved, scene) : parsePlain(source, scene, rootUrl);
  };
}
