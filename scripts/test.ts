/** `npm test`: builds what browsers are to show, and runs every test, those in real browsers included. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { buildGameIfStale, buildTestPagesIfStale } from "./build-game.ts";
import { NO_BROWSER, findChromium, findFirefox } from "./find-browser.ts";

const root = resolve(import.meta.dirname, "..");
const report = resolve(root, ".cache/test-report.json");

try {
  process.exitCode = await runTests();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function runTests(): Promise<number> {
  const chromium = findChromium();
  const firefox = findFirefox();
  if (!chromium) {
    console.error(`${NO_BROWSER} \`npm run test:node\` runs the tests that need none.`);
    return 1;
  }
  const noFirefox = "Firefox: needed for its smoke test, came none. Install firefox-esr, or set FIREFOX_PATH.";
  if (!firefox && process.env["CI"]) {
    console.error(noFirefox);
    return 1;
  }
  await buildGameIfStale();
  await buildTestPagesIfStale();
  rmSync(report, { force: true });
  const vitest = resolve(root, "node_modules/vitest/vitest.mjs");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const { status } = spawnSync(process.execPath, [vitest, "run", ...reporters, ...process.argv.slice(2)], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, CHROME_PATH: chromium, ...(firefox ? { FIREFOX_PATH: firefox } : {}) },
  });
  if (!firefox) console.log(`${noFirefox} The smoke test in Firefox did not run.`);
  console.log(closingLine());
  return status ?? 1;
}

/** What vitest wrote down about a run. */
interface TestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}

function closingLine(): string {
  if (!existsSync(report)) return "No tests ran.";
  const counts = JSON.parse(readFileSync(report, "utf8")) as TestReport;
  const broken = counts.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  ).length;
  const skipped = counts.numPendingTests + counts.numTodoTests;
  const parts = [`${counts.numPassedTests} passed`, `${counts.numFailedTests + broken} failed`];
  return (skipped > 0 ? [...parts, `${skipped} skipped`] : parts).join(", ");
}
