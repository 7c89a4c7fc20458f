/** A number in [0, 1) that is a pure function of two whole numbers and a seed. */
export function hash(x: number, y: number, seed: number): number {
  let h = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ Math.imul(seed + 1, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
}

/** Smooth noise in [0, 1) that repeats after `period` cells in both directions. */
export function valueNoise(x: number, y: number, period: number, seed: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const u = smooth(x - left);
  const v = smooth(y - top);
  const at = (column: number, row: number): number => hash(wrap(column, period), wrap(row, period), seed);
  const upper = at(left, top) + (at(left + 1, top) - at(left, top)) * u;
  const lower = at(left, top + 1) + (at(left + 1, top + 1) - at(left, top + 1)) * u;
  return upper + (lower - upper) * v;
}

/** Several octaves of `valueNoise`, each half as strong and twice as fine; in [0, 1), repeats after `period`. */
export function fractalNoise(x: number, y: number, period: number, octaves: number, seed: number): number {
  let sum = 0;
  let weight = 0.5;
  let total = 0;
  for (let octave = 0; octave < octaves; octave++) {
    const scale = 1 << octave;
    sum += weight * valueNoise(x * scale, y * scale, period * scale, seed + octave);
    total += weight;
    weight /= 2;
  }
  return sum / total;
}

/** What `nearestStone` found. */
export interface StoneCell {
  /** Distance to the nearest stone's centre, in cells. */
  nearest: number;
  /** How much farther the second nearest is: 0 on the joint between two stones. */
  gap: number;
  /** A number in [0, 1) that belongs to the nearest stone. */
  chance: number;
}

const found: StoneCell = { nearest: 0, gap: 0, chance: 0 };

/** Jittered cells (Worley noise) that repeat after `period`. The returned object is reused by the next call. */
export function nearestStone(x: number, y: number, period: number, jitter: number, seed: number): StoneCell {
  const column = Math.floor(x);
  const row = Math.floor(y);
  let first = 9;
  let second = 9;
  for (let j = row - 1; j <= row + 1; j++) {
    for (let i = column - 1; i <= column + 1; i++) {
      const cellX = wrap(i, period);
      const cellY = wrap(j, period);
      const dx = i + 0.5 + (hash(cellX, cellY, seed) - 0.5) * jitter - x;
      const dy = j + 0.5 + (hash(cellX, cellY, seed + 7) - 0.5) * jitter - y;
      const distance = Math.hypot(dx, dy);
      if (distance < first) {
        second = first;
        first = distance;
        found.chance = hash(cellX, cellY, seed + 13);
      } else if (distance < second) second = distance;
    }
  }
  found.nearest = first;
  found.gap = second - first;
  return found;
}

/** 0 below `low`, 1 above `high`, smooth in between. */
export function smoothStep(low: number, high: number, x: number): number {
  return smooth(Math.min(1, Math.max(0, (x - low) / (high - low))));
}

function smooth(t: number): number {
  return t * t * (3 - 2 * t);
}

function wrap(index: number, period: number): number {
  return ((index % period) + period) % period;
}
