import { psnr, type Painter, type PaintProgress, type PaintWatch, type Picture } from "../../../plugin/paint.ts";
import { atelierConfig } from "../rules/config.ts";
import {
  canDo,
  firstMending,
  noHole,
  percent,
  refiningOf,
  sayCode,
  startOf,
  stepAfter,
  wouldRepeat,
  type MendDeed,
  type MendSettings,
  type MendStart,
  type MendStep,
} from "../rules/mending.ts";
import type { Sheet } from "../rules/sheet.ts";
import { Timeline } from "../rules/timeline.ts";
import { Listeners } from "./listeners.ts";
import type { Work } from "./workshop.ts";

/** What mending works with. */
export interface MenderTools {
  readonly painter: Pick<Painter, "denoise" | "reconstruct" | "inpaint" | "regrow">;
  /** Tells people what went wrong. */
  readonly complain: (problem: unknown) => void;
  /** Where the dice begin. */
  readonly seed: number;
}

/** The networks, by what they are needed for. */
export type MendNetwork = "cleans" | "fills";

/** A network's file that is nowhere, or that is none. */
const LACKS: readonly string[] = ["StorageError", "PolicyFileError", "UnsupportedError"];
const TITLES: Readonly<Record<MendDeed, string>> = {
  clean: "Cleaned",
  fill: "Filled",
  grow: "Grown anew",
  code: "From its code",
};
/** Bytes of a picture's pixel, and of the sheet above it. */
const PIXEL_BYTES = 13;

/** A picture that is mended step by step. What is on the bench knows nothing of it until the picture is put there. */
export class Mender {
  /** After anything but progress. */
  readonly onChange = new Listeners();
  readonly onProgress = new Listeners();
  readonly #tools: MenderTools;
  readonly #timeline: Timeline<MendStep | null>;
  readonly #lacks = new Map<MendNetwork, string>();
  #settings: MendSettings;
  #chance: number;
  /** What made the present step. */
  #gesture: object | null = null;
  #cancel: AbortController | null = null;
  #work: Work | null = null;

  constructor(tools: MenderTools) {
    this.#tools = tools;
    this.#chance = tools.seed >>> 0;
    this.#settings = firstMending(this.#chance % 10_000);
    const { historySteps: steps, historyBytes: weight } = atelierConfig;
    this.#timeline = new Timeline<MendStep | null>(null, { steps, weight }, (step) =>
      step ? PIXEL_BYTES * step.picture.width * step.picture.height : 0,
    );
  }

  /** Null before the first picture. */
  get step(): MendStep | null {
    return this.#timeline.present;
  }

  get settings(): MendSettings {
    return this.#settings;
  }

  /** What a network is at; null for none. */
  get work(): Work | null {
    return this.#work;
  }

  get index(): number {
    return this.#timeline.index;
  }

  get canUndo(): boolean {
    return this.#timeline.canUndo;
  }

  get canRedo(): boolean {
    return this.#timeline.canRedo;
  }

  /** Why a network cannot be had, for those who look after the page; null while nothing is wrong. */
  lack(network: MendNetwork): string | null {
    return this.#lacks.get(network) ?? null;
  }

  /** Looks for networks again when they are needed next. */
  forgive(): void {
    this.#lacks.clear();
    this.onChange.tell();
  }

  /** Takes a picture. @param hole - What is scratched out at once. Default nothing. */
  begin(name: string, picture: Picture, { repeats, hole }: { repeats: boolean; hole?: Sheet }): void {
    this.#push({ name, picture, repeats, hole: hole ?? noHole(picture), made: null });
  }

  change(part: Partial<MendSettings>): void {
    this.#settings = { ...this.#settings, ...part };
    this.onChange.tell();
  }

  /** Says whether the picture goes on around its borders. */
  setRepeats(repeats: boolean): void {
    const { step } = this;
    if (step && step.repeats !== repeats) this.#push({ ...step, repeats });
  }

  /** Takes a drawing over. @param gesture - The drag that it belongs to: all of it is one step. Null for a step of its own. */
  scratch(hole: Sheet, gesture: object | null = null): void {
    const { step } = this;
    if (!step) return;
    if (gesture === null || gesture !== this.#gesture) this.#push({ ...step, hole });
    else this.#timeline.replace({ ...step, hole });
    this.#gesture = gesture;
    this.onChange.tell();
  }

  /** Another seed, unless it is locked. */
  rollSeed(): void {
    if (this.#settings.isLocked) return;
    // A linear congruential generator (Numerical Recipes): short seeds are easier to tell each other.
    this.#chance = (Math.imul(this.#chance, 1664525) + 1013904223) >>> 0;
    this.change({ seed: (this.#chance >>> 8) % 10_000 });
  }

  /** Has a network do something. Everything stays as it is until that is done, and where it goes wrong. Never rejects. */
  async run(deed: MendDeed): Promise<void> {
    const { step } = this;
    if (!step || !canDo(step, deed) || this.lack(networkOf(deed)) !== null) return;
    if (deed === "grow" && wouldRepeat(step, this.#settings)) this.rollSeed();
    this.#stop();
    const cancel = new AbortController();
    this.#cancel = cancel;
    this.#tell({ deed: TITLES[deed], stage: "Beginning", done: 0, preview: null });
    this.onChange.tell();
    const { signal } = cancel;
    const onProgress = ({ stage, done }: PaintProgress): void => {
      if (!signal.aborted) this.#tell({ deed: TITLES[deed], stage, done, preview: null });
    };
    try {
      const start = startOf(step, deed);
      const { seed } = this.#settings;
      const { picture, note } = await this.#mend(deed, step, start, { signal, onProgress });
      if (signal.aborted) return;
      this.#push(stepAfter(step, picture, { deed, from: start, seed: deed === "grow" ? seed : null, note }));
    } catch (problem) {
      if (signal.aborted) return;
      this.#stop();
      this.#fail(deed, problem);
    }
  }

  /** Gives up what a network is at, at once. @returns Whether it was at something. */
  cancel(): boolean {
    if (!this.#work) return false;
    this.#stop();
    this.onChange.tell();
    return true;
  }

  undo(): void {
    this.#go(-1);
  }

  redo(): void {
    this.#go(1);
  }

  dispose(): void {
    this.#stop();
  }

  async #mend(
    deed: MendDeed,
    { repeats }: MendStep,
    { picture, hole }: MendStart,
    watch: PaintWatch,
  ): Promise<{ readonly picture: Picture; readonly note: string }> {
    const { painter } = this.#tools;
    const { findsNoise, noise: told, seed } = this.#settings;
    const edges = repeats ? "wrap" : "cut";
    if (deed === "clean") {
      const options = { edges, noise: findsNoise ? "find" : told } as const;
      const { picture: cleaned, noise } = await painter.denoise(picture, options, watch);
      return { picture: cleaned, note: `Noise of ${percent(noise)} ${findsNoise ? "found" : "told"} and taken out.` };
    }
    if (deed === "code") {
      const { picture: made, numbers } = await painter.reconstruct(picture, { edges, ...refiningOf(picture) }, watch);
      return { picture: made, note: sayCode(picture, numbers, psnr(picture, made)) };
    }
    if (deed === "fill") {
      const options = { edges, ...refiningOf(picture) } as const;
      return { picture: await painter.inpaint(picture, hole.inside, options, watch), note: "Holes filled." };
    }
    return {
      picture: await painter.regrow(picture, hole.inside, { edges, seed }, watch),
      note: `Grown with seed ${seed}.`,
    };
  }

  #fail(deed: MendDeed, problem: unknown): void {
    if (problem instanceof Error && LACKS.includes(problem.name)) this.#lacks.set(networkOf(deed), problem.message);
    else this.#tools.complain(problem);
    this.onChange.tell();
  }

  #push(step: MendStep): void {
    this.#stop();
    this.#gesture = null;
    this.#timeline.push(step);
    this.onChange.tell();
  }

  #go(by: number): void {
    this.#stop();
    this.#gesture = null;
    // The first step is that without a picture: one can go back to it as to any other.
    this.#timeline.jump(this.#timeline.index + by);
    this.onChange.tell();
  }

  #stop(): void {
    this.#cancel?.abort();
    this.#cancel = null;
    if (this.#work) this.#tell(null);
  }

  #tell(work: Work | null): void {
    this.#work = work;
    this.onProgress.tell();
  }
}

/** Which network a deed needs. */
export function networkOf(deed: MendDeed): MendNetwork {
  return deed === "clean" ? "cleans" : "fills";
}
