import type { AbstractEngine } from "@babylonjs/core/Engines/abstractEngine.js";
import type { QualityLevel } from "../../shell/quality.ts";
import type { Renderer } from "../../shell/room.ts";
import type { MazeGame } from "./maze-game.ts";

/** What the hook looks at. */
export interface MazeHookSources {
  readonly game: MazeGame;
  readonly engine: AbstractEngine;
  readonly renderer: Renderer;
  readonly quality: () => QualityLevel;
  readonly hasMind: () => boolean;
  readonly pictures: () => number;
}

/** The read-only state of the maze that tests see as `window.golemYard`. Every property is computed when it is read. */
export interface MazeHook {
  readonly room: "maze";
  readonly walked: number;
  readonly solved: number;
  readonly seed: number;
  readonly size: number;
  readonly speed: number;
  readonly moves: number;
  readonly crossing: number;
  readonly gem: number;
  readonly outcome: "walking" | "found" | "gaveUp";
  /** Whether a taught policy decides. */
  readonly hasMind: boolean;
  /** How often what the golem sees was drawn. */
  readonly pictures: number;
  readonly fps: number;
  /** Textures that the page's engine holds: a room that was left must leave none behind. */
  readonly textures: number;
  /** Scenes that the page's engine holds. */
  readonly scenes: number;
  readonly quality: QualityLevel;
  readonly renderer: Renderer;
}

/** Makes the hook. */
export function inspectMaze(sources: MazeHookSources): MazeHook {
  const { game, engine, renderer } = sources;
  return {
    room: "maze",
    renderer,
    get walked() {
      return game.walked;
    },
    get solved() {
      return game.solved;
    },
    get seed() {
      return game.seed;
    },
    get size() {
      return game.size;
    },
    get speed() {
      return game.speed;
    },
    get moves() {
      return game.walk.moves;
    },
    get crossing() {
      return game.walk.crossing;
    },
    get gem() {
      return game.walk.gem;
    },
    get outcome() {
      return game.walk.outcome;
    },
    get hasMind() {
      return sources.hasMind();
    },
    get pictures() {
      return sources.pictures();
    },
    get fps() {
      return engine.getFps();
    },
    get textures() {
      return engine.getLoadedTexturesCache().length;
    },
    get scenes() {
      return engine.scenes.length;
    },
    get quality() {
      return sources.quality();
    },
  };
}
