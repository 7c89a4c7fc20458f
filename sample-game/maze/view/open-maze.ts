import { Scene } from "@babylonjs/core/scene.js";
import { createEncoderView, loadPolicy, type AgentGroup, type Policy } from "../../../plugin/index.ts";
import { boxInPicture } from "../../shell/box-in-picture.ts";
import { AdaptiveQuality } from "../../shell/quality.ts";
import type { Room, RoomHost } from "../../shell/room.ts";
import { mazeConfig, patienceFor } from "../rules/config.ts";
import { crossingAt } from "../rules/maze.ts";
import type { Walk } from "../rules/walk.ts";
import { MazeBar, SPEEDS } from "./maze-bar.ts";
import type { FreePart } from "../../scenery/overview-camera.ts";
import { MazeGame } from "./maze-game.ts";
import { MazeHud } from "./maze-hud.ts";
import { inspectMaze } from "./maze-hook.ts";
import { MazeView } from "./maze-view.ts";
import { MindPanel } from "./mind-panel.ts";

/** Where the shipped mind lies, beside the page. */
const SHIPPED_URL = "models/maze/policy.bnp";
/** Longer frames count as this long: slow devices play slowly rather than in jumps. */
const LONGEST_FRAME = 0.1;
const ARROWS: Readonly<Record<string, readonly [column: number, row: number]>> = {
  ArrowUp: [0, 1],
  ArrowRight: [1, 0],
  ArrowDown: [0, -1],
  ArrowLeft: [-1, 0],
};

/** The maze, open: joins the course of mazes, the picture, the panels and the player's wishes. */
export class MazeRoom implements Room {
  readonly name = "Hedge Maze";
  readonly inspect: object;
  readonly #host: RoomHost;
  readonly #view: MazeView;
  readonly #game: MazeGame;
  readonly #hud: MazeHud;
  readonly #panel: MindPanel;
  readonly #bar: MazeBar;
  readonly #quality: AdaptiveQuality;
  readonly #stop = new AbortController();
  readonly #label: string | null;
  #policy: Policy | null = null;
  #shortest = 0;
  #celebrates = false;
  /** Whether there is chalk to draw once the golem has come to where it goes. */
  #chalks = false;
  #disposed = false;

  constructor(host: RoomHost) {
    this.#host = host;
    const { engine, canvas, container, options } = host;
    Scene.MaxDeltaTime = LONGEST_FRAME * 1000;
    this.#view = new MazeView(engine);
    this.#panel = new MindPanel(container);
    this.#bar = new MazeBar(container, {
      newMaze: () => this.#game.begin(),
      setSize: (size) => this.#game.begin(this.#game.seed, size),
      setSpeed: (speed) => this.#setSpeed(speed),
    });
    this.#hud = new MazeHud(container);
    this.#game = new MazeGame(this.#view.scene, options.seed, mazeConfig.size, {
      begin: (walk, isNewMaze) => this.#begin(walk, isNewMaze),
      decided: (group) => this.#decided(group),
      end: (found) => this.#end(found),
    });
    this.#quality = new AdaptiveQuality(engine, options.quality, (level) => this.#view.setQuality(level));
    this.#label = canvas.getAttribute("aria-label");
    canvas.setAttribute("aria-label", "A hedge maze, seen from above. Click or tap a path to lay the gem there.");
    this.inspect = inspectMaze({
      game: this.#game,
      engine,
      renderer: host.renderer,
      quality: () => this.#quality.level,
      hasMind: () => this.#policy !== null,
      pictures: () => this.#panel.drawn,
    });
  }

  /** Loads the mind and begins. */
  async begin(): Promise<void> {
    this.#game.begin(this.#game.seed);
    this.#host.say("Waking the golem…");
    await this.#loadMind();
    if (this.#disposed) return;
    this.#listen();
    this.resize();
  }

  frame(): void {
    const { engine, renderer } = this.#host;
    const seconds = Math.min(LONGEST_FRAME, engine.getDeltaTime() / 1000);
    const game = this.#game;
    game.advance(seconds);
    this.#view.scene.render();
    this.#quality.frame(engine.getDeltaTime() / 1000);
    const mind = this.#policy ? "decides on WASM" : "goes by chance";
    this.#hud.setBadge(renderer, mind, Math.round(engine.getFps()));
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#stop.abort();
    if (this.#label !== null) this.#host.canvas.setAttribute("aria-label", this.#label);
    this.#game.dispose();
    for (const part of [this.#panel, this.#bar, this.#hud]) part.dispose();
    this.#policy?.dispose();
    this.#view.dispose();
  }

  async #loadMind(): Promise<void> {
    let policy: Policy | null = null;
    try {
      policy = await loadPolicy(SHIPPED_URL);
      const view = await createEncoderView(policy.toData());
      if (this.#disposed) {
        policy.dispose();
        view.dispose();
        return;
      }
      this.#game.policy = policy;
      this.#policy = policy;
      this.#panel.setMind(policy, view);
    } catch (problem) {
      policy?.dispose();
      const said = problem instanceof Error ? problem.message : String(problem);
      this.#panel.setMind(null, null);
      this.#hud.say(`The golem has no mind and goes by chance. ${said}`, "bad", 12);
    }
  }

  #listen(): void {
    const { signal } = this.#stop;
    const { canvas } = this.#host;
    this.#view.scene.onBeforeRenderObservable.add(() => this.#draw());
    window.addEventListener("keydown", (event) => this.#key(event), { signal });
    canvas.addEventListener("click", (event) => this.#tap(event.offsetX, event.offsetY), { signal });
  }

  #draw(): void {
    const game = this.#game;
    const seconds = Math.min(LONGEST_FRAME, this.#host.engine.getDeltaTime() / 1000);
    this.#view.update(game.walk, game.progress, seconds, game.speed);
    if (this.#chalks && game.progress > 0.9) this.#drawChalk();
    if (this.#celebrates && game.progress >= 1) {
      this.#celebrates = false;
      this.#view.celebrate(game.walk);
    }
    const { moves, maze } = game.walk;
    this.#hud.update({
      solved: game.solved,
      walked: game.walked,
      moves,
      shortest: this.#shortest,
      patience: patienceFor(maze.size),
    });
  }

  #begin(walk: Walk, isNewMaze: boolean): void {
    if (isNewMaze) this.#view.lay(walk.maze);
    this.#shortest = walk.way;
    this.#celebrates = false;
    this.#drawChalk(walk);
    this.#bar.update(this.#game.seed, this.#game.size, this.#game.speed);
    if (isNewMaze) this.resize();
  }

  #decided(group: AgentGroup): void {
    this.#panel.show(group);
    // A slow page may not have drawn the last line yet.
    if (this.#chalks) this.#drawChalk();
    this.#chalks = true;
  }

  #drawChalk(walk: Walk = this.#game.walk): void {
    this.#chalks = false;
    this.#view.chalk(walk);
  }

  #end(found: boolean): void {
    this.#celebrates = found;
    const { moves } = this.#game.walk;
    if (found) this.#hud.say(`Found in ${moves} moves; the shortest way takes ${this.#shortest}.`, "good");
    else this.#hud.say(`Gave up after ${moves} moves.`, "bad");
  }

  #setSpeed(speed: number): void {
    this.#game.speed = speed;
    this.#bar.update(this.#game.seed, this.#game.size, speed);
  }

  #tap(x: number, y: number): void {
    const spot = this.#view.camera.groundAt(x, y, this.#host.canvas);
    if (spot) this.#layGem(crossingAt(spot.x, spot.z, this.#game.size));
  }

  #layGem(crossing: number): void {
    if (this.#game.layGem(crossing)) this.#hud.say("The gem lies elsewhere now.");
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof HTMLInputElement) return;
    const speed = SPEEDS.find((candidate) => event.code === `Digit${candidate}`);
    if (speed !== undefined) this.#setSpeed(speed);
    if (event.code === "KeyN") this.#game.begin();
    const arrow = ARROWS[event.code];
    if (!arrow) return;
    event.preventDefault();
    const { gem, maze } = this.#game.walk;
    const column = (gem % maze.size) + arrow[0];
    const row = Math.floor(gem / maze.size) + arrow[1];
    if (column < 0 || row < 0 || column >= maze.size || row >= maze.size) return;
    this.#layGem(row * maze.size + column);
  }

  /** Fits the maze into what the panels leave of the picture. */
  resize(): void {
    const { clientWidth: width, clientHeight: height } = this.#host.canvas;
    this.#view.fit(this.#freePart(width), width, height);
  }

  #freePart(width: number): FreePart {
    const panel = boxInPicture(this.#panel.root, this.#host.canvas);
    const bar = boxInPicture(this.#bar.root, this.#host.canvas);
    const isNarrow = panel.right - panel.left > width * 0.8;
    if (isNarrow) return { left: 0, right: width, top: 112, bottom: Math.min(panel.top, bar.top) };
    return { left: panel.right, right: width, top: 64, bottom: bar.top };
  }
}
