import * as tf from "@tensorflow/tfjs";
import { startBackend } from "../../../plugin/nets/start-backend.ts";
import { fitShortly, teachShortly, type ShortLesson } from "../../nets/short-lessons.ts";
import { countGpuCalls } from "./count-gpu-calls.ts";

/** What came of a lesson on webgpu. */
export interface GpuLesson extends ShortLesson {
  readonly backend: string;
  /** Tensors that it left behind. */
  readonly left: number;
  readonly dispatches: number;
  /** Errors of the GPU that nobody caught. */
  readonly uncaught: readonly string[];
}

declare global {
  /** Teaches on webgpu; one lesson at a time. */
  var lessonPage: { teach(kind: "automaton" | "fit"): Promise<GpuLesson> };
}

const calls = countGpuCalls();
const uncaught: string[] = [];
const request = GPUAdapter.prototype.requestDevice;
GPUAdapter.prototype.requestDevice = async function (this: GPUAdapter, ...args) {
  const device = await request.apply(this, args);
  device.addEventListener("uncapturederror", ({ error }) => uncaught.push(error.message));
  return device;
};

globalThis.lessonPage = {
  async teach(kind) {
    await startBackend("webgpu");
    const tensors = tf.memory().numTensors;
    const { dispatches } = calls;
    const lesson = await (kind === "automaton" ? teachShortly("webgpu") : fitShortly("webgpu"));
    const left = tf.memory().numTensors - tensors;
    return { ...lesson, backend: tf.getBackend(), left, dispatches: calls.dispatches - dispatches, uncaught };
  },
};
