import type { Sitting } from "../../browser/pages/paint.ts";
import { gate, type GateArguments, type GateFigures, type GateGroup } from "../report.ts";

const LONG_TASK = 50;
const FIRST_PREVIEW = 3000;
const CANCEL = 50;

/** `npm run bench -- paint-page`. Settings: `--set rounds=5`. */
const paintPageBench: GateGroup = {
  name: "paint-page",
  describe: "What painting in a worker costs the page: its longest task, the first preview, a cancel.",
  async run(args: GateArguments): Promise<GateFigures> {
    const { buildSite } = await import("../pages/build-page.ts");
    const { launchChromium, openPage, serveSite } = await import("../../browser/harness.ts");
    const rounds = Number(args.settings["rounds"] ?? (args.smoke ? 1 : 5));
    const built = await buildSite({ root: new URL("../../browser/pages/", import.meta.url), page: "paint.html" });
    const site = await serveSite({ folder: built.folder });
    const browser = await launchChromium();
    try {
      const { page } = await openPage(browser, `${site.url}paint.html`);
      await page.waitForFunction("'paintPage' in globalThis");
      const sittings: Sitting[] = [];
      for (let round = 0; round < rounds; round++) sittings.push(await page.evaluate(() => globalThis.paintPage.sit()));
      const most = (of: (sitting: Sitting) => number): number => Math.max(...sittings.map(of));
      return {
        gates: [
          gate(
            "longest task of the page",
            most(({ longestTask }) => longestTask),
            "ms",
            "<=",
            LONG_TASK,
          ),
          gate(
            "first preview of a picture at 256²",
            most(({ previewMilliseconds }) => previewMilliseconds),
            "ms",
            "<=",
            FIRST_PREVIEW,
          ),
          gate(
            "from a cancel to its rejection",
            most(({ cancelMilliseconds }) => cancelMilliseconds),
            "ms",
            "<=",
            CANCEL,
          ),
        ],
        work: "a 12-megapixel photograph is read, hashed, kept, painted from and cancelled; a 512² material painted, zipped and unzipped",
        rounds,
        sittings,
        chromium: browser.version(),
      };
    } finally {
      await browser.close();
      await site.close();
      await built.remove();
    }
  },
};

export default paintPageBench;
