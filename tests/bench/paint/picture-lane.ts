/** A process of its own that does picture jobs, one after the other: so that its processor time is that of the work. */
import { runPictureJob, type PictureJob } from "./picture-job.ts";

process.on("message", (job: PictureJob) => {
  void runPictureJob(job).then(
    (outcome) => process.send!({ outcome }),
    (error: unknown) => process.send!({ error: error instanceof Error ? error.message : String(error) }),
  );
});
