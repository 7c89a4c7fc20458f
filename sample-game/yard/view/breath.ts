/** A sprint costs breath: this many seconds of it from full to nothing. */
const SPRINT_SECONDS = 1.7;
const RECOVERY_SECONDS = 5;
/** Once out of breath, the thief sprints again from this much on. */
const ENOUGH = 0.3;
/** How much faster a sprinting thief is. */
export const SPRINT_FACTOR = 1.34;

/** The thief's breath: what a player has and a scripted thief has not. */
export class Breath {
  /** In [0, 1]. */
  left = 1;
  /** Whether it has to recover first. */
  spent = false;
  /** Whether the thief sprints now. */
  sprinting = false;

  /** Moves on by `seconds`; `wants` tells whether the player asks for a sprint and moves. */
  step(wants: boolean, seconds: number): void {
    this.sprinting = wants && !this.spent && this.left > 0;
    this.left = this.sprinting
      ? Math.max(0, this.left - seconds / SPRINT_SECONDS)
      : Math.min(1, this.left + seconds / RECOVERY_SECONDS);
    if (this.left === 0) this.spent = true;
    else if (this.left >= ENOUGH) this.spent = false;
  }

  reset(): void {
    this.left = 1;
    this.spent = this.sprinting = false;
  }
}
