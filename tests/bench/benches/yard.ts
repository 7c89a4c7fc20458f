import { loadavg } from "node:os";
import { gate, type GateArguments, type GateFigures, type GateGroup } from "../report.ts";

const LEAST_DECISIONS_PER_SECOND = 2_000;
const LEAST_SPEED_UP = 1.5;
/** Of the plugin's own work in a frame, at 64 agents. */
const MOST_MILLISECONDS = 1;
const MOST_MICROSECONDS_PER_RAY = 10;
/** Milliseconds above which a task is felt, https://www.w3.org/TR/longtasks-1/. */
const LONG_TASK = 50;

/** `npm run bench -- yard`. Settings: `--set rounds=5`, `--set seconds=8`, `--set clock=processor` (not for teaching). */
const yardBench: GateGroup = {
  name: "yard",
  describe: "Decisions per second of teaching the Yard, physics and updates included, and what is left to the page.",
  async run(args: GateArguments): Promise<GateFigures> {
    const { measureTeaching } = await import("../yard/teaching-rate.ts");
    const { measureOwnWork } = await import("../yard/own-work.ts");
    const { measureMainThread } = await import("../yard/main-thread.ts");
    const { clock } = (await import("../peers/interleave.ts")).readInterleaveOptions(args);
    const { smoke, log } = args;
    const rounds = Number(args.settings["rounds"] ?? (smoke ? 1 : 5));
    const seconds = Number(args.settings["seconds"] ?? (smoke ? 4 : 8));

    log("Teaching the Yard in Node, with one worker and with two …");
    const load = loadavg().map((value) => Math.round(value * 10) / 10);
    const [one, two] = await measureTeaching([1, 2], { rounds, seconds, warmUp: smoke ? 1 : 2, log });
    log("Timing the plugin's own work in frames …");
    const ownWork = await measureOwnWork(smoke ? 2_000 : 6_000, clock);
    log("Watching a page's main thread while a worker teaches …");
    const mainThread = await measureMainThread(smoke ? 6 : 60);

    const { agents, withoutRays, microsecondsPerRay } = ownWork;
    return {
      gates: [
        gate("taught with one worker", one.decisionsPerSecond, "decisions/s", ">=", LEAST_DECISIONS_PER_SECOND),
        gate("two workers over one", two.decisionsPerSecond / one.decisionsPerSecond, "×", ">=", LEAST_SPEED_UP),
        gate(`own work in a frame, ${agents} agents, p95`, withoutRays.p95, "ms", "<=", MOST_MILLISECONDS),
        gate("own work for each ray, p95", microsecondsPerRay, "µs", "<=", MOST_MICROSECONDS_PER_RAY),
        gate("main thread while a worker teaches, longest task", mainThread.longestTask[clock], "ms", "<=", LONG_TASK),
        gate("policies a second on the page", mainThread.policies / mainThread.seconds, "/s", ">=", 0.5),
        gate("complaints of the page", mainThread.complaints.length, "", "<=", 0),
      ],
      clock,
      loadAtStart: load,
      teaching: [one, two],
      ownWork,
      mainThread,
    };
  },
};

export default yardBench;
