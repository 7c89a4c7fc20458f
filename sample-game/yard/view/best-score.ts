const KEY = "golem-yard best score";

/** @returns The best score so far on this device, 0 without one. */
export function readBestScore(): number {
  try {
    return Number(localStorage.getItem(KEY)) || 0;
  } catch {
    return 0; // storage is denied: every visit is the first
  }
}

/** Notes a score. @returns The best one, this one included. */
export function noteScore(score: number): number {
  const best = Math.max(score, readBestScore());
  try {
    localStorage.setItem(KEY, best.toString());
  } catch {
    // Storage is denied or full: the game goes on without.
  }
  return best;
}
