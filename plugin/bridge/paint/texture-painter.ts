import type { Scene } from "@babylonjs/core/scene.js";
import { ConfigurationError } from "../../core/errors.ts";
import { keptFitOf } from "../../paint/imaginer/fit-store.ts";
import type { Painter } from "../../paint/painter.ts";
import type { PaintedMaterial } from "../../paint/painter/paint-request.ts";
import type { Picture } from "../../paint/picture.ts";
import type { RecipePicture, TextureRecipe } from "../../paint/recipe.ts";
import type { OrderPicture } from "../../paint/texture-generator.ts";

/** Where a scene's textures get the pictures of their recipes from. */
export interface TexturePainterOptions {
  /**
   * Gives the picture that a recipe was made with, known by its hash, or null where it is not to be had. Asked only for pictures
   * that the texture does not hold itself, as after loading a scene. Default: there are none.
   */
  readonly pictureOf?: (wanted: RecipePicture) => Picture | null | Promise<Picture | null>;
}

/**
 * Says who paints the textures of a scene that have nothing but a recipe: those that were saved as recipes, and those whose
 * pixels went with a lost GPU. Those that wait are painted at once. Textures with the same recipe are painted together.
 *
 * The painter stays yours: dispose of it after the scene, or give `null` first, which stops paintings under way.
 */
export function setTexturePainter(
  scene: Scene,
  painter: Pick<Painter, "repaint"> | null,
  options: TexturePainterOptions = {},
): void {
  const desk = deskOf(scene);
  desk.painter?.stop();
  desk.painter = painter && new RecipePainter(painter, options);
  if (!desk.painter) return;
  const waiting = [...desk.waiting];
  desk.waiting.clear();
  for (const begin of waiting) begin();
}

/** Who paints the textures of a scene, if anybody does. */
export function texturePainterOf(scene: Scene): RecipePainter | null {
  return deskOf(scene).painter;
}

/** Calls once, when the scene gets a painter. @returns How to stop waiting. */
export function awaitTexturePainter(scene: Scene, begin: () => void): () => void {
  const { waiting } = deskOf(scene);
  waiting.add(begin);
  return () => void waiting.delete(begin);
}

interface Desk {
  painter: RecipePainter | null;
  readonly waiting: Set<() => void>;
}

const desks = new WeakMap<Scene, Desk>();

function deskOf(scene: Scene): Desk {
  let desk = desks.get(scene);
  if (!desk) {
    desk = { painter: null, waiting: new Set() };
    desks.set(scene, desk);
  }
  return desk;
}

/** One painting under way, and how many wait for it. */
interface Job {
  readonly painted: Promise<PaintedMaterial>;
  readonly cancel: AbortController;
  users: number;
}

/** Paints recipes, each only once at a time. */
export class RecipePainter {
  readonly #painter: Pick<Painter, "repaint">;
  readonly #options: TexturePainterOptions;
  readonly #jobs = new Map<string, Job>();

  constructor(painter: Pick<Painter, "repaint">, options: TexturePainterOptions) {
    this.#painter = painter;
    this.#options = options;
  }

  /**
   * Paints a recipe. It is cancelled when all who asked for it have aborted.
   *
   * @param held - Pictures that are at hand already, with the roles and in the order of the recipe.
   */
  async paint(recipe: TextureRecipe, held: readonly OrderPicture[], signal: AbortSignal): Promise<PaintedMaterial> {
    signal.throwIfAborted();
    const key = JSON.stringify(recipe);
    let job = this.#jobs.get(key);
    if (!job) {
      const cancel = new AbortController();
      job = { painted: this.#start(recipe, held, cancel.signal), cancel, users: 0 };
      this.#jobs.set(key, job);
      const forget = (): void => void this.#jobs.delete(key);
      job.painted.then(forget, forget);
    }
    return this.#share(key, job, signal);
  }

  /** Ends all that is under way. */
  stop(): void {
    for (const { cancel } of this.#jobs.values()) cancel.abort();
  }

  async #share(key: string, job: Job, signal: AbortSignal): Promise<PaintedMaterial> {
    job.users += 1;
    const leave = (): void => {
      job.users -= 1;
      if (job.users > 0) return;
      if (this.#jobs.get(key) === job) this.#jobs.delete(key);
      job.cancel.abort(signal.reason);
    };
    signal.addEventListener("abort", leave, { once: true });
    try {
      const painted = await job.painted;
      signal.throwIfAborted();
      return painted;
    } finally {
      signal.removeEventListener("abort", leave);
    }
  }

  async #start(recipe: TextureRecipe, held: readonly OrderPicture[], signal: AbortSignal): Promise<PaintedMaterial> {
    const pictures = await this.#findPictures(recipe, held);
    const fit = recipe.imaginerFit === undefined ? undefined : await keptFitOf(recipe);
    return this.#painter.repaint(recipe, pictures, { signal, ...(fit ? { fit } : {}) });
  }

  async #findPictures(recipe: TextureRecipe, held: readonly OrderPicture[]): Promise<readonly OrderPicture[]> {
    if (held.length === recipe.pictures.length) return held;
    return Promise.all(
      recipe.pictures.map(async (wanted) => {
        const picture = await this.#options.pictureOf?.(wanted);
        if (picture) return { role: wanted.role, name: wanted.name, picture };
        throw new ConfigurationError(
          `setTexturePainter: needed the picture "${wanted.name}" (${wanted.hash.slice(0, 12)}…) of a recipe, came none. Give pictureOf, or save such textures as images.`,
        );
      }),
    );
  }
}
