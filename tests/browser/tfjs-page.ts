import { launchChromium, openPage, serveSite } from "./harness.ts";
import type { TfjsAnswer, TfjsRequest } from "./pages/tfjs-learner.worker.ts";

/** A page of Chromium whose workers learn with TensorFlow.js on WebGPU. */
export interface TfjsPage {
  ask(request: TfjsRequest): Promise<TfjsAnswer>;
  /** @throws Error when the page has complained. */
  close(): Promise<void>;
}

/** Opens `pages/tfjs-learner.html`. `dist-test/` must be built. */
export async function openTfjsPage(): Promise<TfjsPage> {
  const site = await serveSite({ folder: "dist-test" });
  const browser = await launchChromium();
  const { page, expectNoComplaints } = await openPage(browser, `${site.url}tfjs-learner.html`);
  await page.waitForFunction("'askTfjs' in globalThis");
  return {
    ask: (request) => page.evaluate((asked) => globalThis.askTfjs(asked), request),
    async close() {
      await browser.close();
      await site.close();
      expectNoComplaints();
    },
  };
}
