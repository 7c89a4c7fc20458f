import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type {} from "../pages/estimate-maps.ts";
import type { Task } from "../pages/task-trace.ts";
import { gate, median, type Gate, type GateArguments, type GateFigures, type GateGroup } from "../report.ts";

const SIDE = 512;
const LEAST_GIGAFLOPS = 10;
const MOST_MILLISECONDS = 1500;
const LONG_TASK = 50;
const FILE = new URL("../../../models/photo-maps/estimator.bnw", import.meta.url);

/** `npm run bench -- paint-unet`. Settings: `--set rounds=9`. */
const paintUnetBench: GateGroup = {
  name: "paint-unet",
  describe: "What the shipped U-Net costs at 512 × 512, and how long a worker in Chromium takes for it; one thread.",
  async run(args: GateArguments): Promise<GateFigures> {
    const tf = await import("@tensorflow/tfjs");
    const { buildEstimatorNet, decodeEstimator } = await import("../../../plugin/paint/photograph/estimator-file.ts");
    const { loadMapEstimator } = await import("../../../plugin/paint/photograph/map-estimator.ts");
    const { picture } = await import("../../../plugin/paint/picture.ts");
    const { useWasmBackend } = await import("../../../plugin/nets/wasm-backend.ts");
    tf.enableProdMode();
    await useWasmBackend();
    const rounds = Number(args.settings["rounds"] ?? (args.smoke ? 1 : 9));

    // Step 1. What it costs, counted; tests/paint/photograph holds the count against the kernels that run.
    const bytes = await readFile(FILE);
    const net = buildEstimatorNet(decodeEstimator(bytes, fileURLToPath(FILE)), fileURLToPath(FILE));
    const gigaflops = net.operations(SIDE, SIDE) / 1e9;
    const parameters = net.parameters.count;
    net.dispose();
    const gates: Gate[] = [gate(`cost at ${SIDE} × ${SIDE}`, gigaflops, "GFLOP", ">=", LEAST_GIGAFLOPS)];

    // Step 2. In Node.
    args.log("Timing in Node …");
    const estimator = await loadMapEstimator(bytes, { backend: "wasm" });
    const photo = picture(SIDE, SIDE, 3, new Float32Array(SIDE * SIDE * 3).fill(0.5));
    const inNode: number[] = [];
    for (let round = -1; round < rounds; round++) {
      const began = performance.now();
      await estimator.estimate(photo);
      if (round >= 0) inNode.push(performance.now() - began);
    }
    estimator.dispose();

    // Step 3. In a worker in Chromium, while the page watches itself.
    args.log("Timing in Chromium …");
    const { chromium, times, tasks } = await timeInChromium(rounds);
    const inWorker = median(times.milliseconds);
    // By processor time: what a page waits for a busy machine is not its own doing.
    const longest = Math.max(0, ...tasks.map(({ processor }) => processor));
    gates.push(
      gate(`${SIDE} × ${SIDE} in a worker in Chromium`, inWorker, "ms", "<=", MOST_MILLISECONDS),
      gate("longest task of the page meanwhile", longest, "ms", "<=", LONG_TASK),
      gate("frames of the page meanwhile", times.frames, "", ">=", 1),
    );
    return {
      gates,
      work: `one picture of ${SIDE} × ${SIDE}, from sRGB floats to all maps`,
      parameters,
      fileBytes: bytes.length,
      gigaflopsPerSecond: Number(((1000 * gigaflops) / inWorker).toPrecision(3)),
      millisecondsInNode: Number(median(inNode).toPrecision(4)),
      milliseconds: times.milliseconds.map(Math.round),
      frames: times.frames,
      longestTaskByTheWall: Math.round(Math.max(0, ...tasks.map(({ wall }) => wall))),
      rounds,
      chromium,
    };
  },
};

export default paintUnetBench;

interface InChromium {
  readonly chromium: string;
  readonly times: Awaited<ReturnType<typeof globalThis.estimateMaps>>;
  readonly tasks: readonly Task[];
}

async function timeInChromium(rounds: number): Promise<InChromium> {
  const { onPage } = await import("../pages/on-page.ts");
  const { readTrace, startTrace } = await import("../pages/task-trace.ts");
  const root = new URL("../pages/", import.meta.url);
  const { measured, chromium } = await onPage({ root, page: "estimate-maps.html" }, async (page, browser) => {
    await startTrace(browser, page);
    const times = await page.evaluate((job) => globalThis.estimateMaps(job), { side: SIDE, rounds });
    return { times, tasks: (await readTrace(browser)).page };
  });
  return { ...measured, chromium };
}
