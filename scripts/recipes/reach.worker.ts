import { serveLesson } from "../../plugin/worker.ts";
import { reachLesson } from "./reach-lesson.ts";

serveLesson(reachLesson);
