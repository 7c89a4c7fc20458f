import type { PanelCost } from "../../browser/pages/studio-panel.ts";
import { gate, onlyInFull, type GateArguments, type GateFigures, type GateGroup } from "../report.ts";

const AGENTS = 64;
/** Milliseconds of the studio's own work, 95 of 100 frames. */
const MOST = 2;

/** `npm run bench -- studio-panel`. */
const studioPanelBench: GateGroup = {
  name: "studio-panel",
  describe:
    "What an open studio costs the page's main thread a frame with 64 agents and all live views, and a closed one.",
  async run(args: GateArguments): Promise<GateFigures> {
    const { buildSite } = await import("../pages/build-page.ts");
    const { launchChromium, openPage, serveSite } = await import("../../browser/harness.ts");
    const frames = args.smoke ? 60 : 600;
    const built = await buildSite({
      root: new URL("../../browser/pages/", import.meta.url),
      page: "studio-panel.html",
    });
    const site = await serveSite({ folder: built.folder });
    const browser = await launchChromium();
    try {
      const { page } = await openPage(browser, `${site.url}studio-panel.html`);
      await page.waitForFunction("'measurePanel' in globalThis");
      const cost: PanelCost = await page.evaluate(([agents, count]) => globalThis.measurePanel(agents, count), [
        AGENTS,
        frames,
      ] as const);
      const p95 = percentile(cost.open, 0.95);
      return {
        gates: [
          onlyInFull(gate(`own work a frame with ${AGENTS} agents, all live views open, p95`, p95, "ms", "<=", MOST)),
          gate(
            "calls of the studio's callbacks in all frames after it was closed",
            cost.callsAfterClosing,
            "",
            "<=",
            0,
          ),
          gate("own work of a closed studio, largest frame", Math.max(...cost.closed), "ms", "<=", 0),
        ],
        frames,
        median: percentile(cost.open, 0.5),
        largest: Math.max(...cost.open),
        chromium: browser.version(),
      };
    } finally {
      await browser.close();
      await site.close();
      await built.remove();
    }
  },
};

export default studioPanelBench;

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}
