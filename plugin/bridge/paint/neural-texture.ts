import type { AbstractEngine } from "@babylonjs/core/Engines/abstractEngine.js";
import { Constants } from "@babylonjs/core/Engines/constants.js";
import type { InternalTexture } from "@babylonjs/core/Materials/Textures/internalTexture.js";
import { Texture } from "@babylonjs/core/Materials/Textures/texture.js";
import { SerializationHelper } from "@babylonjs/core/Misc/decorators.serialization.js";
import { Observable, type Observer } from "@babylonjs/core/Misc/observable.js";
import { RegisterClass } from "@babylonjs/core/Misc/typeStore.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { ConfigurationError } from "../../core/errors.ts";
import type { BakedImages } from "../../paint/maps/bake.ts";
import type { TextureRecipe } from "../../paint/recipe.ts";
import type { OrderPicture } from "../../paint/texture-generator.ts";
import { inspectTexture } from "./inspect-texture.ts";
import { createPictureTexture } from "./picture-texture.ts";
import { readPictureTexture } from "./read-picture.ts";
import { registerSavedKind } from "./saved-kinds.ts";
import { loadedPicture, savedTexture, type SavedTexture } from "./saved-texture.ts";
import { recipeIn, withRecipe } from "./recipe-metadata.ts";
import { awaitTexturePainter, texturePainterOf } from "./texture-painter.ts";
import {
  assertTextureImage,
  BLANK,
  channelImage,
  meanColour,
  plainImage,
  rescaledImage,
  textureSize,
  type Rgba,
  type TextureChannel,
  type TextureImage,
  type TextureSize,
} from "./texture-image.ts";

/** As scene files name the class. */
const KIND = "NeuralTexture";
/** Sharp at a glance along a floor; more costs more and shows little. As glTF viewers choose it. */
const ANISOTROPY = 8;

/** What a neural texture is made of. Without `images` and `image` it shows a plain colour until its recipe is painted. */
export interface NeuralTextureOptions {
  /** Default `"albedo"`. */
  readonly channel?: TextureChannel;
  /** A baked material, of which the channel is shown. */
  readonly images?: BakedImages;
  /** A picture of your own. Kept, not copied: do not change it afterwards. */
  readonly image?: TextureImage | null;
  /** How it was, or is to be, made. */
  readonly recipe?: TextureRecipe | null;
  /** The pictures of the recipe, in its order: with them it can be painted again. Not saved with the scene. */
  readonly pictures?: readonly OrderPicture[];
  /** Smaller copies for the distance. Default true. */
  readonly mipmaps?: boolean;
  /** How many samples a slanted pixel may cost, at least 1. Default 8, or what the GPU can do. */
  readonly anisotropy?: number;
  /** How scene files keep it: its pixels as PNG, or the recipe only, to be painted again. Default `"image"`. */
  readonly savedAs?: "image" | "recipe";
  /** What is shown while there is no picture. Default a mild one for the channel. */
  readonly placeholder?: Rgba;
}

/**
 * A painted texture: used like any other of Babylon's, it knows its recipe, can be painted again at another size, and keeps its
 * present picture until the next one is complete.
 *
 * Always ready to be drawn: until the first picture it shows a plain colour, see `isPainted`. It repeats in both directions, is
 * filtered with mipmaps and anisotropically, and is in sRGB for albedo, else linear. `onLoadObservable` tells of every new picture.
 * Its pixels stay in ordinary memory, too, 4 bytes each, for lost contexts and for saving; those of `paintMaterialOnGpu` do not,
 * unless `keep` is called. Drawing it allocates nothing.
 */
export class NeuralTexture extends Texture {
  /** Which part of a material it shows. */
  readonly channel: TextureChannel;
  /** Told when a painting that nobody awaits has failed: of a scene file's recipe, or after a lost GPU. */
  readonly onPaintFailedObservable = new Observable<Error>();
  /** How scene files keep it. */
  savedAs: "image" | "recipe";
  /** The pictures that its recipe needs, in order; empty where they are not at hand. */
  pictures: readonly OrderPicture[];
  readonly #placeholder: Rgba;
  readonly #restored: Observer<AbstractEngine>;
  #image: TextureImage | null = null;
  #isPainted = false;
  #isDisposed = false;
  #work = new AbortController();
  #stopWaiting: () => void = () => {};
  #repaint: (() => Promise<void>) | null = null;

  /**
   * @param name - For people and for scene files; not empty.
   * @throws ConfigurationError when the pixels do not fit their size.
   */
  constructor(name: string, options: NeuralTextureOptions, scene: Scene) {
    const { channel = "albedo", images, image = null, recipe = null, mipmaps = true } = options;
    if (name === "") throw new ConfigurationError(`NeuralTexture: needed a name, came an empty one. Give one.`);
    const first = image ?? (images ? channelImage(images, channel) : null);
    if (first) assertTextureImage(`NeuralTexture "${name}"`, first);
    super(null, scene, { noMipmap: !mipmaps, invertY: true, gammaSpace: channel === "albedo" });
    this.name = name;
    this.channel = channel;
    this.savedAs = options.savedAs ?? "image";
    this.pictures = options.pictures ?? [];
    this.#placeholder = options.placeholder ?? BLANK[channel];
    this.anisotropicFilteringLevel = Math.min(options.anisotropy ?? ANISOTROPY, largestAnisotropy(this.#engine));
    this.wrapU = Constants.TEXTURE_WRAP_ADDRESSMODE;
    this.wrapV = Constants.TEXTURE_WRAP_ADDRESSMODE;
    this.#setRecipe(recipe);
    this.inspectableCustomProperties = inspectTexture(this);
    this.#restored = this.#engine.onContextRestoredObservable.add(() => this.#rebuild());
    if (first) this.update(first);
    else {
      this.#showPlaceholder();
      if (recipe) this.#paintWhenPossible();
    }
  }

  /** Whether it shows a complete picture, and no placeholder. */
  get isPainted(): boolean {
    return this.#isPainted;
  }

  /** How it was made; also in its metadata. Null for a picture of your own. */
  get recipe(): TextureRecipe | null {
    return recipeIn(this.metadata);
  }

  /** Whether its pixels are in ordinary memory, too; see `keep`. */
  get isKept(): boolean {
    return this.#image !== null;
  }

  override getClassName(): string {
    return "NeuralTexture";
  }

  /**
   * Shows another picture, from the next frame on. One upload, and the mipmaps; the GPU memory of the old one is freed.
   *
   * @param image - A baked material, or a picture of your own, of any size. Kept, not copied.
   * @param recipe - How it was made. Default null.
   * @throws ConfigurationError when the pixels do not fit their size; the old picture stays.
   */
  update(image: TextureImage | BakedImages, recipe: TextureRecipe | null = this.recipe): void {
    const next = "albedo" in image ? channelImage(image, this.channel) : image;
    assertTextureImage(this.#who, next);
    this.show(this.stage(next), next, recipe);
  }

  /**
   * Paints it again at another size by the scene's texture painter, see `setTexturePainter`; where there is no painter or no
   * recipe, the present picture is rescaled. The present picture stays until then.
   *
   * @param size - Columns and rows in pixels, or both at once.
   * @throws ConfigurationError for a size that cannot be, or for a picture that is only on the GPU (`keep` it first);
   *   the painter's errors; the signal's reason.
   */
  async resize(size: number | TextureSize, { signal }: { signal?: AbortSignal } = {}): Promise<void> {
    const { width, height } = textureSize(`${this.#who} resize`, size, this.#engine.getCaps().maxTextureSize);
    const { recipe } = this;
    if (recipe && texturePainterOf(this.#scene)) return this.#paint({ ...recipe, width, height }, signal);
    if (!this.#image) {
      throw new ConfigurationError(
        `${this.#who} resize: needed a recipe and a painter, or a picture in memory, came neither. Call setTexturePainter, or keep() first.`,
      );
    }
    this.update(rescaledImage(this.#image, { width, height }), recipe && { ...recipe, width, height });
  }

  /**
   * Reads a picture that is only on the GPU into ordinary memory, once, so that it outlives a lost device and can be saved as an
   * image. Does nothing where that has been done.
   */
  async keep(): Promise<void> {
    const internal = this._texture;
    if (this.#image || !this.#isPainted || !internal) return;
    const image = await readPictureTexture(this);
    if (this._texture === internal) this.#image = image;
  }

  /** @returns A texture with the same picture, which shares its GPU memory until either is painted again. */
  override clone(): NeuralTexture {
    const { name, channel, savedAs, pictures } = this;
    const options = { channel, savedAs, pictures, mipmaps: !this.noMipmap, placeholder: this.#placeholder };
    const copy = SerializationHelper.Clone(() => new NeuralTexture(name, options, this.#scene), this);
    copy.#setRecipe(this.recipe);
    if (this.#isPainted && this._texture) {
      this._texture.incrementReferences();
      copy.show(this._texture, this.#image, this.recipe, this.#repaint);
    } else if (this.recipe) copy.#paintWhenPossible();
    return copy;
  }

  /**
   * For scene files, which bring it back by `NeuralTexture.Parse`: with its pixels as a PNG of some 100 KB to 1 MB, or with its
   * recipe only, as `savedAs` says. A picture that is only on the GPU is saved as recipe.
   */
  override serialize(): SavedTexture {
    const image = this.savedAs === "recipe" && this.recipe ? null : this.#image;
    return savedTexture(super.serialize() as object, KIND, {
      channel: this.channel,
      savedAs: this.savedAs,
      image,
      placeholder: this.#image ? meanColour(this.#image) : this.#placeholder,
    });
  }

  /**
   * Brings a saved texture back; Babylon's loaders call it. One with pixels shows them at once; one with a recipe only shows its
   * placeholder until the scene's texture painter has painted it.
   *
   * @throws ConfigurationError when it was saved by a newer version, or is damaged.
   */
  static override Parse(saved: SavedTexture, scene: Scene): NeuralTexture {
    const name = String(saved["name"]);
    const options = loadedPicture(`NeuralTexture "${name}"`, saved);
    const mipmaps = saved["noMipmap"] !== true;
    const texture = SerializationHelper.Parse(
      () => new NeuralTexture(name, { ...options, mipmaps }, scene),
      saved,
      scene,
    );
    const mode = saved["samplingMode"];
    if (typeof mode === "number" && mode !== texture.samplingMode) texture.updateSamplingMode(mode);
    return texture;
  }

  /** Frees the texture, and ends what is being painted for it. May be called twice. */
  override dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#restored.remove();
    this.#stopWaiting();
    this.#work.abort(new DOMException(`${this.#who} was disposed of.`, "AbortError"));
    this.onPaintFailedObservable.clear();
    this.#image = null;
    this.#repaint = null;
    this.pictures = [];
    super.dispose();
  }

  /** @internal Uploads a picture without showing it yet; whoever does not `show` it must dispose of it. */
  stage(image: TextureImage): InternalTexture {
    return createPictureTexture(this.#engine, image, this.stagingOptions);
  }

  /** @internal */
  get stagingOptions(): { readonly mipmaps: boolean; readonly samplingMode: number } {
    return { mipmaps: !this.noMipmap, samplingMode: this.samplingMode };
  }

  /** @internal Shows what was staged and frees what was shown. */
  show(
    staged: InternalTexture,
    image: TextureImage | null,
    recipe: TextureRecipe | null,
    repaint: (() => Promise<void>) | null = null,
  ): void {
    this.#stopWaiting();
    this.#replace(staged);
    this.#image = image;
    this.#isPainted = true;
    this.#repaint = repaint;
    this.#setRecipe(recipe);
    this.onLoadObservable.notifyObservers(this);
  }

  get #who(): string {
    return `NeuralTexture "${this.name}"`;
  }

  get #engine(): AbstractEngine {
    return this.#scene.getEngine();
  }

  /** @throws ConfigurationError after `dispose`. */
  get #scene(): Scene {
    const scene = this.getScene();
    if (scene) return scene;
    throw new ConfigurationError(
      `${this.#who}: needed a texture in use, came one that was disposed of. Make it again.`,
    );
  }

  #setRecipe(recipe: TextureRecipe | null): void {
    if (recipe || recipeIn(this.metadata)) this.metadata = withRecipe(this.metadata, recipe);
  }

  #replace(internal: InternalTexture): void {
    const old = this._texture;
    this._texture = internal;
    old?.dispose();
    this.#scene.markAllMaterialsAsDirty(Constants.MATERIAL_TextureDirtyFlag, (material) => material.hasTexture(this));
  }

  #showPlaceholder(): void {
    this.#replace(this.stage(plainImage(this.#placeholder)));
    this.#image = null;
    this.#isPainted = false;
  }

  /** After a lost context: Babylon brings back what it was given from memory, and we what was computed on the GPU. */
  #rebuild(): void {
    if (!this.#isPainted || this._texture?._bufferView) return;
    if (this.#image) return this.#replace(this.stage(this.#image));
    const repaint = this.#repaint;
    this.#showPlaceholder();
    if (!repaint) return this.#paintWhenPossible();
    repaint().catch((error: unknown) => this.#fail(error));
  }

  /** Paints the recipe now, or as soon as the scene has a painter. Failures are told to observers. */
  #paintWhenPossible(): void {
    const { recipe } = this;
    if (!recipe) {
      return this.#fail(
        new ConfigurationError(
          `${this.#who}: needed a recipe or a copy in memory after the GPU was lost, came neither. Call keep() after painting on the GPU.`,
        ),
      );
    }
    const begin = (): void => {
      const painter = texturePainterOf(this.#scene);
      const painting = this.#paint(recipe);
      const { signal } = this.#work;
      painting.catch((error: unknown) => {
        if (signal.aborted) return;
        // The next painter may do better; it may be there already, and then it is the reason.
        if (texturePainterOf(this.#scene) !== painter) return this.#paintWhenPossible();
        this.#stopWaiting = awaitTexturePainter(this.#scene, begin);
        this.#fail(error);
      });
    };
    this.#stopWaiting();
    if (texturePainterOf(this.#scene)) begin();
    else this.#stopWaiting = awaitTexturePainter(this.#scene, begin);
  }

  async #paint(recipe: TextureRecipe, signal?: AbortSignal): Promise<void> {
    this.#work.abort(new DOMException(`${this.#who} is painted anew.`, "AbortError"));
    const work = (this.#work = new AbortController());
    const follow = (): void => work.abort(signal?.reason);
    if (signal?.aborted) follow();
    signal?.addEventListener("abort", follow, { once: true });
    try {
      const { images, recipe: made } = await texturePainterOf(this.#scene)!.paint(recipe, this.pictures, work.signal);
      this.update(images, made);
    } finally {
      signal?.removeEventListener("abort", follow);
    }
  }

  #fail(error: unknown): void {
    if (this.#isDisposed) return;
    this.onPaintFailedObservable.notifyObservers(error instanceof Error ? error : new Error(String(error)));
  }
}

registerSavedKind(KIND, NeuralTexture.Parse);
// As scene files named it before they could be loaded without the plugin.
RegisterClass("BABYLONNEURAL.NeuralTexture", NeuralTexture);

function largestAnisotropy(engine: AbstractEngine): number {
  return Math.max(1, engine.getCaps().maxAnisotropy);
}
