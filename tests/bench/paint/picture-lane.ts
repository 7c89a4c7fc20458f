/** A process of its own that does picture jobs, one after the other: so that its processor time is that of the work. */
import { answerJobs } from "./answer-jobs.ts";
import { runPictureJob } from "./picture-job.ts";

answerJobs(runPictureJob);
