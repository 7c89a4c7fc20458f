import type { DecisionTrack, RecordedDecision, ReplayedDecision } from "../../index.ts";

/**
 * What came of deciding again: `"same"` to the last bit, `"other"`, or why nobody could: a script decided, or the policy cannot
 * be asked again. `"deciding"` until it is known.
 */
export type Verdict = "deciding" | "same" | "other" | "scripted" | "unrepeatable";

/** A decision of the past, made again. */
export interface PastMoment {
  /** Its number in the track. */
  readonly decision: number;
  readonly recorded: RecordedDecision;
  /** The decision made again; null where that cannot be. */
  readonly replayed: ReplayedDecision | null;
  readonly verdict: Verdict;
}

/**
 * Makes a recorded decision again, and holds it against the record.
 *
 * @throws ConfigurationError for a decision that is not there.
 */
export async function decideAgain(track: DecisionTrack, decision: number): Promise<PastMoment> {
  const recorded = track.read(decision);
  if (recorded.scripted) return { decision, recorded, replayed: null, verdict: "scripted" };
  if (!recorded.version) return { decision, recorded, replayed: null, verdict: "unrepeatable" };
  const replayed = await track.replay(decision);
  const isSame =
    haveSameBits(recorded.continuous, replayed.continuous) && haveSameBits(recorded.discrete, replayed.discrete);
  return { decision, recorded, replayed, verdict: isSame ? "same" : "other" };
}

/** Numbers that are equal may have other bits: 0 and -0. */
function haveSameBits(a: Float32Array | Int32Array, b: Float32Array | Int32Array): boolean {
  const [left, right] = [a, b].map(({ buffer, byteOffset, length }) => new Int32Array(buffer, byteOffset, length));
  return left.length === right.length && left.every((bits, index) => bits === right[index]);
}
