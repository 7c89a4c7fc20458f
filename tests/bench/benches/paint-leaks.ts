import { Random } from "../../../plugin/core/random.ts";
import { gate, type Gate, type GateArguments, type GateFigures, type GateGroup } from "../report.ts";

const GENERATIONS = 200;
const CANCELS = 20;
const CLASSES = ["brick", "cobble", "sand", "plank"] as const;
const SEED = 11;

/** Numbers of a page, flattened: whatever it counts must not grow. */
type Counts = Readonly<Record<string, number>>;

/** `npm run bench -- paint-leaks`. Counts only, so a busy machine gives the same. `--set generations=50` shortens it. */
const paintLeaksBench: GateGroup = {
  name: "paint-leaks",
  describe: "200 materials one after the other and 20 cancelled ones: nothing may be left; in Chromium on SwiftShader.",
  async run(args: GateArguments): Promise<GateFigures> {
    const { buildSite } = await import("../pages/build-page.ts");
    const { launchChromium, openPage, serveSite } = await import("../../browser/harness.ts");
    const generations = Number(args.settings["generations"] ?? (args.smoke ? 6 : GENERATIONS));
    const cancels = args.smoke ? 4 : CANCELS;
    args.log("Building the pages …");
    const root = new URL("../../browser/pages/", import.meta.url);
    const [worker, gpu] = [
      await buildSite({ root, page: "paint-material.html" }),
      await buildSite({ root, page: "paint-gpu.html" }),
    ];
    const [workerSite, gpuSite] = [await serveSite({ folder: worker.folder }), await serveSite({ folder: gpu.folder })];
    const browser = await launchChromium();
    const random = new Random(SEED, 0);
    const gates: Gate[] = [];
    const grown: Record<string, Counts> = {};
    /** Does a thing often, and holds what the page counts afterwards against what it counted after doing it twice. */
    const hold = async (
      what: string,
      times: number,
      count: () => Promise<Counts>,
      act: (i: number) => Promise<void>,
    ) => {
      // prettier-ignore
      args.log(`${what} …`);
      for (let i = 0; i < 2; i++) await act(i);
      const before = await count();
      for (let i = 0; i < times; i++) await act(i + 2);
      const after = await count();
      const growth = Object.fromEntries(Object.entries(after).map(([name, value]) => [name, value - before[name]]));
      grown[what] = growth;
      for (const [name, value] of Object.entries(growth)) {
        gates.push(gate(`${what}, ${times} times: ${name} left behind`, value, "", "<=", 0));
      }
    };
    try {
      for (const wish of ["webgl2", "webgpu"] as const) {
        const { page } = await openPage(browser, `${workerSite.url}paint-material.html`);
        await page.evaluate((look) => globalThis.paintMaterialPage.start(look), { wish, isRightHanded: false });
        const count = async (): Promise<Counts> => {
          await page.evaluate(() => globalThis.paintMaterialPage.settle());
          const { webgpu, ...all } = await page.evaluate(() => globalThis.paintMaterialPage.counts());
          const { cached, textures, materials, workers, objectUrls } = all;
          const babylon = { cached, textures, materials, workers, objectUrls };
          return wish === "webgpu"
            ? { ...babylon, gpuBuffers: webgpu.buffers, gpuTextures: webgpu.textures }
            : { ...babylon, glTextures: all.glTextures, glBuffers: all.glBuffers };
        };
        await hold(`painted by ${wish}`, generations, count, async (i) => {
          const order = { material: CLASSES[i % CLASSES.length], seed: i, size: 32 };
          const message = await page.evaluate((wanted) => globalThis.paintMaterialPage.paint("wall", wanted), order);
          if (message !== "painted") throw new Error(`paint-leaks: ${message}`);
          // Textures of the GPU are destroyed at the end of a frame.
          if (i % 10 === 0) await page.evaluate(() => globalThis.paintMaterialPage.settle());
        });
        // Moments are drawn from within as long as one takes here, so that some come before the end on quick machines too.
        const began = performance.now();
        for (const material of CLASSES) {
          await page.evaluate((wanted) => globalThis.paintMaterialPage.paint("wall", wanted), {
            material,
            seed: 0,
            size: 96,
          });
        }
        const longest = (performance.now() - began) / CLASSES.length;
        let cancelled = 0;
        await hold(`cancelled by ${wish}`, cancels, count, async (i) => {
          const order = { material: CLASSES[i % CLASSES.length], seed: i, size: 96 };
          const message = await page.evaluate((wanted) => globalThis.paintMaterialPage.paintFor(...wanted), [random.uniform() * longest, "wall", order] as const); // prettier-ignore
          if (message === "Stopped.") cancelled += 1;
          else if (message !== "painted") throw new Error(`paint-leaks: ${message}`);
        });
        gates.push(gate(`cancelled by ${wish}: stopped before the end`, cancelled, "", ">=", cancels / 4));
        await page.evaluate(() => globalThis.paintMaterialPage.endPainter());
        gates.push(gate(`after the painter's end, by ${wish}: workers`, (await count())["workers"], "", "<=", 0));
        await page.close();
      }
      const { page } = await openPage(browser, `${gpuSite.url}paint-gpu.html`);
      await page.evaluate(() => globalThis.paintGpuPage.start("webgpu"));
      const count = async (): Promise<Counts> => {
        await page.evaluate(() => globalThis.paintGpuPage.frames(2));
        const all = await page.evaluate(() => globalThis.paintGpuPage.counts());
        const { webgpu, cached, textures, materials, tensors } = all;
        const gpu = { gpuBuffers: webgpu.buffers, gpuBytes: webgpu.bufferBytes, gpuTextures: webgpu.textures };
        return { cached, textures, materials, tensors, ...gpu };
      };
      const paint = async (i: number, abort?: "now" | "soon" | "late"): Promise<void> => {
        const message = await page.evaluate((order) => globalThis.paintGpuPage.paint(...order), [
          32,
          abort,
          i,
        ] as const);
        if (message !== (abort ? "Stopped." : "painted")) throw new Error(`paint-leaks: ${message}`);
        if (i % 10 === 0) await page.evaluate(() => globalThis.paintGpuPage.frames(1));
      };
      await hold("painted on the GPU", generations, count, paint);
      const moments = ["now", "soon", "late"] as const;
      await hold("cancelled on the GPU", cancels, count, (i) => paint(i, moments[Math.floor(random.uniform() * 3)]));
      const complaints = await page.evaluate(() => globalThis.paintGpuPage.errors());
      gates.push(gate("complaints of the GPU", complaints.length, "", "<=", 0));
      return {
        gates,
        seeds: [SEED],
        work: `${generations} materials of 32 × 32 pixels into the same wall, ${cancels} of 96 × 96 cancelled at random moments`,
        chromium: browser.version(),
        adapter: "SwiftShader",
        grown,
      };
    } finally {
      await browser.close();
      for (const site of [workerSite, gpuSite]) await site.close();
      for (const built of [worker, gpu]) await built.remove();
    }
  },
};

export default paintLeaksBench;
