import type { PpoStatistics } from "../ppo.ts";
import type { UpdateEvidence } from "./evidence.ts";
import { RecentMean } from "./recent-mean.ts";

/** What updates say about themselves, of late. */
export class UpdateRecord {
  readonly #kl = new RecentMean();
  readonly #clipped = new RecentMean();
  readonly #entropy = new RecentMean();
  readonly #valueLoss = new RecentMean();
  #learningRate = Number.NaN;
  #firstValueLoss = Number.NaN;
  #updates = 0;

  note({ approximateKl, clipFraction, entropy, valueLoss, learningRate }: PpoStatistics): void {
    this.#kl.add(approximateKl);
    this.#clipped.add(clipFraction);
    this.#entropy.add(entropy);
    this.#valueLoss.add(valueLoss);
    this.#learningRate = learningRate;
    if (this.#updates === 0) this.#firstValueLoss = valueLoss;
    this.#updates += 1;
  }

  /** Null before the first update. */
  evidence(): UpdateEvidence | null {
    if (this.#updates === 0) return null;
    return {
      updates: this.#updates,
      approximateKl: this.#kl.value,
      clipFraction: this.#clipped.value,
      entropy: this.#entropy.value,
      criticError: Math.sqrt(2 * this.#valueLoss.value),
      firstCriticError: Math.sqrt(2 * this.#firstValueLoss),
      learningRate: this.#learningRate,
    };
  }
}
