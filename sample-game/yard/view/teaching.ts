/** How a run stands. */
export type TeachingState = "idle" | "starting" | "running" | "paused" | "finished" | "failed";

/** One point of the curves. */
export interface TeachingSample {
  /** Decisions learned from since the run began. */
  readonly decisions: number;
  readonly decisionsPerSecond: number;
  /** Mean sum of rewards of the latest games. */
  readonly meanReturn: number;
  /** Mean decisions of the latest games. */
  readonly meanLength: number;
  /** Share of the latest games in which the thief was caught, in [0, 1]. */
  readonly catchRate: number;
}

/** Where a run starts from. */
export type TeachingStart = "fresh" | "current";

/** What the panel needs to know of teaching; the page's own is `PageTeaching`. */
export interface Teaching {
  readonly state: TeachingState;
  readonly samples: readonly TeachingSample[];
  /** Seconds that the run has been running, pauses left out. */
  readonly elapsedSeconds: number;
  /** What went wrong, in one line, or null. */
  readonly problem: string | null;
  /** Whether there is something learned that was not kept. */
  readonly hasLearned: boolean;
  /** Whether golems with their present mind could go on learning. */
  readonly canContinue: boolean;
  /** Whether a run was cut off by closing the page and can go on. */
  readonly canResume: boolean;
  /** Called after every change. */
  onChange: () => void;
  start(from: TeachingStart): Promise<void>;
  /** Goes on with the run that was cut off by closing the page. */
  continueLast(): Promise<void>;
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
  /** Stores the latest policy; it is there after a reload. */
  keep(): Promise<void>;
  /** Forgets the run, and gives the golems back the mind that was chosen. */
  reset(): Promise<void>;
  /** Stops everything. May be called twice. */
  dispose(): void;
}
