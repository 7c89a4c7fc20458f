import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { defineLesson, type Arena, type Random } from "../../../plugin/index.ts";
import { thiefSpeed, yardConfig } from "../rules/config.ts";
import type { MutableSpot, Spot } from "../rules/geometry.ts";
import { makeYard, type YardLayout } from "../rules/layout.ts";
import { PathMap } from "../rules/path-map.ts";
import { Referee } from "../rules/referee.ts";
import { ThiefBrain } from "../rules/thief-brain.ts";
import { golemParts } from "./golem.ts";
import { makeYardBodies, placeYard, type YardBodies } from "./yard-bodies.ts";

/** What golems are paid for. Chosen so that a quick catch is worth about 2 and a game without one about -1. */
const REWARDS = {
  /** For a catch. */
  caught: 1,
  /** For all loot carried out. */
  escaped: -1,
  /** For each second. */
  second: -0.02,
  /** For each metre that the way to the thief gets shorter: a potential, so it changes no goal, only the way there. */
  metre: 0.05,
} as const;

const STEPS_PER_SECOND = 30;
const STEPS_PER_DECISION = STEPS_PER_SECOND / yardConfig.decisionsPerSecond;

/** One game in an arena. */
export interface YardEpisode {
  readonly layout: YardLayout;
  readonly map: PathMap;
  readonly referee: Referee;
  readonly brain: ThiefBrain;
  /** Of the thief, in metres a second. */
  readonly speed: number;
  /** How far the golem had to walk to the thief at the last decision. */
  distance: number;
  stepsToDecision: number;
}

/** One arena: a yard with one golem and one thief. */
export interface YardWorld {
  readonly bodies: YardBodies;
  /** Where the golem is, as the rules want it. */
  readonly golems: readonly Spot[];
  /** Which way the thief runs. */
  readonly direction: MutableSpot;
  readonly velocity: Vector3;
  /** The current game; none before the first reset. */
  episode?: YardEpisode;
}

/**
 * Golems learn to hunt: one golem against the scripted thief in a yard that is laid out anew for each episode.
 *
 * `settings.difficulty`, in [0, 1], sets the thief's speed; default 1: 0.9 of a golem's speed. Success is a catch.
 */
export const yardLesson = defineLesson<YardWorld>({
  name: "yard",
  stepsPerSecond: STEPS_PER_SECOND,
  decisionsPerSecond: yardConfig.decisionsPerSecond,
  timeLimitSeconds: yardConfig.timeLimit,
  arenaSpacing: 2 * yardConfig.side,
  build,
  reset,
  step,
});

export default yardLesson;

function build(arena: Arena): YardWorld {
  const bodies = makeYardBodies(arena.root, 1);
  arena.addAgent("golem", bodies.golems[0], golemParts(bodies.thief));
  const golems = bodies.golems.map((golem) => golem.position);
  return { bodies, golems, direction: { x: 0, z: 0 }, velocity: new Vector3() };
}

function reset(world: YardWorld, arena: Arena, random: Random): void {
  const { difficulty } = arena.settings;
  const share = typeof difficulty === "number" ? difficulty : 1;
  const layout = makeYard(random);
  const map = new PathMap(layout.obstacles);
  placeYard(world.bodies, layout);
  const episode: YardEpisode = {
    layout,
    map,
    // The lesson's own time limit cuts a game off; to the golem that is no defeat.
    referee: new Referee(layout, { timeLimit: Infinity }),
    brain: new ThiefBrain(layout, map, share),
    speed: thiefSpeed(share),
    distance: 0,
    stepsToDecision: 0,
  };
  world.episode = episode;
  think(world, episode);
  episode.distance = episode.brain.golemDistance;
}

function step(world: YardWorld, arena: Arena, seconds: number): void {
  const episode = world.episode!;
  const { referee, distance } = episode;
  referee.advance(seconds, world.bodies.thief.position, world.golems);
  arena.reward("golem", 0, REWARDS.second * seconds);
  if (referee.outcome === "caught") {
    arena.reward("golem", 0, REWARDS.caught + REWARDS.metre * distance);
    arena.terminate({ succeeded: true });
  } else if (referee.outcome === "escaped") {
    arena.reward("golem", 0, REWARDS.escaped);
    arena.terminate();
  } else if (--episode.stepsToDecision > 0) {
    run(world, episode);
  } else {
    think(world, episode);
    episode.distance = episode.brain.golemDistance;
    arena.reward("golem", 0, REWARDS.metre * (distance - episode.distance));
  }
}

/** Lets the thief decide where to run. */
function think(world: YardWorld, episode: YardEpisode): void {
  episode.brain.decide(world.bodies.thief.position, world.golems, episode.referee, world.direction);
  episode.stepsToDecision = STEPS_PER_DECISION;
  run(world, episode);
}

function run({ bodies, direction, velocity }: YardWorld, { speed }: YardEpisode): void {
  velocity.set(direction.x * speed, 0, direction.z * speed);
  bodies.thief.physicsBody!.setLinearVelocity(velocity);
}
