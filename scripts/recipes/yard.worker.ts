import { loadHavok } from "../../plugin/headless.ts";
import { serveLesson } from "../../plugin/worker.ts";
import { yardLesson } from "../../sample-game/yard/lesson/golem.lesson.ts";

serveLesson(yardLesson, { havok: loadHavok });
