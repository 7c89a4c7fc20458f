import { thiefSpeed, yardConfig } from "./config.ts";
import { distanceBetween, type MutableSpot, type Spot } from "./geometry.ts";
import type { YardLayout } from "./layout.ts";
import { PathField, REACHED, type PathMap } from "./path-map.ts";
import type { Referee } from "./referee.ts";

/** What the scripted thief weighs; lengths in metres, times in seconds. Chosen by games of 200 to 400 seeds in the flat yard. */
export const thiefConfig = {
  /** It goes for loot or gate only if it is this much sooner than any golem at every turn of the way. */
  caution: 0.6,
  /** How much caution it loses for each second that it waits without being in danger. */
  impatience: 0.12,
  /** The least that impatience leaves of its caution. */
  recklessness: -1,
  /** It is in danger where a golem is nearer than this on foot; then its caution comes back. */
  danger: 5,
  /** While fleeing, it takes ways on which it is at least this much sooner. */
  daring: 0.8,
  /** Where no way is that safe it takes the best one that leads at least this far. */
  stride: 1.5,
  /** A place out of a golem's sight is as good as one this much further away. */
  coverWorth: 3,
  /** How much a place loses for each metre of mean distance to everywhere else: keeps out of corners. */
  cornerCost: 0.2,
  /** How much a place loses for each metre of the way there. */
  wayCost: 0.4,
  /** It keeps its hiding place until another one is this much better. */
  habit: 1,
} as const;

/** What the thief is after at the moment. */
export type ThiefIntent = "loot" | "gate" | "cover" | "wait";

/**
 * The scripted thief: goes for the loot, carries it to the gate, and keeps golems at a distance by using cover.
 *
 * Golems are loud, so it always knows where they are. It compares, for every corner of the yard, how long it and how
 * long the nearest golem needs to get there, and walks only ways on which it is ahead at every turn; among the places
 * that are left it prefers those that golems do not see and that have more than one way out.
 */
export class ThiefBrain {
  readonly #map: PathMap;
  readonly #goals: readonly PathField[];
  readonly #gate: PathField;
  readonly #own: PathField;
  readonly #golems: PathField[] = [];
  readonly #speed: number;
  readonly #slack: Float64Array;
  /** Mean distance of each node from all others, [nodes]. */
  readonly #remoteness: Float64Array;
  readonly #next: MutableSpot = { x: 0, z: 0 };
  #cover = -1;
  #caution: number = thiefConfig.caution;
  #golemDistance = Infinity;
  #intent: ThiefIntent = "wait";

  /** @param difficulty - In [0, 1]; sets its speed. */
  constructor(layout: YardLayout, map: PathMap, difficulty = 1) {
    this.#map = map;
    this.#speed = thiefSpeed(difficulty);
    this.#own = new PathField(map);
    this.#gate = new PathField(map);
    this.#gate.aim(layout.gate);
    this.#goals = layout.loot.map((piece) => {
      const field = new PathField(map);
      field.aim(piece);
      return field;
    });
    this.#slack = new Float64Array(map.nodes.length);
    this.#remoteness = Float64Array.from(map.nodes, (_, node) => map.meanLengthFrom(node));
  }

  /** How far the nearest golem has to walk to the thief, at the last decision. */
  get golemDistance(): number {
    return this.#golemDistance;
  }

  /** What it is after since the last decision. */
  get intent(): ThiefIntent {
    return this.#intent;
  }

  /**
   * Decides where to run; ten times a second is enough. Allocates nothing once it knows how many golems there are.
   *
   * @param direction - Set to a unit vector, or to zero to stand still.
   */
  decide(thief: Spot, golems: readonly Spot[], referee: Referee, direction: MutableSpot): void {
    this.#compare(thief, golems);
    const goal = this.#chooseGoal(golems.length, referee);
    this.#growImpatient(golems.length);
    if (goal) {
      this.#cover = -1;
      this.#intent = referee.carried >= 0 ? "gate" : "loot";
      const last = goal.lastNodeFrom(this.#own);
      if (last < 0) this.#goTo(goal.place);
      else this.#goVia(last, goal.place);
    } else {
      this.#chooseCover(golems);
      this.#intent = this.#cover < 0 ? "wait" : "cover";
      if (this.#cover < 0) this.#goTo(this.#own.place);
      else this.#goVia(this.#cover, this.#map.nodes[this.#cover]);
    }
    const dx = this.#next.x - thief.x;
    const dz = this.#next.z - thief.z;
    const length = Math.hypot(dx, dz);
    const near = length < 0.15;
    direction.x = near ? 0 : dx / length;
    direction.z = near ? 0 : dz / length;
  }

  /** How much sooner than any golem the thief is at each node. */
  #compare(thief: Spot, golems: readonly Spot[]): void {
    this.#own.aim(thief);
    while (this.#golems.length < golems.length) this.#golems.push(new PathField(this.#map));
    for (let i = 0; i < golems.length; i++) this.#golems[i].aim(golems[i]);
    for (let node = 0; node < this.#slack.length; node++) {
      this.#slack[node] =
        this.#golemLength(node, golems.length) / yardConfig.golem.speed - this.#own.lengths[node] / this.#speed;
    }
  }

  #growImpatient(golems: number): void {
    const { caution, danger, impatience, recklessness } = thiefConfig;
    let nearest = Infinity;
    for (let i = 0; i < golems; i++) nearest = Math.min(nearest, this.#golems[i].lengthTo(this.#own));
    const calmer = this.#caution - impatience / yardConfig.decisionsPerSecond;
    this.#golemDistance = nearest;
    this.#caution = nearest < danger ? caution : Math.max(recklessness, calmer);
  }

  #golemLength(node: number, golems: number): number {
    let least = Infinity;
    for (let i = 0; i < golems; i++) least = Math.min(least, this.#golems[i].lengths[node]);
    return least;
  }

  /** The least slack on the thief's way to a node, the node included. */
  #slackTo(node: number): number {
    const first = this.#own.first[node];
    let least = this.#slack[node];
    for (let at = node; at !== first && at >= 0;) {
      at = this.#map.before(first, at);
      if (at >= 0) least = Math.min(least, this.#slack[at]);
    }
    return least;
  }

  #chooseGoal(golems: number, referee: Referee): PathField | null {
    if (referee.carried >= 0) return this.#isSafe(this.#gate, golems) ? this.#gate : null;
    let best: PathField | null = null;
    let bestLength = Infinity;
    for (let piece = 0; piece < this.#goals.length; piece++) {
      if (referee.pieces[piece].state !== "lying") continue;
      const goal = this.#goals[piece];
      const length = goal.lengthTo(this.#own);
      if (length >= bestLength || !this.#isSafe(goal, golems)) continue;
      best = goal;
      bestLength = length;
    }
    return best;
  }

  #isSafe(goal: PathField, golems: number): boolean {
    const time = goal.lengthTo(this.#own) / this.#speed;
    for (let i = 0; i < golems; i++) {
      if (goal.lengthTo(this.#golems[i]) / yardConfig.golem.speed - time < this.#caution) return false;
    }
    const last = goal.lastNodeFrom(this.#own);
    return last < 0 || this.#slackTo(last) >= this.#caution;
  }

  #chooseCover(golems: readonly Spot[]): void {
    const { daring, coverWorth, cornerCost, wayCost, habit, stride } = thiefConfig;
    let best = -Infinity;
    let bestNode = -1;
    let widest = -Infinity;
    let widestNode = -1;
    for (let node = 0; node < this.#slack.length; node++) {
      const slack = this.#slackTo(node);
      if (slack > widest && this.#own.lengths[node] > stride) {
        widest = slack;
        widestNode = node;
      }
      if (slack < daring) continue;
      let worth = this.#golemLength(node, golems.length) - wayCost * this.#own.lengths[node];
      worth -= cornerCost * this.#remoteness[node];
      if (node === this.#cover) worth += habit;
      // Looking for sight lines is the dear part: only where they can matter.
      if (worth + coverWorth <= best) continue;
      if (this.#isHidden(this.#map.nodes[node], golems)) worth += coverWorth;
      if (worth > best) {
        best = worth;
        bestNode = node;
      }
    }
    this.#cover = bestNode >= 0 ? bestNode : widestNode;
  }

  #isHidden(place: Spot, golems: readonly Spot[]): boolean {
    for (const golem of golems) if (this.#map.isVisible(place, golem)) return false;
    return true;
  }

  #goTo(place: Spot): void {
    this.#next.x = place.x;
    this.#next.z = place.z;
  }

  /** Takes the way over a node to a place behind it. */
  #goVia(node: number, place: Spot): void {
    const { nodes } = this.#map;
    const first = this.#own.first[node];
    if (distanceBetween(nodes[first], this.#own.place) > REACHED) this.#goTo(nodes[first]);
    else this.#goTo(first === node ? place : nodes[this.#map.before(node, first)]);
  }
}
