import { Random } from "../../../plugin/index.ts";
import { thiefSpeed, yardConfig } from "../rules/config.ts";
import { distanceBetween, lineOfSight } from "../rules/geometry.ts";
import { makeYard, type YardLayout } from "../rules/layout.ts";
import { PathMap } from "../rules/path-map.ts";
import { Referee, type YardEvent } from "../rules/referee.ts";
import { ThiefBrain } from "../rules/thief-brain.ts";
import { Breath, SPRINT_FACTOR } from "./breath.ts";
import type { GameWorld, Walker } from "./game-world.ts";
import type { ThiefInput, ThiefWish } from "./thief-input.ts";

/** `demo`: a scripted thief runs, behind cards and panels; `play`: the player does; `over`: the player's game has ended. */
export type GamePhase = "demo" | "play" | "over";

/** What a game tells the room. */
export interface YardGameEvents {
  /** A game begins, in a new yard. */
  begin(layout: YardLayout): void;
  /** The referee says something. */
  event(event: YardEvent): void;
}

/** A demo begins anew so many seconds after its end. */
const DEMO_PAUSE = 1.8;
/** Players get more time than the scripted thief: they have to look first. */
const PLAYER_SECONDS = 90;
/** For so long golems stand still at first: time to look around. */
const HEAD_START = 1;

/** The course of games: who steers the thief, what happens, when the next one begins. */
export class YardGame {
  readonly world: GameWorld;
  readonly breath = new Breath();
  paused = false;
  readonly #input: ThiefInput;
  readonly #seed: number;
  readonly #events: YardGameEvents;
  readonly #wish: ThiefWish = { right: 0, up: 0, sprint: false };
  readonly #direction = { x: 0, z: 0 };
  readonly #golems: Walker[] = [];
  #phase: GamePhase = "demo";
  #games = 0;
  #count = 2;
  #layout!: YardLayout;
  #referee!: Referee;
  #brain!: ThiefBrain;
  #untilThought = 0;
  #overFor = 0;

  constructor(world: GameWorld, input: ThiefInput, seed: number, events: YardGameEvents) {
    this.world = world;
    this.#input = input;
    this.#seed = seed;
    this.#events = events;
  }

  get phase(): GamePhase {
    return this.#phase;
  }

  get referee(): Referee {
    return this.#referee;
  }

  get layout(): YardLayout {
    return this.#layout;
  }

  /** Games begun so far, demos included. */
  get games(): number {
    return this.#games;
  }

  /** The golems that are in the game. */
  get golems(): readonly Walker[] {
    return this.#golems;
  }

  /** How many golems the next game has. */
  get golemCount(): number {
    return this.#count;
  }

  set golemCount(count: number) {
    this.#count = Math.min(yardConfig.golemPlaces, Math.max(1, Math.round(count)));
  }

  /** Since the present game ended; 0 while it runs. */
  get secondsSinceEnd(): number {
    return this.#overFor;
  }

  /** Begins a game in a new yard. */
  begin(phase: "demo" | "play"): void {
    this.#phase = phase;
    this.#layout = makeYard(new Random(this.#seed).fork(this.#games++));
    this.#referee = new Referee(this.#layout, phase === "play" ? { timeLimit: PLAYER_SECONDS } : {});
    this.#brain = new ThiefBrain(this.#layout, new PathMap(this.#layout.obstacles));
    this.#untilThought = this.#overFor = 0;
    this.paused = false;
    this.breath.reset();
    this.world.lay(this.#layout, this.#count);
    this.#golems.length = 0;
    this.#golems.push(...this.world.golems.slice(0, this.#count));
    this.#events.begin(this.#layout);
  }

  /** Whether a golem sees the thief now: all around, in line of sight, not too far. */
  sees(golem: Walker): boolean {
    const { thief } = this.world;
    return distanceBetween(golem, thief) <= yardConfig.golem.sight && lineOfSight(golem, thief, this.#layout.obstacles);
  }

  /** Before physics: says where everybody wants to go. */
  steer(seconds: number): void {
    const running = this.#referee.outcome === "playing" && !this.paused;
    if (running) this.#choose(seconds);
    else this.#direction.x = this.#direction.z = 0;
    const speed = thiefSpeed() * (this.breath.sprinting ? SPRINT_FACTOR : 1);
    this.world.thiefWish.x = this.#direction.x * speed;
    this.world.thiefWish.z = this.#direction.z * speed;
    this.world.wake(running && this.#referee.elapsed > HEAD_START);
  }

  /** After physics: says what has happened. */
  judge(seconds: number): void {
    this.world.read(seconds);
    if (this.paused) return;
    if (this.#referee.outcome !== "playing") {
      this.#overFor += seconds;
      if (this.#phase === "demo" && this.#overFor > DEMO_PAUSE) this.begin("demo");
      return;
    }
    for (const event of this.#referee.advance(seconds, this.world.thief, this.#golems)) {
      if (this.#phase === "play" && this.#referee.outcome !== "playing") this.#phase = "over";
      this.#events.event(event);
    }
  }

  #choose(seconds: number): void {
    if (this.#phase === "play") {
      this.#input.read(this.#wish);
      this.#direction.x = this.#wish.right;
      this.#direction.z = this.#wish.up;
      this.breath.step(this.#wish.sprint && Math.hypot(this.#wish.right, this.#wish.up) > 0.1, seconds);
      return;
    }
    this.#untilThought -= seconds;
    if (this.#untilThought > 0) return;
    this.#untilThought = 1 / yardConfig.decisionsPerSecond;
    this.#brain.decide(this.world.thief, this.#golems, this.#referee, this.#direction);
  }
}
