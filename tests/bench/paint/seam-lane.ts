/** A process of its own that does seam jobs, one after the other. */
import { answerJobs } from "./answer-jobs.ts";
import { runSeamJob } from "./seam-job.ts";

answerJobs(runSeamJob);
