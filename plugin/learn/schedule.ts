/** A number that stays, or one that moves evenly from one value to another over a run. */
export type Schedule = number | { readonly from: number; readonly to: number };

/** @param progress - How much of the run is over, in [0, 1]. */
export function scheduled(schedule: Schedule, progress: number): number {
  return typeof schedule === "number" ? schedule : schedule.from + (schedule.to - schedule.from) * progress;
}
