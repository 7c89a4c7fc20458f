import type { Sitting } from "../../browser/pages/paint.ts";
import { longTaskGate } from "../long-task.ts";
import { gate, type GateArguments, type GateFigures, type GateGroup } from "../report.ts";

const FIRST_PREVIEW = 3000;
const CANCEL = 50;

/** `npm run bench -- paint-page`. Settings: `--set rounds=5`. */
const paintPageBench: GateGroup = {
  name: "paint-page",
  describe: "What painting in a worker costs the page: its longest task, the first preview, a cancel.",
  async run(args: GateArguments): Promise<GateFigures> {
    const { onPage } = await import("../pages/on-page.ts");
    const rounds = Number(args.settings["rounds"] ?? (args.smoke ? 1 : 5));
    const root = new URL("../../browser/pages/", import.meta.url);
    const { measured: sittings, chromium } = await onPage({ root, page: "paint.html" }, async (page) => {
      await page.waitForFunction("'paintPage' in globalThis");
      const sat: Sitting[] = [];
      for (let round = 0; round < rounds; round++) sat.push(await page.evaluate(() => globalThis.paintPage.sit()));
      return sat;
    });
    const most = (of: (sitting: Sitting) => number): number => Math.max(...sittings.map(of));
    const preview = most(({ previewMilliseconds }) => previewMilliseconds);
    const cancel = most(({ cancelMilliseconds }) => cancelMilliseconds);
    return {
      gates: [
        longTaskGate(most(({ longestTask }) => longestTask)),
        gate("first preview of a picture at 256²", preview, "ms", "<=", FIRST_PREVIEW),
        gate("from a cancel to its rejection", cancel, "ms", "<=", CANCEL),
      ],
      work: "a 12-megapixel photograph is read, hashed, kept, painted from and cancelled; a 512² material painted, zipped and unzipped",
      rounds,
      sittings,
      chromium,
    };
  },
};

export default paintPageBench;
