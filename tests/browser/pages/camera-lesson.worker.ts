import wasmUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import { offscreenRenderer } from "../../../plugin/vision.ts";
import { serveLesson } from "../../../plugin/worker.ts";
import { seekerLesson } from "../../../sample-game/seeker/lesson/seeker.lesson.ts";

serveLesson(seekerLesson, { renderer: offscreenRenderer, tfjs: { wasmUrl } });
