import type { Rollout } from "../rollout.ts";
import type { RewardEvidence } from "./evidence.ts";

/** What decisions were paid, on the way and at the end of episodes. */
export class RewardRecord {
  #lowest = Infinity;
  #highest = -Infinity;
  #count = 0;
  #sizes = 0;
  #onTheWay = 0;
  #goingOn = 0;
  #atGoal = 0;
  #goals = 0;
  #atFailure = 0;
  #failures = 0;

  note({ rewards, terminated, truncated, active, episodes }: Rollout): void {
    // Sums in locals: the engine would box a field of the object anew for every decision.
    let [lowest, highest, count, sizes, onTheWay, goingOn, episode] = [this.#lowest, this.#highest, 0, 0, 0, 0, 0];
    for (let row = 0; row < rewards.length; row++) {
      if (active[row] === 0) continue;
      const reward = rewards[row];
      if (reward < lowest) lowest = reward;
      if (reward > highest) highest = reward;
      count += 1;
      sizes += reward < 0 ? -reward : reward;
      if (terminated[row] === 0 && truncated[row] === 0) {
        onTheWay += reward;
        goingOn += 1;
      } else {
        const succeeded = episodes.succeeded[episode++] === 1;
        if (terminated[row] === 1) this.#noteEnd(reward, succeeded);
      }
    }
    this.#lowest = lowest;
    this.#highest = highest;
    this.#count += count;
    this.#sizes += sizes;
    this.#onTheWay += onTheWay;
    this.#goingOn += goingOn;
  }

  #noteEnd(reward: number, succeeded: boolean): void {
    if (succeeded) {
      this.#atGoal += reward;
      this.#goals += 1;
    } else {
      this.#atFailure += reward;
      this.#failures += 1;
    }
  }

  evidence(): RewardEvidence {
    return {
      lowest: this.#lowest,
      highest: this.#highest,
      meanSize: this.#sizes / this.#count,
      meanOnTheWay: this.#onTheWay / this.#goingOn,
      meanAtGoal: this.#atGoal / this.#goals,
      goals: this.#goals,
      meanAtFailure: this.#atFailure / this.#failures,
      failures: this.#failures,
    };
  }
}
