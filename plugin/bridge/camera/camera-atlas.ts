import type { AbstractEngine } from "@babylonjs/core/Engines/abstractEngine.js";
import "@babylonjs/core/Engines/Extensions/engine.renderTarget.js";
import { Constants } from "@babylonjs/core/Engines/constants.js";
import { RenderTargetTexture } from "@babylonjs/core/Materials/Textures/renderTargetTexture.js";
import type { Observer } from "@babylonjs/core/Misc/observable.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { EnvironmentError } from "../../core/errors.ts";
import { isContextLost } from "../engine-access.ts";
import { packPictures } from "./atlas-layout.ts";
import type { CameraTile } from "./camera-tile.ts";
import { createPixelReadback, readPixelsNow, type PixelReadback, type Region } from "./pixel-readback.ts";

/** Decisions between two frames that no game has; so many mean that nothing renders, and that all stays black. */
const MOST_ASKS = 100;

const atlases = new WeakMap<Scene, CameraAtlas>();

/**
 * The one texture in which all cameras of a scene's agents draw.
 *
 * A tile that is wanted is drawn at the end of the frame. Pictures that are asked for then come into ordinary memory by one
 * readback for all tiles, which nothing waits for; pictures that a GPU policy has claimed stay on the GPU. Made by the first
 * camera of a scene; frees itself with the last.
 */
export class CameraAtlas {
  readonly scene: Scene;
  readonly #engine: AbstractEngine;
  readonly #tiles: CameraTile[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #sights = new WeakMap<Uint8Array, Map<number, CameraTile>>();
  readonly #observers: { remove(): void }[];
  #target: RenderTargetTexture | null = null;
  #readback: PixelReadback | null = null;
  #isPacked = false;
  /** The render id after the last exact drawing: until it changes, nothing has moved. */
  #drawnAt = -1;
  /** The engine's frame of the last exact drawing. */
  #exactFrame = -1;
  #exactPixels = new Uint8Array(0);
  #region: Region = { x: 0, y: 0, width: 0, height: 0 };

  private constructor(scene: Scene) {
    this.scene = scene;
    this.#engine = scene.getEngine();
    const observers: Observer<never>[] = [
      scene.onAfterRenderObservable.add(() => this.#finishFrame()),
      scene.onDisposeObservable.add(() => this.#dispose()),
      this.#engine.onContextRestoredObservable.add(() => this.#startAnew()),
    ];
    this.#observers = observers;
  }

  /** @returns The atlas of that scene, always the same while there are cameras. */
  static of(scene: Scene): CameraAtlas {
    let atlas = atlases.get(scene);
    if (!atlas) {
      atlas = new CameraAtlas(scene);
      atlases.set(scene, atlas);
    }
    return atlas;
  }

  /** The texture with all pictures, or null before the first. Another one whenever a camera comes or goes. */
  get texture(): RenderTargetTexture | null {
    return this.#target;
  }

  add(tile: CameraTile): void {
    this.#tiles.push(tile);
    this.#isPacked = false;
  }

  /** Takes a camera away; the last one takes the texture with it. */
  remove(tile: CameraTile): void {
    const index = this.#tiles.indexOf(tile);
    if (index < 0) return;
    this.#tiles.splice(index, 1);
    tile.dispose();
    this.#isPacked = false;
    if (this.#tiles.length === 0) this.#dispose();
  }

  /** Calls `listener` at the end of each frame, after the pictures have been drawn. @returns How to stop. */
  onFrame(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /**
   * Notes that the picture of a tile was asked for, at that place of a batch.
   *
   * @throws EnvironmentError when that happens again and again without a frame in between.
   */
  note(images: Uint8Array, offset: number, tile: CameraTile): void {
    let sights = this.#sights.get(images);
    if (!sights) {
      sights = new Map();
      this.#sights.set(images, sights);
    }
    sights.set(offset, tile);
    tile.isAsked = true;
    if (++tile.asks <= MOST_ASKS) return;
    throw new EnvironmentError(
      `cameraSensor: needed a scene that renders, came ${MOST_ASKS} decisions without a frame. Set exact: "late" in lessons that nobody looks at.`,
    );
  }

  /**
   * Which tile was asked for at a place of a batch; it then needs no readback. Null where none was: a batch that grew while it was
   * filled is known only from the next decision on.
   */
  claim(images: Uint8Array, offset: number): CameraTile | null {
    const tile = this.#sights.get(images)?.get(offset) ?? null;
    if (tile) tile.isAsked = false;
    return tile;
  }

  /** Takes over pictures that have arrived. Never waits. */
  poll(): void {
    this.#readback?.poll();
  }

  /** Whether all tiles could be drawn now with everything that is in sight. */
  isReady(): boolean {
    const target = this.#pack();
    const size = target.getSize();
    this.#updateMeshes();
    return this.#tiles.every((tile) => tile.isReady(size));
  }

  /**
   * Draws all exact tiles and reads them at once, unless nothing has moved since.
   *
   * @throws EnvironmentError while shaders compile.
   */
  readExactly(): void {
    const { scene } = this;
    if (this.#drawnAt === scene.getRenderId() && this.#isPacked) return;
    const target = this.#pack();
    const size = target.getSize();
    const exact = this.#tiles.filter(({ options }) => options.exact);
    this.#updateMeshes();
    for (const tile of exact) {
      if (tile.isReady(size)) continue;
      throw new EnvironmentError(
        `cameraSensor: needed shaders that are compiled, came some that still are being. Await camerasReady(scene) before the first decision.`,
      );
    }
    // Babylon makes room for every drawing of a frame, so where nobody counts frames it would make more and more.
    if (this.#engine.frameId === this.#exactFrame) {
      this.#engine.beginFrame();
      this.#engine.endFrame();
    }
    this.#exactFrame = this.#engine.frameId;
    for (const tile of exact) tile.draw(target, scene.clearColor);
    const region = surround(exact);
    const bytes = 4 * region.width * region.height;
    if (this.#exactPixels.length !== bytes) this.#exactPixels = new Uint8Array(bytes);
    readPixelsNow(this.#engine, target, region, this.#exactPixels);
    this.#drawnAt = scene.getRenderId();
    this.#region = region;
  }

  /** Gives an exact tile its newest picture. After `readExactly`. */
  pushExactly(tile: CameraTile): void {
    const bytesPerRow = 4 * this.#region.width;
    const offset = (tile.y - this.#region.y) * bytesPerRow + 4 * (tile.x - this.#region.x);
    tile.pictures.push({ bytes: this.#exactPixels, offset, bytesPerRow });
  }

  #finishFrame(): void {
    for (const tile of this.#tiles) tile.asks = 0;
    if (isContextLost(this.#engine)) return;
    this.poll();
    if (this.#tiles.some((tile) => tile.isWanted)) this.#drawWanted();
    for (const listener of this.#listeners) listener();
  }

  #drawWanted(): void {
    const target = this.#pack();
    this.#updateMeshes();
    for (const tile of this.#tiles) {
      if (tile.isWanted) tile.draw(target, this.scene.clearColor);
    }
    const asked = this.#tiles.filter((tile) => tile.isAsked && tile.isDrawn);
    if (asked.length === 0) return;
    const region = surround(asked);
    const requests = asked.map((tile) => ({ tile, x: tile.x, y: tile.y, episode: tile.episode }));
    this.#readback ??= createPixelReadback(this.#engine);
    const isStarted = this.#readback.start(target, region, ({ bytes, offset, bytesPerRow }) => {
      for (const { tile, x, y, episode } of requests) {
        if (tile.episode !== episode) continue;
        const at = offset + (y - region.y) * bytesPerRow + 4 * (x - region.x);
        tile.pictures.push({ bytes, offset: at, bytesPerRow });
      }
    });
    if (isStarted) for (const tile of asked) tile.isAsked = false;
  }

  /** Looks for everything that moved since Babylon last looked, which is once a frame and never where nothing renders. */
  #updateMeshes(): void {
    this.scene.incrementRenderId();
    for (const mesh of this.scene.meshes) mesh.computeWorldMatrix();
  }

  /** Gives every tile its place, in a new texture whenever there are other tiles than before. */
  #pack(): RenderTargetTexture {
    if (this.#isPacked && this.#target) return this.#target;
    const { width, height, places } = packPictures(this.#tiles.map(({ options }) => options));
    this.#target?.dispose();
    this.#target = new RenderTargetTexture("agents' cameras", { width, height }, this.scene, {
      generateMipMaps: false,
      type: Constants.TEXTURETYPE_UNSIGNED_BYTE,
      format: Constants.TEXTUREFORMAT_RGBA,
      samplingMode: Constants.TEXTURE_NEAREST_SAMPLINGMODE,
    });
    this.#tiles.forEach((tile, index) => {
      tile.x = places[index].x;
      tile.y = places[index].y;
      tile.eye.setPlace(tile.x, tile.y, { width, height });
      // Its picture was in the old texture; a GPU policy may want it once more.
      if (tile.isDrawn) tile.isWanted = !tile.options.exact;
    });
    this.#isPacked = true;
    this.#drawnAt = -1;
    return this.#target;
  }

  /** After a lost context: the texture's contents and all that was under way are gone. */
  #startAnew(): void {
    this.#readback = null; // its buffers went with the context
    this.#isPacked = false;
    for (const tile of this.#tiles) tile.isWanted = !tile.options.exact;
  }

  #dispose(): void {
    if (atlases.get(this.scene) === this) atlases.delete(this.scene);
    for (const observer of this.#observers) observer.remove();
    for (const tile of this.#tiles.splice(0)) tile.dispose();
    this.#readback?.dispose();
    this.#readback = null;
    this.#target?.dispose();
    this.#target = null;
  }
}

/** The smallest part of the atlas with all these tiles in it. */
function surround(tiles: readonly CameraTile[]): Region {
  let [left, low, right, high] = [Infinity, Infinity, 0, 0];
  for (const { x, y, options } of tiles) {
    left = Math.min(left, x);
    low = Math.min(low, y);
    right = Math.max(right, x + options.width);
    high = Math.max(high, y + options.height);
  }
  return { x: left, y: low, width: right - left, height: high - low };
}
