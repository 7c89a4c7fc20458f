import { defineLesson, drive, turn, type Arena, type Random } from "../../../plugin/index.ts";
import { cameraSensor, type CameraSensor } from "../../../plugin/vision.ts";
import { seekerConfig } from "../rules/config.ts";
import { distance, keepOut, layCourt, type Spot } from "../rules/court.ts";
import { makeSeekerBodies, SEEN_LAYER, SKY, type SeekerBodies } from "./seeker-bodies.ts";

/** What golems are paid for. */
const REWARDS = {
  /** For the emerald. */
  found: 1,
  /** For a wrong gem. */
  wrong: -0.5,
  /** For each second. */
  second: -0.05,
  /** For each metre that the emerald gets nearer: a potential, so it changes no goal, only the way there. */
  metre: 0.08,
} as const;

/** One arena: a court with a golem and three gems. */
export interface SeekerWorld {
  readonly bodies: SeekerBodies;
  readonly camera: CameraSensor;
  readonly spot: Spot;
  /** In the order of `GEMS`. */
  gems: readonly Readonly<Spot>[];
  /** Metres to the emerald when the last step was paid. */
  paidWay: number;
  /** What the golem has reached: the number of a gem, or -1. */
  reached: number;
}

/**
 * A golem learns to walk to the emerald, and not to the ruby or the sapphire, by its own camera alone.
 *
 * `settings.pictures` says how the camera is read: `"late"` (default) in a worker, by an engine that draws for it; `"game"` in a
 * game, where no frame may wait. Success is the emerald.
 */
export const seekerLesson = defineLesson<SeekerWorld>({
  name: "seeker",
  physics: false,
  stepsPerSecond: seekerConfig.stepsPerSecond,
  decisionsPerSecond: seekerConfig.decisionsPerSecond,
  timeLimitSeconds: seekerConfig.patience,
  arenaSpacing: 40,
  build,
  reset,
  step,
});

export default seekerLesson;

function build(arena: Arena): SeekerWorld {
  const { camera, golem } = seekerConfig;
  arena.scene.clearColor = SKY;
  const bodies = makeSeekerBodies(arena.root);
  const eye = cameraSensor({
    width: camera.pixels,
    fieldOfView: camera.fieldOfView,
    offset: [0, camera.height, camera.forward],
    direction: [0, -camera.down, 1],
    furthest: 20,
    layerMask: SEEN_LAYER,
    exact: arena.settings["pictures"] === "game" ? false : "late",
  });
  arena.addAgent("golem", bodies.golem, {
    sensors: [eye],
    actuators: [drive({ speed: golem.speed, reverse: 0 }), turn({ radiansPerSecond: golem.turn })],
  });
  return { bodies, camera: eye, spot: { x: 0, z: 0 }, gems: [], paidWay: 0, reached: -1 };
}

function reset(world: SeekerWorld, _arena: Arena, random: Random): void {
  const layout = layCourt(random);
  const { bodies, spot } = world;
  spot.x = layout.golem.x;
  spot.z = layout.golem.z;
  bodies.golem.position.set(spot.x, 0, spot.z);
  bodies.golem.rotation.set(0, layout.heading, 0);
  bodies.golem.rotationQuaternion = null;
  layout.gems.forEach(({ x, z }, index) => {
    bodies.gems[index].position.x = x;
    bodies.gems[index].position.z = z;
  });
  world.gems = layout.gems;
  world.reached = -1;
  world.paidWay = distance(spot, layout.gems[0]);
}

function step(world: SeekerWorld, arena: Arena, seconds: number): void {
  const { spot, gems, bodies } = world;
  spot.x = bodies.golem.position.x;
  spot.z = bodies.golem.position.z;
  if (keepOut(spot)) {
    bodies.golem.position.x = spot.x;
    bodies.golem.position.z = spot.z;
  }
  const way = distance(spot, gems[0]);
  arena.reward("golem", 0, REWARDS.second * seconds + REWARDS.metre * (world.paidWay - way));
  world.paidWay = way;
  world.reached = gems.findIndex((gem) => distance(spot, gem) < seekerConfig.gem.reach);
  if (world.reached < 0) return;
  const isFound = world.reached === 0;
  arena.reward("golem", 0, isFound ? REWARDS.found : REWARDS.wrong);
  arena.terminate({ succeeded: isFound });
}
