import {
  EpisodeWriter,
  lessonEnvironment,
  Random,
  type Demonstrations,
  type Environment,
  type Lesson,
  type LessonSettings,
  type Policy,
} from "../../../plugin/index.ts";
import type { GolemControls, Hunter } from "../rules/hunters.ts";
import { AllKnowingHunter, ScriptedHunter } from "../rules/hunters.ts";
import { yardLesson, type YardWorld } from "./golem.lesson.ts";
import { headingOf } from "./yard-bodies.ts";

/**
 * Who plays the golem: a policy, uniform chance, the hunter that drives straight at the last seen thief, or the one that
 * always knows the shortest way to it.
 */
export type Player = Policy | "random" | "scripted" | "allKnowing";

/** How golems did. */
export interface YardScore {
  readonly games: number;
  /** Share of the games in which the thief was caught, in [0, 1]. */
  readonly catchRate: number;
  /** Share of the games in which the thief got all loot out, in [0, 1]. */
  readonly escapeRate: number;
  /** Mean length of a game, in seconds. */
  readonly meanSeconds: number;
}

/** What to play. */
export interface ScoreOptions {
  /** How many games. Default 200. */
  readonly games?: number;
  /** Fixes the games: all players meet the same yards. Default 1. */
  readonly seed?: number;
  readonly settings?: LessonSettings;
  /** Havok, from `loadHavok`. */
  readonly havok: NonNullable<Parameters<typeof lessonEnvironment>[1]>["havok"];
  /** Take a policy's likeliest action instead of drawing one. Default true. */
  readonly greedy?: boolean;
  /** Told after each game, as a share in [0, 1]. */
  readonly onProgress?: (share: number) => void;
}

/** Plays whole games of the lesson, each in a fresh physics world, so that the same seed gives the same score. */
export function scoreYard(player: Player, options: ScoreOptions): YardScore {
  const { games = 200, seed = 1, greedy = true } = options;
  const seeds = new Random(seed, 21);
  let catches = 0;
  let escapes = 0;
  let decisions = 0;
  for (let game = 0; game < games; game++) {
    const yardSeed = seeds.uint32();
    const result = playGame(player, yardSeed, greedy, options);
    decisions += result.decisions;
    if (result.caught) catches++;
    if (result.escaped) escapes++;
    options.onProgress?.((game + 1) / games);
  }
  return {
    games,
    catchRate: catches / games,
    escapeRate: escapes / games,
    meanSeconds: decisions / games / (yardLesson.decisionsPerSecond ?? 10),
  };
}

/** Lets somebody play whole games of the lesson, and writes down what was sensed and done. */
export function recordYard(player: Player, options: ScoreOptions): Demonstrations {
  const { games = 20, seed = 1, greedy = true } = options;
  const seeds = new Random(seed, 21);
  let writer: EpisodeWriter | null = null;
  const record = (environment: Environment): void => {
    const { golem } = environment.groups;
    writer ??= new EpisodeWriter(golem.role);
    writer.add(golem, 0);
  };
  const episodes = Array.from({ length: games }, () => {
    writer?.clear();
    playGame(player, seeds.uint32(), greedy, options, record);
    return writer!.read();
  });
  return { role: writer!.role, decisionsPerSecond: yardLesson.decisionsPerSecond ?? 10, episodes };
}

function playGame(
  player: Player,
  seed: number,
  greedy: boolean,
  { havok, settings = {} }: ScoreOptions,
  onDecision: (environment: Environment) => void = () => {},
): { caught: boolean; escaped: boolean; decisions: number } {
  const worlds: YardWorld[] = [];
  const lesson: Lesson<YardWorld> = {
    ...yardLesson,
    build: (arena) => {
      const world = yardLesson.build(arena);
      worlds.push(world);
      return world;
    },
  };
  const environment = lessonEnvironment(lesson, { arenas: 1, settings, havok });
  try {
    environment.reset(seed);
    const decide = makeDecider(player, environment, worlds[0], seed, greedy);
    const { terminated, truncated, succeeded } = environment.groups.golem;
    for (let decisions = 1; ; decisions++) {
      decide();
      onDecision(environment);
      environment.step();
      if (terminated[0] === 0 && truncated[0] === 0) continue;
      return { caught: succeeded[0] === 1, escaped: terminated[0] === 1 && succeeded[0] === 0, decisions };
    }
  } finally {
    environment.dispose();
  }
}

function makeDecider(
  player: Player,
  environment: Environment,
  world: YardWorld,
  seed: number,
  greedy: boolean,
): () => void {
  const group = environment.groups.golem;
  const actions = group.actions.continuous;
  if (typeof player !== "string") {
    player.seed(seed);
    return () => player.decide(group, { greedy });
  }
  if (player === "random") {
    const random = new Random(seed, 22);
    return () => {
      for (let i = 0; i < actions.length; i++) actions[i] = random.between(-1, 1);
    };
  }
  const { map, layout } = world.episode!;
  const hunter: Hunter = player === "scripted" ? new ScriptedHunter(layout.obstacles) : new AllKnowingHunter(map);
  const controls: GolemControls = { drive: 0, turn: 0 };
  const golem = world.bodies.golems[0];
  return () => {
    const pose = { x: golem.position.x, z: golem.position.z, yaw: headingOf(golem) };
    hunter.decide(pose, world.bodies.thief.position, controls);
    actions[0] = controls.drive;
    actions[1] = controls.turn;
  };
}
