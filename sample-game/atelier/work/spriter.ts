import type { Sprite } from "../../../plugin/paint.ts";
import { atelierConfig } from "../rules/config.ts";
import type { ShieldLook } from "../rules/shield-look.ts";
import {
  codeSum,
  faded,
  firstSpriting,
  isReady,
  picked,
  pixelSum,
  SHEET_COLUMNS,
  SHEET_SHIELDS,
  sheetSeeds,
  WALK_STEPS,
  withNetwork,
  withOwn,
  withTool,
  type SheetShield,
  type SpriteNetwork,
  type SpritePlace,
  type SpriteStep,
  type SpriteTool,
} from "../rules/spriting.ts";
import { Timeline } from "../rules/timeline.ts";
import { Listeners } from "./listeners.ts";
import type { SpriteArtist } from "./sprite-artist.ts";

/** What came of chosen shields: the way from A to it, with codes and with pixels, `WALK_STEPS` sprites each. */
export interface SpriteResult {
  readonly codes: readonly Sprite[];
  readonly pixels: readonly Sprite[];
}

/** What the session works with. */
export interface SpriterTools {
  readonly artist: SpriteArtist;
  /** Where the dice begin. */
  readonly seed: number;
}

/** Sheets that are kept, so that going back costs nothing. */
const KEPT_SHEETS = 12;
/** Which sprite of the way is looked at first: half way where somebody walks, else the end. */
const FIRST_LOOK: Readonly<Record<SpriteTool, number>> = {
  walk: (WALK_STEPS - 1) / 2,
  change: WALK_STEPS - 1,
  sum: WALK_STEPS - 1,
};

/** Shields that are imagined and reckoned with, step by step. */
export class Spriter {
  readonly onChange = new Listeners();
  readonly #artist: SpriteArtist;
  readonly #timeline: Timeline<SpriteStep>;
  /** Shields by network and seed, the last ones last; those that have not come yet are missing. */
  readonly #sheets = new Map<string, SheetShield[]>();
  readonly #looks = new WeakMap<SheetShield, ShieldLook>();
  #chance: number;
  #isLocked = false;
  #at = { ...FIRST_LOOK };
  /** What made the present step, where more of the same belongs to it. */
  #gesture: string | null = null;
  #result: SpriteResult | null = null;
  /** What the result is of. */
  #shown: SpriteStep | null = null;
  #isReckoning = false;
  #problem: string | null = null;
  #isDisposed = false;

  constructor({ artist, seed }: SpriterTools) {
    this.#artist = artist;
    this.#chance = seed >>> 0;
    this.#timeline = new Timeline(firstSpriting(this.#chance % 10_000), {
      steps: atelierConfig.historySteps,
      weight: Infinity,
    });
  }

  get step(): SpriteStep {
    return this.#timeline.present;
  }

  /** How many steps were taken, those that were undone not counted. */
  get index(): number {
    return this.#timeline.index;
  }

  get canUndo(): boolean {
    return this.#timeline.canUndo;
  }

  get canRedo(): boolean {
    return this.#timeline.canRedo;
  }

  get isLocked(): boolean {
    return this.#isLocked;
  }

  /** Shields of the present sheet, as far as they have come. */
  get sheet(): readonly SheetShield[] {
    return this.#sheets.get(sheetKey(this.step)) ?? [];
  }

  /** Null while places are empty, and until it has come. */
  get result(): SpriteResult | null {
    return this.#result;
  }

  /** Which sprite of the way is looked at. */
  get at(): number {
    return this.#at[this.step.tool];
  }

  /** What A is like, as far as it was read. */
  get look(): ShieldLook | null {
    const { A } = this.step.places;
    return (A && this.#looks.get(A)) ?? null;
  }

  /** Whether something is still being imagined or reckoned. */
  get isWorking(): boolean {
    return this.#problem === null && (this.#shown !== this.step || this.sheet.length < SHEET_SHIELDS);
  }

  /** What went wrong, for people; null while nothing has. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Imagines what is missing; also what could not be imagined before. */
  begin(): void {
    this.#problem = null;
    this.#settle();
  }

  undo(): void {
    if (this.#timeline.undo()) this.#arrive();
  }

  redo(): void {
    if (this.#timeline.redo()) this.#arrive();
  }

  setLocked(isLocked: boolean): void {
    this.#isLocked = isLocked;
    this.onChange.tell();
  }

  /** Another sheet. Chosen shields stay. */
  setSeed(seed: number): void {
    if (seed !== this.step.seed) this.#push({ ...this.step, seed });
  }

  rollSeed(): void {
    if (this.#isLocked) return;
    // A linear congruential generator (Numerical Recipes): short seeds are easier to tell each other.
    this.#chance = (Math.imul(this.#chance, 1664525) + 1013904223) >>> 0;
    this.setSeed((this.#chance >>> 8) % 10_000);
  }

  setNetwork(network: SpriteNetwork): void {
    if (network !== this.step.network) this.#push(withNetwork(this.step, network));
  }

  setTool(tool: SpriteTool): void {
    if (tool !== this.step.tool) this.#push(withTool(this.step, tool));
  }

  /** Shields go there from now on. */
  activate(active: SpritePlace): void {
    if (active !== this.step.active) this.#push({ ...this.step, active });
  }

  pick(shield: SheetShield): void {
    this.#push(picked(this.step, shield));
  }

  /** Says what A shall be like. @param gesture - Changes of the same name, one after another, are one step. */
  change(part: Partial<ShieldLook>, gesture: string | null = null): void {
    this.#push({ ...this.step, wish: { ...this.step.wish, ...part } }, gesture);
  }

  /** A as it is. */
  resetWish(): void {
    this.#push({ ...this.step, wish: {} });
  }

  lookAt(at: number): void {
    this.#at = { ...this.#at, [this.step.tool]: at };
    this.onChange.tell();
  }

  /** Takes a picture of one's own. @throws Error with what went wrong, for people. */
  async take(name: string, source: Sprite): Promise<void> {
    const { code, sprite } = await this.#artist.repeat(source);
    if (!this.#isDisposed) this.#push(withOwn(this.step, { name, code, sprite, source }));
  }

  dispose(): void {
    this.#isDisposed = true;
  }

  #push(step: SpriteStep, gesture: string | null = null): void {
    if (gesture !== null && gesture === this.#gesture) this.#timeline.replace(step);
    else this.#timeline.push(step);
    this.#gesture = gesture;
    this.#problem = null;
    this.#settle();
  }

  #arrive(): void {
    this.#gesture = null;
    this.#problem = null;
    this.#settle();
  }

  #settle(): void {
    void this.#imagine();
    void this.#reckon();
    this.onChange.tell();
  }

  /** Fills the present sheet row by row, and leaves off when another one is wanted. */
  async #imagine(): Promise<void> {
    const { network, seed } = this.step;
    const key = sheetKey(this.step);
    if (this.#sheets.has(key)) return;
    const sheet: SheetShield[] = [];
    this.#sheets.set(key, sheet);
    const seeds = sheetSeeds(seed);
    try {
      while (sheet.length < SHEET_SHIELDS) {
        const row = seeds.slice(sheet.length, sheet.length + SHEET_COLUMNS);
        const made = await this.#artist.imagine(network, row);
        if (this.#isDisposed) return;
        const first = sheet.length;
        sheet.push(...made.map((each, i) => ({ ...each, name: shieldName(seed, first + i), source: null })));
        if (sheetKey(this.step) !== key && sheet.length < SHEET_SHIELDS) {
          this.#sheets.delete(key);
          return;
        }
        this.onChange.tell();
      }
      const [oldest] = this.#sheets.keys();
      if (this.#sheets.size > KEPT_SHEETS && oldest !== key) this.#sheets.delete(oldest);
    } catch (problem) {
      this.#sheets.delete(key);
      this.#fail(problem);
    }
  }

  /** Reckons what comes of the chosen shields; of several wishes meanwhile only the last. */
  async #reckon(): Promise<void> {
    if (this.#isReckoning) return;
    this.#isReckoning = true;
    try {
      while (!this.#isDisposed && this.#shown !== this.step) {
        const { step } = this;
        this.#result = isReady(step) ? await this.#resultOf(step) : null;
        this.#shown = step;
        this.onChange.tell();
      }
    } catch (problem) {
      this.#result = null;
      this.#fail(problem);
    } finally {
      this.#isReckoning = false;
    }
  }

  async #resultOf(step: SpriteStep): Promise<SpriteResult> {
    const a = step.places.A!;
    const { code, sprite } = await this.#endOf(step, a);
    const codes = await this.#artist.walk(step.network, { from: a.code, to: code });
    const end = sprite ?? codes[WALK_STEPS - 1];
    return { codes, pixels: codes.map((_, i) => faded(a.sprite, end, i / (WALK_STEPS - 1))) };
  }

  /** Where the way from A leads, with codes and with pixels. A change of attributes has no pixels of its own. */
  async #endOf(
    { network, tool, places: { B, C }, wish }: SpriteStep,
    a: SheetShield,
  ): Promise<{ readonly code: Float32Array; readonly sprite: Sprite | null }> {
    if (tool === "walk") return B!;
    if (tool === "sum") {
      return { code: codeSum(network, a.code, B!.code, C!.code), sprite: pixelSum(a.sprite, B!.sprite, C!.sprite) };
    }
    const look = this.#looks.get(a) ?? (await this.#artist.read(a.code));
    if (!this.#looks.has(a)) {
      this.#looks.set(a, look);
      this.onChange.tell();
    }
    return { code: await this.#artist.change(a.code, look, { ...look, ...wish }), sprite: null };
  }

  #fail(problem: unknown): void {
    if (this.#isDisposed) return;
    this.#problem = plainProblem(problem);
    this.onChange.tell();
  }
}

function sheetKey({ network, seed }: SpriteStep): string {
  return `${network} ${seed}`;
}

function shieldName(seed: number, index: number): string {
  return `Shield ${index + 1} of ${seed}`;
}

function plainProblem(problem: unknown): string {
  return problem instanceof Error ? problem.message : String(problem);
}
