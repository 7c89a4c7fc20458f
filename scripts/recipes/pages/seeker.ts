import { createPolicy, decodePolicy } from "../../../plugin/index.ts";
import { scoreSeeker, type SeekerScore } from "../../../sample-game/seeker/lesson/score.ts";
import type { TeachPage } from "../../browser-worker.ts";

/** What the recipe asks of this page besides. */
export interface SeekerPage {
  /** @param policy - The bytes of its file, or null for chance. */
  score(policy: Uint8Array | null, rounds: number, seed: number): Promise<SeekerScore>;
}

declare global {
  var teachPage: TeachPage;
  var seekerPage: SeekerPage;
}

let worker: Worker | null = null;

globalThis.teachPage = {
  start(tell, fail) {
    worker = new Worker(new URL("../seeker.worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<unknown>) => tell(data);
    worker.onerror = ({ message }) => fail(message);
  },
  post: (message) => worker?.postMessage(message),
};

globalThis.seekerPage = {
  score: async (bytes, rounds, seed) =>
    scoreSeeker(bytes ? await createPolicy(decodePolicy(bytes, "the policy")) : "random", rounds, seed),
};
