import { gate, type Gate, type GateArguments, type GateFigures, type GateGroup } from "../report.ts";
import { judgeSpeed } from "../peers/speed-gates.ts";
import type { GpuCosts } from "../pages/gpu-costs.ts";

/** Width of both hidden layers, and most dispatches that a minibatch may take. */
const SHAPES = [
  { width: 32, dispatches: 4 },
  { width: 64, dispatches: 4 },
  { width: 128, dispatches: 4 },
  { width: 256, dispatches: 8 },
] as const;
const ROWS = 64;
const MINIBATCHES = 40;
const LEAST_RECORDING_RATIO = 300;
const LARGEST_DIFFERENCE = 1e-5;

/** `npm run bench -- webgpu`. Settings: `--set rounds=9`. Chromium computes on SwiftShader: counts are exact, times are no GPU's. */
const webGpuBench: GateGroup = {
  name: "webgpu",
  describe: "What a PPO update asks of WebGPU, against tfjs-webgpu, and how exact it is; in Chromium on SwiftShader.",
  async run(args: GateArguments): Promise<GateFigures> {
    const { buildSite } = await import("../pages/build-page.ts");
    const { launchChromium, openPage, serveSite } = await import("../../browser/harness.ts");
    const { RemoteLearner } = await import("../../compute/webgpu/remote-learner.ts");
    const { syntheticRole } = await import("../../compute/oracle/random-batch.ts");
    const { LOSS_CASES, NETWORK_CASES } = await import("../../compute/oracle/agreement-cases.ts");
    const { measureAgreement } = await import("../../compute/oracle/agreement.ts");
    const { loadTfjs } = await import("../../compute/oracle/tfjs.ts");
    args.log("Building the page …");
    const built = await buildSite({ root: new URL("../pages/", import.meta.url), page: "webgpu.html" });
    const site = await serveSite({ folder: built.folder });
    const browser = await launchChromium();
    try {
      const { page } = await openPage(browser, `${site.url}webgpu.html`);
      const gates: Gate[] = [];

      // Step 1. Numbers first: who computes something else has no speed.
      await loadTfjs("cpu");
      const widths = [32, 48, 64, 129, 256].map((width) => ({
        name: `mixed and masked, ${width} wide`,
        role: syntheticRole(9, 2, [3, 4]),
        network: { hidden: [width, width], activation: "tanh", sharedTrunk: false } as const,
        masked: 0.3,
      }));
      for (const one of [...LOSS_CASES, ...widths, ...(args.smoke ? [] : NETWORK_CASES)]) {
        args.log(`Comparing with tfjs-cpu: ${one.name} …`);
        const agreement = await measureAgreement(one, (role, network) => RemoteLearner.create(page, role, network));
        if (agreement.steps !== 20 || agreement.moved < 1e-3) {
          throw new Error(`webgpu: "${one.name}" did not learn. Look at its case.`);
        }
        const what = `${one.name}: differs from tfjs-cpu after 20 steps by`;
        gates.push(gate(what, agreement.parameters, "", "<=", LARGEST_DIFFERENCE));
      }

      // Step 2. What it costs, in a worker.
      const rounds = Number(args.settings["rounds"] ?? (args.smoke ? 3 : 9));
      const costs: Record<string, GpuCosts> = {};
      for (const { width, dispatches } of args.smoke ? SHAPES.slice(1, 2) : SHAPES) {
        args.log(`Counting, ${width} wide …`);
        const options = { width, rows: ROWS, minibatches: MINIBATCHES, rounds };
        const cost = await page.evaluate((asked) => globalThis.measureGpuCosts(asked), options);
        costs[`${width} wide`] = cost;
        gates.push(...judge(`${width} wide`, cost, dispatches));
      }
      const onPage = await page.evaluate(() => globalThis.webGpuPage.counts());
      const uncaught = [...onPage.uncaught, ...Object.values(costs).flatMap((cost) => cost.uncaught)];
      gates.push(gate("errors of WebGPU that nobody caught", uncaught.length, "", "<=", 0));
      return {
        ...judgeSpeed(args, gates),
        work: `${ROWS} rows a minibatch, ${MINIBATCHES} minibatches an update, 16 observations, 4 continuous actions, 2 hidden layers, tanh, actor and critic apart`,
        chromium: browser.version(),
        adapter: "SwiftShader",
        rounds,
        costs,
        ...(uncaught.length > 0 ? { uncaught } : {}),
      };
    } finally {
      await browser.close();
      await site.close();
      await built.remove();
    }
  },
};

export default webGpuBench;

function judge(shape: string, { ours, tfjs }: GpuCosts, mostDispatches: number): Gate[] {
  const { calls } = ours;
  const perUpdate = (what: string, key: string, most: number): Gate =>
    gate(`${shape}: ${what} an update`, calls[key], "", "<=", most);
  return [
    gate(`${shape}: dispatches a minibatch`, calls["dispatches"] / MINIBATCHES, "", "<=", mostDispatches),
    perUpdate("submits", "submits", 1),
    perUpdate("passes", "passes", 2),
    perUpdate("bind groups created in", "bindGroups", 0),
    perUpdate("buffers created in", "buffers", 0),
    perUpdate("readbacks", "readbacks", 1),
    gate(
      `${shape}: recording a minibatch, tfjs-webgpu over ours`,
      tfjs.recording / ours.recording,
      "×",
      ">=",
      LEAST_RECORDING_RATIO,
    ),
  ];
}
