import { imagineCode, walkSprites, type Sprite, type SpriteModel } from "../../../plugin/paint.ts";
import type { ShieldLook } from "../rules/shield-look.ts";
import { WALK_STEPS, type SpriteNetwork } from "../rules/spriting.ts";
import { studyShields, type ShieldStudy } from "./shield-study.ts";

/** A sprite and its code. */
export interface CodedSprite {
  readonly code: Float32Array;
  readonly sprite: Sprite;
}

/** From one code to another. */
export interface SpriteRoute {
  readonly from: Float32Array;
  readonly to: Float32Array;
}

/** What can be asked of the worker with the networks. All calls may be made at once. */
export interface SpriteArtist {
  /** One shield of each seed. */
  imagine(network: SpriteNetwork, seeds: readonly number[]): Promise<CodedSprite[]>;
  /** `WALK_STEPS` sprites, both ends among them. */
  walk(network: SpriteNetwork, route: SpriteRoute): Promise<Sprite[]>;
  /** The code that the autoencoder tells of a sprite, and the sprite that it makes of that. */
  repeat(sprite: Sprite): Promise<CodedSprite>;
  /** What a code of the autoencoder says about its shield. The first time, shields are studied before: some seconds. */
  read(code: Float32Array): Promise<ShieldLook>;
  /** The code with other attributes. */
  change(code: Float32Array, from: ShieldLook, to: ShieldLook): Promise<Float32Array>;
}

/** What the artist needs. */
export interface SpriteArtistTools {
  /** Fetches a network; called again after a failure. */
  readonly load: (network: SpriteNetwork) => Promise<SpriteModel>;
  /** Shields that are studied: 600 take some three seconds. */
  readonly studied: number;
  /** Lets other calls come in between. */
  readonly breathe: () => Promise<void>;
}

/** Makes the artist, where it computes: in a worker, or in tests. */
export function createSpriteArtist({ load, studied, breathe }: SpriteArtistTools): SpriteArtist {
  const models = new Map<SpriteNetwork, Promise<SpriteModel>>();
  let study: Promise<ShieldStudy> | null = null;
  const modelOf = (network: SpriteNetwork): Promise<SpriteModel> => {
    const model = models.get(network) ?? load(network);
    models.set(network, model);
    model.catch(() => models.delete(network));
    return model;
  };
  const known = (): Promise<ShieldStudy> => {
    study ??= modelOf("vae").then((model) => studyShields(model, studied, breathe));
    study.catch(() => (study = null));
    return study;
  };
  return {
    async imagine(network, seeds) {
      const model = await modelOf(network);
      return seeds.map((seed) => {
        const code = imagineCode(model, { seed });
        return { code, sprite: model.decode(code) };
      });
    },
    walk: async (network, route) => walkSprites(await modelOf(network), { ...route, steps: WALK_STEPS }),
    async repeat(sprite) {
      const model = await modelOf("vae");
      const code = model.encode(sprite);
      return { code, sprite: model.decode(code) };
    },
    read: async (code) => (await known()).read(code),
    change: async (code, from, to) => (await known()).change(code, from, to),
  };
}
