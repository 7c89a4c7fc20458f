import type { PaintCounts } from "../../browser/pages/paint-gpu.ts";
import { gate, type GateArguments, type GateFigures, type GateGroup } from "../report.ts";

/** Seeds of the pictures that are painted from. */
const SEEDS = 5;
/** The GPU rounds to bytes by itself, so that a value between two may become either; a bar of 2 leaves room for other GPUs. */
const LARGEST_DIFFERENCE = 2;
/** Uniforms of some 300 dispatches, and where occlusion looks: 34,708 bytes were counted. */
const MOST_EXTRA_BYTES = 65_536;
const CLASSES = ["brick", "cobble", "metalPlate", "marble", "fabricWeave"] as const;

/** `npm run bench -- paint-gpu`. Counts only, so a busy machine gives the same. `--set size=256` paints larger. */
const paintGpuBench: GateGroup = {
  name: "paint-gpu",
  describe: "What goes up and down between tensors and a material; in Chromium on SwiftShader.",
  async run(args: GateArguments): Promise<GateFigures> {
    const { buildSite } = await import("../pages/build-page.ts");
    const { launchChromium, openPage, serveSite } = await import("../../browser/harness.ts");
    args.log("Building the page …");
    const built = await buildSite({ root: new URL("../../browser/pages/", import.meta.url), page: "paint-gpu.html" });
    const site = await serveSite({ folder: built.folder });
    const browser = await launchChromium();
    const size = Number(args.settings["size"] ?? (args.smoke ? 48 : 128));
    const seeds = Array.from({ length: args.seeds ?? SEEDS }, (_, i) => i + 1);
    const gates: ReturnType<typeof gate>[] = [];
    try {
      const open = async (wish: "webgpu" | "webgl2") => {
        const { page } = await openPage(browser, `${site.url}paint-gpu.html`);
        await page.evaluate((order) => globalThis.paintGpuPage.start(...order), [wish, wish === "webgpu" ? "shipped" : "small"] as const); // prettier-ignore
        return page;
      };
      const page = await open("webgpu");
      const counts = (): Promise<PaintCounts> => page.evaluate(() => globalThis.paintGpuPage.counts());

      args.log("Tensors beside the CPU …");
      let furthest = 0;
      for (const name of CLASSES) {
        const differences = await page.evaluate((order) => globalThis.paintGpuPage.hangTensors(...order), [name, size, size / 2] as const); // prettier-ignore
        if (typeof differences === "string") throw new Error(`paint-gpu: ${differences}`);
        furthest = Math.max(furthest, ...Object.values(differences));
      }
      gates.push(gate("textures by the GPU: differ from the CPU's by, of 255", furthest, "", "<=", LARGEST_DIFFERENCE));

      args.log("Pictures through a network …");
      await page.evaluate((side) => globalThis.paintGpuPage.paint(side), size);
      await page.evaluate(() => globalThis.paintGpuPage.frames(2));
      const before = await counts();
      for (const seed of seeds) {
        const message = await page.evaluate((order) => globalThis.paintGpuPage.paint(...order), [size, undefined, seed] as const); // prettier-ignore
        if (message !== "painted") throw new Error(`paint-gpu: ${message}`);
        await page.evaluate(() => globalThis.paintGpuPage.frames(2));
      }
      const after = await counts();
      const spent = (name: keyof PaintCounts["calls"]): number =>
        (after.calls[name] - before.calls[name]) / seeds.length;
      gates.push(
        gate(
          "picture → network → material: bytes read back",
          after.calls.bytesDown - before.calls.bytesDown,
          "",
          "<=",
          0,
        ),
        gate(
          "picture → network → material: mapAsync calls",
          after.calls.readbacks - before.calls.readbacks,
          "",
          "<=",
          0,
        ),
        gate(
          "picture → network → material: uploads to textures",
          after.textureUploads - before.textureUploads,
          "",
          "<=",
          0,
        ),
        gate(
          "picture → network → material: dispatches, so that something was counted",
          spent("dispatches"),
          "",
          ">=",
          3,
        ),
        gate(
          "picture → network → material: bytes sent up beyond the picture",
          spent("bytesUp") - 12 * size * size,
          "",
          "<=",
          MOST_EXTRA_BYTES,
        ),
      );
      const complaints = await page.evaluate(() => globalThis.paintGpuPage.errors());
      if (complaints.length > 0) throw new Error(`paint-gpu: ${complaints[0]}`);

      args.log("Tensors beside WebGL2 …");
      const webGl = await open("webgl2");
      const uploads = async (): Promise<number> =>
        (await webGl.evaluate(() => globalThis.paintGpuPage.counts())).textureUploads;
      await webGl.evaluate((side) => globalThis.paintGpuPage.hangTensors("brick", side, side), size);
      const sentBefore = await uploads();
      await webGl.evaluate((side) => globalThis.paintGpuPage.hangTensors("brick", side, side), size);
      gates.push(gate("tensors beside WebGL2: uploads a texture", ((await uploads()) - sentBefore) / 3, "", "<=", 1));
      return {
        gates,
        seeds,
        work: `${size} × ${size} pixels, ${CLASSES.length} classes beside the CPU, an untaught network of the shipped kind`,
        chromium: browser.version(),
        adapter: "SwiftShader",
        perPainting: {
          dispatches: spent("dispatches"),
          submits: spent("submits"),
          bytesUp: spent("bytesUp"),
          bytesDown: spent("bytesDown"),
        },
      };
    } finally {
      await browser.close();
      await site.close();
      await built.remove();
    }
  },
};

export default paintGpuBench;
