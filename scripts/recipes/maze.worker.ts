import { serveLesson } from "../../plugin/worker.ts";
import { mazeLesson } from "../../sample-game/maze/lesson/maze.lesson.ts";

serveLesson(mazeLesson);
