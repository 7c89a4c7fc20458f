import type { Page } from "playwright-core";
import type { NetworkSpec } from "../../../plugin/core/network-spec.ts";
import type { Decided } from "../../browser/pages/camera.ts";
import type { ReadCounts } from "../../browser/pages/count-reads.ts";
import { gate, type Gate, type GateArguments, type GateFigures, type GateGroup } from "../report.ts";

const AGENTS = [1, 4, 16] as const;
const NETWORK: NetworkSpec = { hidden: [32], activation: "tanh", sharedTrunk: false };
/** Of each agent: one number and one choice. */
const VALUES = 2;
const PIXELS = 20;
/** Actions of both paths may differ by so much: single precision over two convolutions and two layers. */
const LARGEST_DIFFERENCE = 1e-4;

/** What a path reads back for one decision of all agents. */
interface PathCost {
  readonly readbacks: number;
  readonly bytesEach: number;
  readonly waits: number;
  readonly decisions: number;
  readonly actions: readonly (readonly number[])[];
}

/** `npm run bench -- camera`. Counts only, so a busy machine gives the same. */
const cameraBench: GateGroup = {
  name: "camera",
  describe: "What agents with cameras read back from the GPU, and that no frame waits; in Chromium on SwiftShader.",
  async run(args: GateArguments): Promise<GateFigures> {
    const { buildSite } = await import("../pages/build-page.ts");
    const { launchChromium, openPage, serveSite } = await import("../../browser/harness.ts");
    args.log("Building the page …");
    const built = await buildSite({
      root: new URL("../../browser/pages/", import.meta.url),
      page: "camera.html",
    });
    const site = await serveSite({ folder: built.folder });
    const browser = await launchChromium();
    const gates: Gate[] = [];
    const costs: Record<string, PathCost> = {};
    const frames = args.smoke ? 20 : 60;
    const open = async (wish: "webgl2" | "webgpu", count: number): Promise<Page> => {
      const { page } = await openPage(browser, `${site.url}camera.html`);
      const agents = Array.from({ length: count }, (_, i) => ({
        turned: (2 * Math.PI * i) / count,
        camera: { width: PIXELS },
      }));
      const error = await page.evaluate((ask) => globalThis.cameraPage.start(...ask), [wish, agents] as const);
      if (error) throw new Error(`camera: ${error}`);
      return page;
    };
    try {
      for (const count of args.smoke ? AGENTS.slice(0, 2) : AGENTS) {
        args.log(`Counting, ${count} agents …`);
        const webGpu = await open("webgpu", count);
        const gpu = await measure(webGpu, "gpu", frames);
        const wasm = await measure(webGpu, "wasm", frames);
        await webGpu.close();
        const webGl = await open("webgl2", count);
        const wasmGl = await measure(webGl, "wasm", frames);
        await webGl.close();
        const name = count === 1 ? "1 agent" : `${count} agents`;
        Object.assign(costs, {
          [`${name}, GPU policy`]: gpu,
          [`${name}, WASM policy by WebGPU`]: wasm,
          [`${name}, WASM policy by WebGL2`]: wasmGl,
        });
        gates.push(
          gate(`${name}, GPU policy: bytes read back`, gpu.bytesEach, "", "<=", 4 * VALUES * count),
          ...judge(`${name}, GPU policy`, "mapAsync calls", gpu),
          gate(
            `${name}, GPU policy: differs from the WASM policy by`,
            difference(gpu, wasm),
            "",
            "<=",
            LARGEST_DIFFERENCE,
          ),
          ...judge(`${name}, WASM policy by WebGPU`, "picture readbacks", wasm),
          ...judge(`${name}, WASM policy by WebGL2`, "picture readbacks", wasmGl),
        );
      }
      return {
        gates,
        work: `${PIXELS} × ${PIXELS} pixels in colour, ${VALUES} action values an agent, one decision a frame, ${frames} frames`,
        chromium: browser.version(),
        adapter: "SwiftShader",
        costs,
      };
    } finally {
      await browser.close();
      await site.close();
      await built.remove();
    }
  },
};

export default cameraBench;

/** At most one readback for all agents; some at all, else nothing was measured; and no waiting. */
function judge(path: string, what: string, { readbacks, waits, decisions }: PathCost): Gate[] {
  return [
    gate(`${path}: ${what} a decision, all agents together`, readbacks / decisions, "", "<=", 1),
    gate(`${path}: decisions with a readback`, readbacks / decisions, "", ">=", 0.2),
    gate(`${path}: synchronous waits`, waits, "", "<=", 0),
  ];
}

function difference(one: PathCost, other: PathCost): number {
  return Math.max(...one.actions.flatMap((row, i) => row.map((value, k) => Math.abs(value - other.actions[i][k]))));
}

async function measure(page: Page, kind: "gpu" | "wasm", frames: number): Promise<PathCost> {
  const error = await page.evaluate((ask) => globalThis.cameraPage.decideBy(...ask), [kind, NETWORK] as const);
  if (error) throw new Error(`camera: ${error}`);
  const play = async (count: number): Promise<[ReadCounts, Decided]> => {
    await page.evaluate((ask) => globalThis.cameraPage.frames(ask), count);
    return page.evaluate(() => [globalThis.cameraPage.counts(), globalThis.cameraPage.decided()]);
  };
  const [before, began] = await play(15);
  const [after, ended] = await play(frames);
  const complaints = await page.evaluate(() => globalThis.cameraPage.errors());
  if (complaints.length > 0) throw new Error(`camera: ${complaints[0]}`);
  const readbacks = after.readbacks - before.readbacks;
  return {
    readbacks,
    bytesEach: (after.bytes - before.bytes) / readbacks,
    waits: after.waits - before.waits,
    decisions: ended.decisions - began.decisions,
    actions: ended.actions,
  };
}
