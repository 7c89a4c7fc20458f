/**
 * Every number of the Yard that can be tuned. Lengths in metres, times in seconds, angles in radians, speeds per second.
 *
 * Places are `{ x, z }` with the yard's centre at the origin. A heading of 0 looks along +z and grows towards +x, as
 * `rotation.y` does in Babylon.
 */
export const yardConfig = {
  /** Inner side of the square yard; the walls' inner faces stand at ± half of it. */
  side: 20,
  wallHeight: 3,
  wallThickness: 0.6,

  /** What stands in the yard; only places and headings change from layout to layout. */
  obstacles: [
    { look: "ruin", shape: "box", halfWidth: 2.9, halfDepth: 0.35, height: 2.6 },
    { look: "ruin", shape: "box", halfWidth: 2.9, halfDepth: 0.35, height: 2.6 },
    { look: "ruin", shape: "box", halfWidth: 2.6, halfDepth: 0.35, height: 2.6 },
    { look: "crate", shape: "box", halfWidth: 0.9, halfDepth: 0.9, height: 2.2 },
    { look: "crate", shape: "box", halfWidth: 0.9, halfDepth: 0.9, height: 2.2 },
    { look: "ruin", shape: "box", halfWidth: 2, halfDepth: 0.35, height: 2.6 },
    { look: "cart", shape: "box", halfWidth: 1.5, halfDepth: 0.8, height: 2.2 },
    { look: "pillar", shape: "round", radius: 0.8, height: 3 },
    { look: "pillar", shape: "round", radius: 0.8, height: 3 },
  ],
  /**
   * Free space between any two obstacles and between obstacles and walls. It is wider than a golem, so the free ground is
   * always in one piece and every obstacle can be circled.
   */
  passage: 1.6,

  golem: {
    radius: 0.5,
    height: 2,
    mass: 200,
    speed: 4.5,
    /** Turning at full lock. */
    turnRate: 3.5,
    /** How far it senses. Chosen by games in the flat yard: the further, the better it is to drive straight at the thief. */
    sight: 11,
    /** How many rays, over `fan`. */
    rays: 13,
    /** Angle that the rays span, ahead of the golem. */
    fan: 4.2,
    /** How long it remembers where it saw the thief. */
    memory: 6,
  },

  thief: {
    radius: 0.35,
    height: 1.7,
    mass: 70,
    /** Share of a golem's speed. */
    speedFactor: 0.9,
    /** Share of a golem's speed at difficulty 0. */
    easySpeedFactor: 0.55,
  },

  /** A golem catches the thief when their centres are this near; bodies touch at 0.85. */
  catchDistance: 1.1,
  /** The thief picks a piece up when its centre is this near. */
  reach: 0.9,

  gate: {
    width: 2.4,
    /** The thief is out when it is this near to the gate's middle. */
    reach: 1.2,
    /** How far the gate's middle stays from the corners. */
    cornerDistance: 4,
  },

  /** Pieces of loot in a layout. */
  lootPieces: 3,
  /** Distance of every piece from the gate, at least. */
  lootFromGate: 8,
  /** Distance of golems from the thief at the start, at least. */
  golemFromThief: 10,
  /** Places for golems in a layout. */
  golemPlaces: 3,

  /** A game that lasts longer is over; nobody was caught. */
  timeLimit: 45,
  decisionsPerSecond: 10,
} as const;

/** Speed of the thief at a difficulty in [0, 1], in metres per second. */
export function thiefSpeed(difficulty = 1): number {
  const { golem, thief } = yardConfig;
  const share = Math.min(1, Math.max(0, difficulty));
  return golem.speed * (thief.easySpeedFactor + (thief.speedFactor - thief.easySpeedFactor) * share);
}
