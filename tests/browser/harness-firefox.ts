import { spawn, type ChildProcess } from "node:child_process";
import type { Readable } from "node:stream";
import puppeteer, { type Browser } from "puppeteer-core";
import { findFirefox, findXvfb } from "../../scripts/find-browser.ts";

/** A running Firefox. */
export interface RunningFirefox {
  readonly browser: Browser;
  close(): Promise<void>;
}

/** Whether there is a Firefox to test in; without one `npm test` says that its tests did not run, and CI fails. */
export function hasFirefox(): boolean {
  return findFirefox() !== null;
}

/**
 * Starts the system's Firefox by WebDriver BiDi.
 *
 * Firefox without a window draws no WebGL on a machine without a GPU (seen in 153 ESR), so it is shown on a virtual
 * screen where there is an `Xvfb`.
 */
export async function launchFirefox(): Promise<RunningFirefox> {
  const executablePath = findFirefox();
  if (!executablePath) throw new Error("Firefox: needed one, came none. Install firefox-esr, or set FIREFOX_PATH.");
  const screen = await startScreen();
  try {
    const browser = await puppeteer.launch({
      browser: "firefox",
      executablePath,
      headless: screen === null,
      env: screen ? { ...process.env, DISPLAY: screen.display } : process.env,
    });
    return {
      browser,
      async close() {
        await browser.close();
        screen?.process.kill();
      },
    };
  } catch (error) {
    screen?.process.kill();
    throw error;
  }
}

/** Starts a virtual screen that picks a free number by itself; null where there is no Xvfb. */
async function startScreen(): Promise<{ process: ChildProcess; display: string } | null> {
  const xvfb = findXvfb();
  if (!xvfb) return null;
  const server = spawn(xvfb, ["-displayfd", "3", "-screen", "0", "1280x800x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const stop = (): boolean => server.kill();
  process.once("exit", stop); // a test that failed may not have closed it
  server.once("exit", () => process.off("exit", stop));
  const number = await new Promise<string>((resolve, reject) => {
    (server.stdio[3] as Readable).once("data", (chunk: Buffer) => resolve(chunk.toString().trim()));
    server.once("exit", (code) => reject(new Error(`Xvfb: needed a virtual screen, came exit status ${code}.`)));
    server.once("error", reject);
  });
  return { process: server, display: `:${number}` };
}
