/** A third of a learning rate, with one digit that matters: what the doctor suggests where learning is too fast. */
export function slower(learningRate: number): number {
  return Number((learningRate / 3).toPrecision(1));
}
