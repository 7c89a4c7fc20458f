import { loadavg } from "node:os";
import { gate, type GateArguments, type GateFigures, type GateGroup } from "../report.ts";

/** What must not grow at all. WebAssembly memory is that of the page, and that of its worker. */
const COUNTED = [
  "observers",
  "meshes",
  "nodes",
  "materials",
  "textures",
  "geometries",
  "bodies",
  "controllers",
  "workers",
  "pageWasm",
  "workerWasm",
] as const;
/** Published: these breathe. Bytes, and numbers of DOM nodes and their listeners. */
const BREATHING = ["pageHeap", "workerHeap", "domNodes", "listeners"] as const;
/**
 * Bytes of JavaScript in ten minutes. Chosen by a run that left 0.9 MB behind: compiled code, and the bind groups that
 * Babylon.js 9.35 keeps for each yard it has drawn with WebGPU. Shorter runs mostly compile.
 */
const MOST_HEAP_GROWTH = 2e6;
const HEAP_SECONDS = 600;
const LEAST_SWAPS_PER_SECOND = 0.9;

/** `npm run bench -- soak`. Settings: `--set minutes=10`, `--set renderer=webgl2`. */
const soakBench: GateGroup = {
  name: "soak",
  describe:
    "Minutes of Golem Yard in Chromium, taught on the page, with another policy every second: nothing may grow.",
  async run(args: GateArguments): Promise<GateFigures> {
    const { soak } = await import("../soak/soak.ts");
    const { growthOf, growthPerMinute } = await import("../soak/growth.ts");
    const { smoke, settings, log } = args;
    const seconds = 60 * Number(settings["minutes"] ?? (smoke ? 1 / 3 : 10));
    const load = loadavg().map((value) => Math.round(value * 10) / 10);
    const { samples, ...result } = await soak({
      seconds,
      secondsPerSample: Math.max(2, seconds / 60),
      secondsPerRun: Math.max(8, seconds / 6),
      warmUp: smoke ? 5 : 30,
      renderer: settings["renderer"],
      log,
    });
    const heaps = seconds < HEAP_SECONDS ? [] : (["pageHeap", "workerHeap"] as const);
    return {
      gates: [
        ...COUNTED.map((key) => {
          return gate(`growth of ${key}`, growthOf(samples, key), key.endsWith("Wasm") ? "bytes" : "", "<=", 0);
        }),
        ...heaps.map((key) => gate(`growth of ${key}`, growthOf(samples, key), "bytes", "<=", MOST_HEAP_GROWTH)),
        gate("policies swapped", result.swapsPerSecond, "/s", ">=", LEAST_SWAPS_PER_SECOND),
        gate("complaints of the page", result.complaints.length, "", "<=", 0),
      ],
      ...result,
      loadAtStart: load,
      growthPerMinute: Object.fromEntries(BREATHING.map((key) => [key, Math.round(growthPerMinute(samples, key))])),
      first: samples[0],
      last: samples.at(-1),
      samples: samples.length,
    };
  },
};

export default soakBench;
