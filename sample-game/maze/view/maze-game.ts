import type { Scene } from "@babylonjs/core/scene.js";
import {
  playLesson,
  Random,
  type AgentGroup,
  type LessonPlay,
  type PlayedEpisode,
  type Policy,
} from "../../../plugin/index.ts";
import { beginWalk, mazeLesson, moveGem, type MazeWorld } from "../lesson/maze.lesson.ts";
import { mazeConfig } from "../rules/config.ts";
import { Walk } from "../rules/walk.ts";
import { growMaze } from "../rules/maze.ts";

/** The next maze begins so many seconds after the end of the last. */
const PAUSE = 1.5;

/** What a game tells the room. */
export interface MazeGameEvents {
  /** The walk has another maze, or another gem. */
  begin(walk: Walk, isNewMaze: boolean): void;
  /** The golem has decided; the group holds what it saw. */
  decided(group: AgentGroup): void;
  /** The golem has found the gem, or given up. */
  end(found: boolean): void;
}

/** The course of mazes: which one, how fast, and how many were solved. */
export class MazeGame {
  /** Mazes that the golem has walked to the end, one way or the other. */
  walked = 0;
  solved = 0;
  /** Seconds of the lesson since the last decision. */
  sinceDecision = 0;
  readonly #scene: Scene;
  readonly #events: MazeGameEvents;
  readonly #random: Random;
  #policy: Policy | null = null;
  #play: LessonPlay<MazeWorld> | null = null;
  #size: number;
  #seed: number;
  #speed = 1;
  #sinceEnd = -1;

  constructor(scene: Scene, seed: number, size: number, events: MazeGameEvents) {
    this.#scene = scene;
    this.#events = events;
    this.#seed = seed % 10_000;
    this.#size = size;
    this.#random = new Random(seed, 41);
  }

  get walk(): Walk {
    return this.#world.walk!;
  }

  get seed(): number {
    return this.#seed;
  }

  get size(): number {
    return this.#size;
  }

  /** Seconds of the lesson in each second. */
  get speed(): number {
    return this.#speed;
  }

  set speed(speed: number) {
    this.#speed = speed;
    if (this.#play) this.#play.speed = speed;
  }

  /** How far the golem has come on its last move, in [0, 1]. */
  get progress(): number {
    return Math.min(1, this.sinceDecision * mazeConfig.decisionsPerSecond);
  }

  /** Who walks; null lets it go by chance. @throws PolicyMismatchError for a policy of another lesson. */
  set policy(policy: Policy | null) {
    if (this.#play) this.#play.policy = policy;
    this.#policy = policy;
  }

  /** Begins a maze. @param seed - Default any other. */
  begin(seed: number = this.#random.integer(10_000), size: number = this.#size): void {
    if (size !== this.#size || !this.#play) {
      this.#size = size;
      this.#play?.dispose();
      this.#play = this.#makePlay();
    } else {
      this.#play.restart();
    }
    this.#seed = seed;
    beginWalk(this.#world, new Walk(growMaze(new Random(seed), size)));
    this.sinceDecision = 1;
    this.#sinceEnd = -1;
    this.#events.begin(this.walk, true);
  }

  /** Lays the gem at another crossing. @returns Whether it lies there now: not where the golem stands. */
  layGem(crossing: number): boolean {
    const { walk } = this;
    if (crossing < 0 || crossing === walk.crossing || crossing === walk.gem) return false;
    if (walk.outcome !== "walking") {
      const { maze, heading } = walk;
      this.#play!.restart();
      const again = new Walk({ ...maze, start: walk.crossing });
      again.heading = heading;
      beginWalk(this.#world, again);
    }
    moveGem(this.#world, crossing);
    this.#sinceEnd = -1;
    this.#events.begin(this.walk, false);
    return true;
  }

  /** Call once a frame, before the scene is drawn. */
  advance(seconds: number): void {
    this.sinceDecision += seconds * this.#speed;
    if (this.#sinceEnd < 0) return;
    this.#sinceEnd += seconds;
    if (this.#sinceEnd > PAUSE) this.begin();
  }

  dispose(): void {
    this.#play?.dispose();
    this.#play = null;
  }

  get #world(): MazeWorld {
    return this.#play!.world;
  }

  #makePlay(): LessonPlay<MazeWorld> {
    const play = playLesson(mazeLesson, this.#scene, {
      policy: this.#policy,
      greedy: false, // who draws does not walk in circles
      heuristic: (group) => this.#goByChance(group),
      settings: { size: this.#size },
      speed: this.#speed,
      restarts: false,
    });
    play.onDecisionObservable.add((group) => {
      this.sinceDecision = 0;
      this.#events.decided(group);
    });
    play.onEpisodeEndObservable.add((episode) => this.#end(episode));
    return play;
  }

  #end({ succeeded }: PlayedEpisode): void {
    this.walked++;
    if (succeeded) this.solved++;
    this.#sinceEnd = 0;
    this.#events.end(succeeded);
  }

  #goByChance({ masks, actions }: AgentGroup): void {
    do actions.discrete[0] = this.#random.integer(4);
    while (masks[actions.discrete[0]] === 0);
  }
}
