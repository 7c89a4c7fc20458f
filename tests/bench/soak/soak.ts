import type { Page } from "playwright-core";
import { Random } from "../../../plugin/core/random.ts";
import { launchChromium, openPage, serveSite } from "../../browser/harness.ts";
import { buildSite } from "../pages/build-page.ts";
import type { Tally } from "../pages/soak-probe.ts";
import type { Sample } from "./growth.ts";
import { MemoryWatch } from "./live-memory.ts";

/** How to soak. */
export interface SoakOptions {
  /** How long to play and to count, in real time. */
  readonly seconds: number;
  readonly secondsPerSample: number;
  /** So often the run that teaches on the page is forgotten and another one begun. */
  readonly secondsPerRun: number;
  /** Plays that do not count yet: caches fill. */
  readonly warmUp: number;
  /** `"webgpu"` or `"webgl2"`; default: as the game chooses. */
  readonly renderer?: string | undefined;
  /** Also adds an observer every second that nobody removes, to prove that it is noticed. */
  readonly leak?: boolean;
  readonly log?: (line: string) => void;
}

/** What came of it. */
export interface SoakResult extends Tally {
  readonly samples: readonly Sample[];
  readonly swapsPerSecond: number;
  readonly seconds: number;
  /** Runs that taught on the page, and games that were begun. */
  readonly runs: number;
  readonly games: number;
  readonly renderer: string;
  readonly complaints: readonly string[];
}

/** The part of the game's hook that is read here. */
interface Yard {
  readonly phase: string;
  readonly games: number;
  readonly renderer: string;
  readonly teaching: { readonly state: string; readonly decisions: number };
}

const root = new URL("../../../", import.meta.url);
const KEYS = ["KeyW", "KeyA", "KeyS", "KeyD"];
const PATIENCE = 120_000;
const CLICK_PATIENCE = 5_000;
/** Small, since without a GPU pixels are dear, but wide enough for the panel to stay open beside the game. */
const VIEWPORT = { width: 800, height: 450 };

/**
 * Plays Golem Yard in Chromium, by the keyboard, while a worker teaches on the page, and gives the golems another policy
 * every second. Counts what is alive every few seconds, whenever a run is under way.
 */
export async function soak(options: SoakOptions): Promise<SoakResult> {
  const { log = () => {} } = options;
  log("Building the game with a probe …");
  const built = await buildSite({
    root: new URL("sample-game/", root),
    page: "index.html",
    config: new URL("vite.config.ts", root),
    probe: new URL("../pages/soak-probe.ts", import.meta.url),
  });
  const site = await serveSite({ folder: built.folder });
  const browser = await launchChromium();
  try {
    const renderer = options.renderer ? `&renderer=${options.renderer}` : "";
    const visit = await openPage(browser, "about:blank", { viewport: VIEWPORT, allow: [/models\//] });
    const watch = await MemoryWatch.open(visit.page);
    await visit.page.goto(`${site.url}?seed=1&quality=low${renderer}`);
    const player = new Player(visit.page, watch);
    await player.begin();
    if (options.leak) await visit.page.evaluate(() => globalThis.soakProbe.leak());
    await player.play(options.warmUp, options);
    const start = await player.look();
    const samples = await player.play(options.seconds, options);
    const end = await player.look();
    const seconds = (end.time - start.time) / 1000;
    const swaps = {
      file: end.swaps.file - start.swaps.file,
      assign: end.swaps.assign - start.swaps.assign,
      stream: end.swaps.stream - start.swaps.stream,
    };
    return {
      samples,
      swaps,
      swapsPerSecond: (swaps.file + swaps.assign + swaps.stream) / seconds,
      seconds,
      runs: player.runs,
      games: end.games - start.games,
      frames: end.frames - start.frames,
      decisions: end.decisions - start.decisions,
      renderer: end.renderer,
      complaints: visit.complaints,
    };
  } finally {
    await browser.close();
    await site.close();
    await built.remove();
  }
}

/** Somebody who plays, teaches, swaps policies and counts, all on one page. */
class Player {
  readonly #page: Page;
  readonly #watch: MemoryWatch;
  readonly #random = new Random(1);
  /** How many runs have taught. */
  runs = 0;

  constructor(page: Page, watch: MemoryWatch) {
    this.#page = page;
    this.#watch = watch;
  }

  /** Waits for the game and begins to teach. */
  async begin(): Promise<void> {
    await this.#page.waitForFunction(() => "golemYard" in globalThis, null, { timeout: PATIENCE });
    await this.#page.evaluate(() => globalThis.soakProbe.begin());
    await this.#click("teach");
    await this.#teach();
  }

  /** Plays for so many seconds. @returns The samples of that time. */
  async play(seconds: number, { secondsPerSample, secondsPerRun, log = () => {} }: SoakOptions): Promise<Sample[]> {
    const start = performance.now();
    const elapsed = (): number => (performance.now() - start) / 1000;
    const samples: Sample[] = [];
    let nextRun = secondsPerRun;
    let nextSample = 0;
    for (let second = 1; elapsed() < seconds; second++) {
      await this.#steer();
      if (elapsed() >= nextRun) {
        nextRun += secondsPerRun;
        await this.#click("teach-stop");
        await this.#waitForState("finished");
        await this.#click("teach-reset");
        await this.#waitForState("idle");
        await this.#teach();
      }
      if (elapsed() >= nextSample) {
        const sample = await this.#sample(elapsed());
        if (sample) {
          nextSample += secondsPerSample;
          samples.push(sample);
          log(JSON.stringify(sample));
        }
      }
      const rest = second - elapsed();
      if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest * 1000));
    }
    return samples;
  }

  /** How things stand. */
  async look(): Promise<Tally & Pick<Yard, "games" | "renderer"> & { readonly time: number }> {
    const { games, renderer } = await this.#yard();
    const tally = await this.#page.evaluate(() => globalThis.soakProbe.tally());
    return { ...tally, games, renderer, time: performance.now() };
  }

  /** Begins a game when there is none, and runs somewhere else. */
  async #steer(): Promise<void> {
    const { keyboard } = this.#page;
    for (const key of KEYS) await keyboard.up(key);
    if ((await this.#yard()).phase !== "play") {
      await this.#page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      await keyboard.press("KeyR");
    }
    await keyboard.down(KEYS[this.#random.integer(KEYS.length)]);
  }

  async #teach(): Promise<void> {
    await this.#click("teach-fresh");
    this.runs += 1;
    await this.#waitForState("running");
  }

  /** @returns Null while no run is under way: workers would be missing. */
  async #sample(seconds: number): Promise<Sample | null> {
    if ((await this.#yard()).teaching.state !== "running") return null;
    const census = await this.#page.evaluate(() => globalThis.soakProbe.census());
    const { page, workers, domNodes, listeners } = await this.#watch.read();
    return {
      seconds: Math.round(seconds * 10) / 10,
      ...census,
      workers: workers.length,
      pageWasm: page.wasm,
      workerWasm: Math.max(0, ...workers.map(({ wasm }) => wasm)),
      pageHeap: page.heap,
      workerHeap: Math.max(0, ...workers.map(({ heap }) => heap)),
      domNodes,
      listeners,
    };
  }

  #yard(): Promise<Yard> {
    return this.#page.evaluate(() => {
      const { phase, games, renderer, teaching } = (globalThis as unknown as { golemYard: Yard }).golemYard;
      return { phase, games, renderer, teaching: { state: teaching.state, decisions: teaching.decisions } };
    });
  }

  async #waitForState(state: string): Promise<void> {
    await this.#page.waitForFunction(
      (wanted) => (globalThis as unknown as { golemYard: Yard }).golemYard.teaching.state === wanted,
      state,
      { timeout: PATIENCE },
    );
  }

  /** As a person would: when a card lies over the button, because a game is over, with a new game first. */
  async #click(name: string): Promise<void> {
    const start = performance.now();
    for (;;) {
      await this.#steer();
      try {
        return await this.#page.click(`[data-test="${name}"]`, { timeout: CLICK_PATIENCE });
      } catch (error) {
        if (performance.now() - start > PATIENCE) throw error;
      }
    }
  }
}
