/** Answers the jobs that `runInLanes` sends to this process. */
export function answerJobs(run: (job: never) => Promise<unknown>): void {
  process.on("message", (job: unknown) => {
    void run(job as never).then(
      (outcome) => process.send!({ outcome }),
      (error: unknown) => process.send!({ error: error instanceof Error ? error.message : String(error) }),
    );
  });
  // whoever asked is gone
  process.on("disconnect", () => process.exit());
}
