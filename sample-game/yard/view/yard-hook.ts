import type { AbstractEngine } from "@babylonjs/core/Engines/abstractEngine.js";
import type { QualityLevel } from "../../shell/quality.ts";
import type { Renderer } from "../../shell/room.ts";
import type { Scene } from "@babylonjs/core/scene.js";
import { encodePolicy, type Policy } from "../../../plugin/index.ts";
import { projectGolem } from "./golem-picker.ts";
import type { MindId } from "./mind-choice.ts";
import type { Teaching } from "./teaching.ts";
import type { YardGame } from "./yard-game.ts";

/** What the hook looks at. */
export interface YardHookSources {
  readonly game: YardGame;
  readonly teaching: Teaching;
  readonly renderer: Renderer;
  readonly engine: AbstractEngine;
  readonly scene: Scene;
  readonly canvas: HTMLElement;
  readonly mind: () => MindId;
  readonly policy: () => Policy | null;
  readonly quality: () => QualityLevel;
  readonly selected: () => number;
}

/**
 * The read-only state of the Yard that tests see as `window.golemYard`. Every property is computed when it is read.
 */
export interface YardHook {
  readonly room: "yard";
  readonly phase: "demo" | "play" | "over";
  readonly outcome: "playing" | "escaped" | "caught" | "timeUp";
  readonly games: number;
  readonly score: number;
  readonly secondsElapsed: number;
  readonly thief: { readonly x: number; readonly z: number };
  readonly golems: readonly { readonly x: number; readonly z: number; readonly yaw: number }[];
  readonly carried: number;
  readonly piecesOut: number;
  readonly fps: number;
  readonly quality: QualityLevel;
  readonly renderer: Renderer;
  readonly mind: MindId;
  readonly selectedGolem: number;
  readonly teaching: {
    readonly state: string;
    readonly decisions: number;
    readonly catchRate: number;
    readonly problem: string | null;
  };
  /** Where a golem is in the picture, in CSS pixels. */
  golemOnPage(golem: number): { readonly x: number; readonly y: number };
  /** The golems' present mind as a policy file. */
  policyFile(): Uint8Array | null;
}

/** Makes the hook. */
export function inspectYard(sources: YardHookSources): YardHook {
  const { game, teaching, engine, renderer } = sources;
  return {
    room: "yard",
    renderer,
    get phase() {
      return game.phase;
    },
    get outcome() {
      return game.referee.outcome;
    },
    get games() {
      return game.games;
    },
    get score() {
      return game.referee.score;
    },
    get secondsElapsed() {
      return game.referee.elapsed;
    },
    get thief() {
      const { x, z } = game.world.thief;
      return { x, z };
    },
    get golems() {
      return game.golems.map(({ x, z, yaw }) => ({ x, z, yaw }));
    },
    get carried() {
      return game.referee.carried;
    },
    get piecesOut() {
      return game.referee.piecesOut;
    },
    get fps() {
      return engine.getFps();
    },
    get quality() {
      return sources.quality();
    },
    get mind() {
      return sources.mind();
    },
    get selectedGolem() {
      return sources.selected();
    },
    get teaching() {
      const last = teaching.samples.at(-1);
      return {
        state: teaching.state,
        decisions: last?.decisions ?? 0,
        catchRate: last?.catchRate ?? 0,
        problem: teaching.problem,
      };
    },
    golemOnPage(golem) {
      const { x, y } = projectGolem(sources.scene, sources.canvas, game.golems[golem]);
      return { x, y };
    },
    policyFile() {
      const policy = sources.policy();
      return policy ? encodePolicy(policy.toData()) : null;
    },
  };
}
