/**
 * How fast to learn at a step of a training.
 *
 * @param step - From 0.
 * @param steps - Of the whole training.
 */
export type RateSchedule = (step: number, steps: number) => number;

/** The same rate at every step. */
export function constantRate(rate: number): RateSchedule {
  return () => rate;
}

/**
 * Half a cosine from one rate at the first step to another after the last.
 *
 * Loshchilov & Hutter 2017, https://arxiv.org/abs/1608.03983v5, equation 5 without restarts.
 */
export function cosineRate(from: number, to = 0): RateSchedule {
  return (step, steps) => to + ((from - to) / 2) * (1 + Math.cos((Math.PI * step) / steps));
}

/**
 * Rises evenly during the first steps, then goes on as another schedule says at that step.
 *
 * @param warmUpSteps - The first has 1 / warmUpSteps of the rate.
 */
export function warmedUp(warmUpSteps: number, schedule: RateSchedule): RateSchedule {
  return (step, steps) => schedule(step, steps) * Math.min(1, (step + 1) / warmUpSteps);
}

/**
 * The same rate for some steps, then less by the square root of the step: the same at a step however long the training is, so that it can
 * be prolonged.
 */
export function fallingRate(rate: number, steadySteps: number): RateSchedule {
  return (step) => rate * Math.min(1, Math.sqrt(steadySteps / (step + 1)));
}

/**
 * Goes on as another schedule says, then falls evenly to 0 over the last steps: most of what a long fall gives, and how long a training is
 * can be settled while it runs, as long as neither end has begun.
 *
 * Hägele et al. 2024, https://arxiv.org/abs/2405.18392v3, with a linear end.
 *
 * @param share - Of all steps, how many are the last ones, in (0, 1].
 */
export function cooledDown(share: number, schedule: RateSchedule): RateSchedule {
  return (step, steps) => schedule(step, steps) * Math.min(1, (steps - step) / (share * steps));
}
