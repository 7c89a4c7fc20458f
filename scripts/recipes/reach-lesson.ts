import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { defineLesson, directionTo, drive, placeBody, turn } from "../../plugin/index.ts";

/** Half of the ground's side, in scene units. */
const HALF = 5;
/** The agent has the ball when it is this near. */
const NEAR = 0.8;
/** The ball lies at least this far away at first. */
const FAR = 2;

/** A box fetches a ball on an empty ground, 10 by 10: the lesson behind the Playground page. */
export const reachLesson = defineLesson({
  name: "reach",
  physics: false,
  stepsPerSecond: 30,
  timeLimitSeconds: 12,
  arenaSpacing: 40,
  build(arena) {
    const box = new TransformNode("box", arena.scene);
    const ball = new TransformNode("ball", arena.scene);
    box.parent = ball.parent = arena.root;
    arena.addAgent("box", box, {
      sensors: [directionTo(ball, { maximum: 15, label: "ball" })],
      actuators: [drive({ speed: 3 }), turn({ radiansPerSecond: 3 })],
    });
    return { box, ball, last: 0 };
  },
  reset(world, _arena, random) {
    const somewhere = (): number => random.between(-HALF, HALF);
    const { box, ball } = world;
    placeBody(box, { x: somewhere(), y: 0, z: somewhere() }, random.between(0, 2 * Math.PI));
    do placeBody(ball, { x: somewhere(), y: 0, z: somewhere() });
    while (distance(world) < FAR);
    world.last = distance(world);
  },
  step(world, arena) {
    const now = distance(world);
    arena.reward("box", 0, 0.2 * (world.last - now) - 0.002);
    world.last = now;
    if (now > NEAR) return;
    arena.reward("box", 0, 1);
    arena.terminate({ succeeded: true });
  },
});

function distance({ box, ball }: { box: TransformNode; ball: TransformNode }): number {
  const [x, z] = [ball.position.x - box.position.x, ball.position.z - box.position.z];
  return Math.sqrt(x * x + z * z);
}
