import type { AbstractEngine } from "@babylonjs/core/Engines/abstractEngine.js";
import { Constants } from "@babylonjs/core/Engines/constants.js";
import { Texture } from "@babylonjs/core/Materials/Textures/texture.js";
import { Observable } from "@babylonjs/core/Misc/observable.js";
import type { PBRMaterial } from "@babylonjs/core/Materials/PBR/pbrMaterial.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { ConfigurationError } from "../../core/errors.ts";
import { automatonSettings } from "../../paint/automata/automaton-settings.ts";
import { cellColours } from "../../paint/automata/cell-colours.ts";
import type { DabKind } from "../../paint/automata/dab.ts";
import type { Species } from "../../paint/automata/species.ts";
import { picture, type Picture } from "../../paint/picture.ts";
import type { TextureRecipe } from "../../paint/recipe.ts";
import { isContextLost } from "../engine-access.ts";
import type { Colony, ColonyOptions, LivingSnapshot } from "./automata/colony.ts";
import { openColony } from "./automata/open-colony.ts";
import { bakedLiving } from "./living-texture-bake.ts";
import { loadedLiving, restoreFields, savedLiving } from "./living-texture-file.ts";
import {
  assertRate,
  assertSeed,
  assertSteps,
  assertTouch,
  checkedSize,
  LIVING_DEFAULTS,
  plainColour,
  type BakeLivingOptions,
  type LivingTextureOptions,
} from "./living-texture-options.ts";
import { createPictureTexture } from "./picture-texture.ts";
import { recipeIn, withRecipe } from "./recipe-metadata.ts";
import { registerSavedKind } from "./saved-kinds.ts";
import { plainImage, type TextureSize } from "./texture-image.ts";

/** As scene files name the class. */
const KIND = "LivingTexture";
/** A frame that comes late does not make up for more, or it would come even later. */
const MOST_STEPS_A_FRAME = 8;

/**
 * A texture that grows by itself: cells on the GPU that see only their neighbours, and heal what is damaged.
 * `material.albedoTexture = new LivingTexture("moss", { species }, scene)`.
 *
 * It grows while the scene is drawn, by one dispatch a step on WebGPU and one draw a step on WebGL2; steps allocate nothing, and nothing is read back
 * unless it is baked. It tiles. Its recipe, in `metadata.textureRecipe`, makes the same texture in a painter or in another scene;
 * what the brush did is not in it. After a lost context it begins anew with the same species and seed.
 */
export class LivingTexture extends Texture {
  /** Told when its cells are there, also after a lost context. */
  readonly onGrowingObservable = new Observable<LivingTexture>();
  /** Told when the GPU does not take it; then it stays a plain colour. */
  readonly onFailedObservable = new Observable<Error>();
  /** Whether it stands still. The brush works all the same. */
  isPaused = false;
  readonly #options: LivingTextureOptions;
  readonly #observers: readonly { remove(): void }[];
  #species: Species;
  #graft: Species | null;
  #size: TextureSize;
  #seed: number;
  #stepsPerSecond: number;
  #colony: Colony | null = null;
  #opening: Promise<void> = Promise.resolve();
  #generation = 0;
  #due = 0;
  #isTouched = false;
  #isDisposed = false;
  /** Which cells a snapshot is of. */
  readonly #origins = new WeakMap<LivingSnapshot, Colony>();
  readonly #touch = { kind: "erase" as DabKind, across: 0, down: 0, radius: 0, share: 0 };

  /** @throws ConfigurationError for a name or options that cannot be. */
  constructor(name: string, options: LivingTextureOptions, scene: Scene) {
    const who = `LivingTexture "${name}"`;
    if (name === "") throw new ConfigurationError(`LivingTexture: needed a name, came an empty one. Give one.`);
    const { species, graft = null, seed = 0, mipmaps = true } = options;
    const { stepsPerSecond = LIVING_DEFAULTS.stepsPerSecond } = options;
    const engine = scene.getEngine();
    const size = checkedSize(who, options.size ?? LIVING_DEFAULTS.size, engine);
    assertSeed(who, seed);
    assertRate(who, stepsPerSecond);
    super(null, scene, { noMipmap: !mipmaps, invertY: true, gammaSpace: true });
    this.name = name;
    this.#options = options;
    this.#species = species;
    this.#graft = graft;
    this.#size = size;
    this.#seed = seed;
    this.#stepsPerSecond = stepsPerSecond;
    this.wrapU = this.wrapV = Constants.TEXTURE_WRAP_ADDRESSMODE;
    this.anisotropicFilteringLevel = Math.min(8, Math.max(1, engine.getCaps().maxAnisotropy));
    this.#showPlain();
    this.#writeRecipe();
    this.#observers = [
      scene.onBeforeRenderObservable.add(() => this.#tick(engine.getDeltaTime() / 1000)),
      engine.onContextLostObservable.add(() => this.#letGo()),
      engine.onContextRestoredObservable.add(() => this.#open()),
    ];
    this.#open();
  }

  /** What grows. */
  get species(): Species {
    return this.#species;
  }

  /** The second species, or null. */
  get graft(): Species | null {
    return this.#graft;
  }

  /** Which of the endless variations. */
  get seed(): number {
    return this.#seed;
  }

  /** Steps since it began; 0 until the GPU is ready. */
  get steps(): number {
    return this.#colony?.steps ?? 0;
  }

  /** Whether its cells are there: not before `whenGrowing`, nor while the graphics context is lost. */
  get isGrowing(): boolean {
    return this.#colony !== null;
  }

  /** Steps in a second of the scene, 0 to 240. @throws ConfigurationError for another number. */
  get stepsPerSecond(): number {
    return this.#stepsPerSecond;
  }

  set stepsPerSecond(rate: number) {
    assertRate(this.#who, rate);
    this.#stepsPerSecond = rate;
  }

  /** How it is made anew, up to its present step; also in its metadata. */
  get recipe(): TextureRecipe {
    this.#writeRecipe();
    return recipeIn(this.metadata)!;
  }

  override getClassName(): string {
    return "LivingTexture";
  }

  /** Waits until the GPU is ready. @throws UnsupportedError where it does not take it. */
  async whenGrowing(): Promise<this> {
    await this.#opening;
    return this;
  }

  /** Grows at once. @param steps - A whole number, 1 to 10,000. @throws ConfigurationError before it is ready, or for another number. */
  grow(steps: number): void {
    assertSteps(this.#who, steps);
    this.#ready("grow").step(steps);
  }

  /**
   * Clears a disc; it stays bare until life comes back from around it.
   *
   * @param u - As a picked point gives it: from the left.
   * @param v - From below.
   * @param radius - In shares of the shorter side.
   */
  erase(u: number, v: number, radius: number): void {
    this.#dab("erase", u, v, radius, 0);
  }

  /** Sows a disc: its cells begin anew. Parameters as `erase`. */
  sow(u: number, v: number, radius: number): void {
    this.#dab("seed", u, v, radius, 0);
  }

  /** Gives a disc a share of the second species, 0 to 1. Other parameters as `erase`. @throws ConfigurationError without a second species. */
  graftAt(u: number, v: number, radius: number, share = 1): void {
    if (!this.#graft) {
      throw new ConfigurationError(
        `${this.#who}: needed a second species to graft, came none. Call setSpecies with two.`,
      );
    }
    this.#dab("graft", u, v, radius, share);
  }

  /** Other species for the same cells: what is there grows on by the new rule. @param graft - Default none. */
  setSpecies(species: Species, graft: Species | null = null): void {
    this.#species = species;
    this.#graft = graft;
    this.#colony?.setSpecies(species, graft);
    this.#isTouched = true;
    this.#writeRecipe();
  }

  /** Begins anew. @throws ConfigurationError for no whole number. */
  async reseed(seed: number): Promise<void> {
    assertSeed(this.#who, seed);
    this.#seed = seed;
    this.#writeRecipe();
    this.#open();
    await this.#opening;
  }

  /** Begins anew at another size; the old picture stays until then. @throws ConfigurationError for a size that cannot be. */
  async resize(size: number | TextureSize): Promise<void> {
    this.#size = checkedSize(this.#who, size, this.#engine);
    this.#writeRecipe();
    this.#open();
    await this.#opening;
  }

  /**
   * Remembers all cells as they are, on the GPU, to go back to by `restore`: what the brush has done can be undone. Takes 64 bytes a cell, 4 MiB
   * at 256 × 256, until it is disposed of. @throws ConfigurationError before the texture is ready.
   */
  snapshot(): LivingSnapshot {
    const colony = this.#ready("remember");
    const snapshot = colony.snapshot();
    this.#origins.set(snapshot, colony);
    return snapshot;
  }

  /**
   * Puts all cells back as they were; they grow on from there in the same way. The snapshot stays good.
   *
   * @throws ConfigurationError for a snapshot of cells that are gone: `reseed`, `resize` and a lost context begin with others.
   */
  restore(snapshot: LivingSnapshot): void {
    const colony = this.#ready("go back");
    if (this.#origins.get(snapshot) !== colony) {
      throw new ConfigurationError(
        `${this.#who}: needed a snapshot of the cells that it has now, came one of others. Take a new one after reseed, resize or a lost context.`,
      );
    }
    colony.restore(snapshot);
    this.#isTouched = true;
  }

  /** Reads the numbers of all cells, once, as `CellField.read` gives them. */
  async readCells(): Promise<Float32Array> {
    await this.#opening;
    return this.#ready("read").read();
  }

  /** Reads what it looks like, once: sRGB, [height, width, 3], seamless. */
  async bake(): Promise<Picture> {
    const cells = await this.readCells();
    const { width, height } = this.#size;
    const bare = this.#options.bareColour ?? LIVING_DEFAULTS.bareColour;
    return picture(height, width, 3, cellColours(cells, { species: this.#species, graft: this.#graft, bare }));
  }

  /**
   * Makes a material of what it looks like now, which stands still. Dispose of it with `material.dispose(false, true)`.
   *
   * @throws ConfigurationError for estimated maps without a painter; else as `paintMaterial`.
   */
  async bakeMaterial(name: string, options: BakeLivingOptions = {}): Promise<PBRMaterial> {
    return bakedLiving(this, this.#scene, name, options);
  }

  /** For scene files, which bring it back by `LivingTexture.Parse`, with its species and without what the brush did. */
  override serialize(): Record<string, unknown> {
    this.#writeRecipe();
    const { start = LIVING_DEFAULTS.start, bareColour = LIVING_DEFAULTS.bareColour } = this.#options;
    return savedLiving(this, KIND, { start, bareColour }, plainColour(this.#options));
  }

  /** Brings a saved texture back; Babylon's loaders call it. @throws TextureFileError, PolicyFileError, ConfigurationError when damaged. */
  static override Parse(saved: Readonly<Record<string, unknown>>, scene: Scene): LivingTexture {
    const name = String(saved["name"]);
    const texture = new LivingTexture(name, loadedLiving(`LivingTexture "${name}"`, saved), scene);
    restoreFields(texture, saved);
    return texture;
  }

  /** Ends its growth and frees it. May be called twice. */
  override dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    for (const observer of this.#observers) observer.remove();
    this.#letGo();
    this.onGrowingObservable.clear();
    this.onFailedObservable.clear();
    super.dispose();
  }

  get #who(): string {
    return `LivingTexture "${this.name}"`;
  }

  get #engine(): AbstractEngine {
    return this.#scene.getEngine();
  }

  get #scene(): Scene {
    const scene = this.getScene();
    if (scene && !this.#isDisposed) return scene;
    throw new ConfigurationError(
      `${this.#who}: needed a texture in use, came one that was disposed of. Make it again.`,
    );
  }

  #ready(what: string): Colony {
    if (this.#colony) return this.#colony;
    throw new ConfigurationError(
      `${this.#who}: needed a GPU that is ready to ${what}, came one that is not. Await whenGrowing() first.`,
    );
  }

  #dab(kind: DabKind, u: number, v: number, radius: number, share: number): void {
    assertTouch(this.#who, u, v, radius, share);
    const touch = this.#touch;
    touch.kind = kind;
    touch.across = u;
    touch.down = 1 - v;
    touch.radius = radius;
    touch.share = share;
    this.#ready(kind).dab(touch);
    this.#isTouched = true;
  }

  #tick(seconds: number): void {
    const colony = this.#colony;
    if (!colony) return;
    this.#due = this.isPaused ? 0 : this.#due + seconds * this.#stepsPerSecond;
    const steps = Math.min(MOST_STEPS_A_FRAME, Math.floor(this.#due));
    if (steps > 0) {
      this.#due = Math.min(1, this.#due - steps);
      colony.step(steps);
    } else if (this.#isTouched) colony.show();
    this.#isTouched = false;
  }

  #open(): void {
    const generation = ++this.#generation;
    const engine = this.#engine;
    this.#opening = openColony(engine, this.#colonyOptions).then(
      (colony) => {
        if (this.#isDisposed || generation !== this.#generation || isContextLost(engine)) {
          colony.dispose();
          colony.texture.dispose();
          return;
        }
        this.#colony?.dispose();
        this.#colony = colony;
        this.#due = 0;
        this.#replace(colony.texture);
        this.onGrowingObservable.notifyObservers(this);
      },
      (error: unknown) => {
        if (!this.#isDisposed && generation === this.#generation) {
          this.onFailedObservable.notifyObservers(error instanceof Error ? error : new Error(String(error)));
        }
        throw error;
      },
    );
    this.#opening.catch(() => {}); // told to observers, and to whoever awaits
  }

  get #colonyOptions(): ColonyOptions {
    const { start = LIVING_DEFAULTS.start, bareColour: bare = LIVING_DEFAULTS.bareColour } = this.#options;
    const [species, graft, seed] = [this.#species, this.#graft, this.#seed];
    const look = { mipmaps: !this.noMipmap, samplingMode: this.samplingMode, bare };
    return { species, graft, seed, ...this.#size, alive: start === "everywhere", ...look };
  }

  #letGo(): void {
    this.#generation += 1;
    this.#colony?.dispose();
    this.#colony = null;
  }

  #showPlain(): void {
    const options = { mipmaps: !this.noMipmap, samplingMode: this.samplingMode };
    this.#replace(createPictureTexture(this.#engine, plainImage(plainColour(this.#options)), options));
  }

  #replace(internal: NonNullable<Texture["_texture"]>): void {
    const old = this._texture;
    this._texture = internal;
    old?.dispose();
    this.#scene.markAllMaterialsAsDirty(Constants.MATERIAL_TextureDirtyFlag, (material) => material.hasTexture(this));
  }

  #writeRecipe(): void {
    const settings = automatonSettings(this.#species, this.#graft, Math.max(1, this.steps));
    this.metadata = withRecipe(this.metadata, {
      format: "babylon-neural-texture",
      version: 1,
      generator: "automaton",
      seed: this.#seed,
      ...this.#size,
      settings,
      pictures: [],
    });
  }
}

registerSavedKind(KIND, LivingTexture.Parse);
