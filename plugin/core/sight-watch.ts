import { doubt, fault, type Finding } from "./finding.ts";

/** That many ended episodes in a row do not look alike by chance when a sight rarely changes. */
const ENOUGH_ENDS = 10;

/** One array of what a group sees, and where the last sight of an ended episode is kept. */
interface Sights {
  /** How the group calls the latter. */
  readonly finalName: "finalObservations" | "finalImages";
  /** How many numbers each agent has. */
  readonly width: number;
  readonly now: Float32Array | Uint8Array;
  readonly final: Float32Array | Uint8Array;
}

/** Watches what a group sees from step to step, and whether it keeps the last sight of each episode. */
export class SightWatch {
  readonly #sights: Sights;
  readonly #before: Float32Array | Uint8Array;
  #goingOn = 0;
  #changed = 0;
  #ends = 0;
  #finalsLikeNext = 0;
  #finalsZero = 0;

  constructor(sights: Sights) {
    this.#sights = sights;
    this.#before = sights.now.slice();
  }

  /** Remembers what is seen before a step. */
  beforeStep(): void {
    this.#before.set(this.#sights.now);
  }

  /** Looks at an agent whose episode goes on. */
  goesOn(agent: number): void {
    this.#goingOn += 1;
    if (!this.#sameRow(this.#before, this.#sights.now, agent)) this.#changed += 1;
  }

  /** Looks at an agent whose episode has ended. */
  ends(agent: number): void {
    const { now, final, width } = this.#sights;
    this.#ends += 1;
    if (this.#sameRow(final, now, agent)) this.#finalsLikeNext += 1;
    if (final.subarray(agent * width, (agent + 1) * width).every((value) => value === 0)) this.#finalsZero += 1;
  }

  /** What is odd about the last sights, or null. */
  finding(who: string): Finding | null {
    const { finalName } = this.#sights;
    const oftenChanges = this.#changed > this.#goingOn / 2;
    if (this.#changed === 0 || this.#ends < (oftenChanges ? 2 : ENOUGH_ENDS)) return null;
    if (this.#finalsZero === this.#ends) {
      // A picture may well be dark at each end, a row of numbers hardly 0.
      const judge = finalName === "finalImages" ? doubt : fault;
      return judge(
        `${who}: the last sight of an ended episode needs to be kept, came only zeros in ${finalName}.`,
        `The array ${finalName} is not written before the next episode begins.`,
      );
    }
    if (this.#finalsLikeNext < this.#ends) return null;
    return fault(
      `${who}: the last sight of an ended episode needs to be kept, came the first one of the next in ${finalName}.`,
      `The array ${finalName} is written after the restart instead of before it.`,
    );
  }

  #sameRow(one: ArrayLike<number>, other: ArrayLike<number>, agent: number): boolean {
    const { width } = this.#sights;
    for (let i = agent * width; i < (agent + 1) * width; i++) if (one[i] !== other[i]) return false;
    return true;
  }
}
