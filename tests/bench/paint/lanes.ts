import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";

/** What a lane answers to a job. */
type Answer<Outcome> = { readonly outcome: Outcome } | { readonly error: string };

/** How jobs are shared out. */
export interface LaneOptions<Job, Outcome> {
  /** How many processes work side by side. */
  readonly lanes: number;
  /** A module that answers each message with a job by one with `outcome` or `error`. */
  readonly module: URL;
  /** Called after each job, in the order in which they end. */
  readonly onOutcome?: (job: Job, outcome: Outcome) => void;
}

/**
 * Does jobs in processes of their own, each taking the next job when it is free.
 *
 * @returns The outcomes in the order of the jobs.
 * @throws Error of the first job that fails, or when a process dies; all processes are ended.
 */
export async function runInLanes<Job, Outcome>(
  jobs: readonly Job[],
  { lanes, module, onOutcome }: LaneOptions<Job, Outcome>,
): Promise<Outcome[]> {
  const outcomes = new Array<Outcome>(jobs.length);
  let next = 0;
  const processes: ChildProcess[] = [];
  const work = async (lane: ChildProcess): Promise<void> => {
    while (next < jobs.length) {
      const index = next++;
      outcomes[index] = await ask<Outcome>(lane, jobs[index] as object);
      onOutcome?.(jobs[index], outcomes[index]);
    }
  };
  try {
    for (let i = 0; i < Math.min(lanes, jobs.length); i++) {
      processes.push(
        fork(fileURLToPath(module), { execArgv: ["--import", "tsx"], serialization: "advanced", stdio: "inherit" }),
      );
    }
    await Promise.all(processes.map(work));
  } finally {
    for (const lane of processes) lane.kill();
  }
  return outcomes;
}

function ask<Outcome>(lane: ChildProcess, job: object): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null): void => {
      reject(new Error(`lane: needed an answer, came the end of its process (${code}). Is there enough memory?`));
    };
    lane.once("exit", onExit);
    lane.once("message", (answer: Answer<Outcome>) => {
      lane.off("exit", onExit);
      if ("error" in answer) reject(new Error(answer.error));
      else resolve(answer.outcome);
    });
    lane.send(job);
  });
}
