import type { Random } from "../../../../plugin/core/random.ts";
import { thiefSpeed, yardConfig } from "../../../../sample-game/yard/rules/config.ts";
import { pushOut } from "../../../../sample-game/yard/rules/geometry.ts";
import { type GolemControls, type Hunter } from "../../../../sample-game/yard/rules/hunters.ts";
import { makeYard, type YardLayout } from "../../../../sample-game/yard/rules/layout.ts";
import { PathMap } from "../../../../sample-game/yard/rules/path-map.ts";
import { Referee, type YardOutcome } from "../../../../sample-game/yard/rules/referee.ts";
import { ThiefBrain } from "../../../../sample-game/yard/rules/thief-brain.ts";

/** How a game in the flat yard went. */
export interface FlatGame {
  readonly outcome: YardOutcome;
  readonly seconds: number;
  readonly piecesOut: number;
  /** Where golem and thief were at each decision. */
  readonly track: readonly (readonly [number, number, number, number])[];
}

/** Plays one game without physics: discs that are pushed out of what they run into. */
export function playFlatGame(
  random: Random,
  makeHunter: (layout: YardLayout, map: PathMap, random: Random) => Hunter,
  difficulty = 1,
): FlatGame {
  const layout = makeYard(random);
  const map = new PathMap(layout.obstacles);
  const referee = new Referee(layout);
  const brain = new ThiefBrain(layout, map, difficulty);
  const hunter = makeHunter(layout, map, random);
  const thief = { x: layout.thief.x, z: layout.thief.z };
  const golem = { ...layout.golems[0] };
  const golems = [golem];
  const direction = { x: 0, z: 0 };
  const controls: GolemControls = { drive: 0, turn: 0 };
  const speed = thiefSpeed(difficulty);
  const track: [number, number, number, number][] = [];
  const perDecision = 6;
  const seconds = 1 / yardConfig.decisionsPerSecond / perDecision;
  while (referee.outcome === "playing") {
    brain.decide(thief, golems, referee, direction);
    hunter.decide(golem, thief, controls);
    track.push([golem.x, golem.z, thief.x, thief.z]);
    for (let step = 0; step < perDecision && referee.outcome === "playing"; step++) {
      golem.yaw += controls.turn * yardConfig.golem.turnRate * seconds;
      golem.x += Math.sin(golem.yaw) * controls.drive * yardConfig.golem.speed * seconds;
      golem.z += Math.cos(golem.yaw) * controls.drive * yardConfig.golem.speed * seconds;
      thief.x += direction.x * speed * seconds;
      thief.z += direction.z * speed * seconds;
      pushOut(golem, yardConfig.golem.radius, layout.obstacles, yardConfig.side);
      pushOut(thief, yardConfig.thief.radius, layout.obstacles, yardConfig.side);
      referee.advance(seconds, thief, golems);
    }
  }
  return { outcome: referee.outcome, seconds: referee.elapsed, piecesOut: referee.piecesOut, track };
}
