import v8 from "node:v8";
import { gate, type Gate, type GateArguments, type GateFigures, type GateGroup } from "../report.ts";
import { judgeSpeed } from "../peers/speed-gates.ts";
import type { InterleaveOptions } from "../peers/interleave.ts";

/** Least ratios by shape (width × rows): against tfjs-wasm, against jax-js. */
const BARS: Readonly<Record<string, { readonly tfjs: number; readonly jax: number }>> = {
  "64 × 64": { tfjs: 20, jax: 20 },
  "64 × 256": { tfjs: 15, jax: 15 },
  "256 × 256": { tfjs: 10, jax: 3 },
};
const LEAST_STRICT_RATE = 15;
const LEAST_RELAXED_RATE = 20;
const LARGEST_DIFFERENCE = 1e-5;

/** `npm run bench -- learner`. Settings: `--set rounds=9`, `--set clock=processor`, `--set simd=relaxed`, `--set browser=no`. */
const learnerBench: GateGroup = {
  name: "learner",
  describe: "One PPO minibatch on our WASM kernels against tfjs-wasm and jax-js, its rate, and how exact it is.",
  async run(args: GateArguments): Promise<GateFigures> {
    const { readInterleaveOptions } = await import("../peers/interleave.ts");
    const options = readInterleaveOptions(args);
    const race = await racePeers(args, options);
    const agreement = await compareWithOracle(args);
    const browser =
      args.settings["browser"] === "no"
        ? noBrowser("left out")
        : await rateInChromium(args, { ...options, clock: "wall" });
    return {
      ...judgeSpeed(args, [...race.gates, ...browser.gates, ...agreement.gates]),
      work: "16 observations, 4 continuous actions, 2 hidden layers, tanh, actor and critic apart, Adam, gradient clip",
      rounds: options.rounds,
      clock: options.clock,
      milliseconds: race.milliseconds,
      chromium: browser.figures,
      agreement: agreement.figures,
    };
  },
};

export default learnerBench;

interface Part {
  readonly gates: readonly Gate[];
}

/** Everybody steps on the same minibatch from the same parameters, in turns; first they prove that they do the same. */
async function racePeers(args: GateArguments, options: InterleaveOptions): Promise<Part & { milliseconds: object }> {
  const fastMath = args.settings["simd"] === "relaxed";
  if (fastMath) allowRelaxedSimd();
  const { installPeers } = await import("../peers/load-peer.ts");
  installPeers(args.log);
  const { loadTfjs } = await import("../../compute/oracle/tfjs.ts");
  const { interleave } = await import("../peers/interleave.ts");
  const { SHAPES, minibatchWork } = await import("../peers/minibatch-work.ts");
  const { loadJax } = await import("../peers/jax-js.ts");
  const { makeContenders } = await import("../peers/minibatch-contenders.ts");
  await loadTfjs("wasm");
  const jax = await loadJax();
  const gates: Gate[] = [];
  const milliseconds: Record<string, object> = {};
  for (const { width, rows } of SHAPES) {
    const shape = `${width} × ${rows}`;
    args.log(`Racing one minibatch, ${width} wide, ${rows} rows …`);
    const work = minibatchWork(width, rows);
    const contenders = await makeContenders(jax, work, fastMath);
    const difference = await contenders.proveEqual(20);
    gates.push(gate(`${shape}: contenders differ after 20 steps by`, difference, "", "<=", LARGEST_DIFFERENCE));
    contenders.holdStill();
    const timings = await interleave(contenders.all, options);
    contenders.dispose();
    milliseconds[shape] = timings;
    const ours = timings["ours"].milliseconds;
    const rate = work.operations / ours / 1e6;
    gates.push(
      gate(`${shape}: against tfjs-wasm`, timings["tfjs-wasm"].milliseconds / ours, "×", ">=", BARS[shape].tfjs),
      gate(`${shape}: against jax-js wasm`, timings["jax-js"].milliseconds / ours, "×", ">=", BARS[shape].jax),
      gate(`${shape}: ${fastMath ? "relaxed" : "strict"} SIMD in Node`, rate, "GFLOP/s", ">=", LEAST_STRICT_RATE),
    );
  }
  return { gates, milliseconds };
}

async function rateInChromium(args: GateArguments, options: InterleaveOptions): Promise<Part & { figures: object }> {
  const { openChromiumLearner } = await import("../peers/chromium-learner.ts");
  const { SHAPES, minibatchWork } = await import("../peers/minibatch-work.ts");
  args.log("Measuring in Chromium …");
  const chromium = await openChromiumLearner().catch((error: unknown) => (error as Error).message);
  if (typeof chromium === "string") return noBrowser(chromium);
  const gates: Gate[] = [];
  const figures: Record<string, unknown> = { version: chromium.version };
  for (const { width, rows } of SHAPES) {
    const shape = `${width} × ${rows}`;
    const { strict, relaxed } = await chromium.time(width, rows, options);
    const rate = (milliseconds: number): number => minibatchWork(width, rows).operations / milliseconds / 1e6;
    const relaxedRate = rate(relaxed.milliseconds);
    gates.push(gate(`${shape}: relaxed SIMD in Chromium`, relaxedRate, "GFLOP/s", ">=", LEAST_RELAXED_RATE));
    figures[shape] = { relaxed, strict, strictRate: rate(strict.milliseconds) };
  }
  await chromium.close();
  return { gates, figures };
}

/** Not measured is not passed. */
function noBrowser(why: string): Part & { figures: object } {
  return {
    gates: [gate("relaxed SIMD in Chromium", Number.NaN, "GFLOP/s", ">=", LEAST_RELAXED_RATE)],
    figures: { missing: why },
  };
}

/** 20 Adam steps against tfjs-cpu: every loss by itself, all other networks and settings together. */
async function compareWithOracle(args: GateArguments): Promise<Part & { figures: object }> {
  allowRelaxedSimd();
  const { createWasmPpoLearner } = await import("../../../plugin/compute/wasm-ppo-learner.ts");
  const { loadTfjs } = await import("../../compute/oracle/tfjs.ts");
  const { measureAgreement } = await import("../../compute/oracle/agreement.ts");
  const { LOSS_CASES, NETWORK_CASES } = await import("../../compute/oracle/agreement-cases.ts");
  await loadTfjs("cpu");
  const networks = args.smoke ? NETWORK_CASES.slice(0, 3) : NETWORK_CASES; // the oracle is slow
  const cases = [...LOSS_CASES, ...networks];
  const gates: Gate[] = [];
  const figures: Record<string, object> = {};
  for (const fastMath of [false, true]) {
    const arithmetic = fastMath ? "relaxed" : "strict";
    args.log(`Comparing with tfjs-cpu, ${arithmetic} …`);
    const differences: Record<string, number> = {};
    for (const one of cases) {
      const agreement = await measureAgreement(one, (role, network) =>
        createWasmPpoLearner(role, network, { fastMath }),
      );
      if (agreement.steps !== 20 || agreement.moved < 1e-3)
        throw new Error(`learner: "${one.name}" did not learn. Look at its case.`);
      differences[one.name] = agreement.parameters;
    }
    figures[arithmetic] = differences;
    const judge = (what: string, difference: number): number =>
      gates.push(
        gate(
          `${what}, ${arithmetic}: differs from tfjs-cpu after 20 steps by`,
          difference,
          "",
          "<=",
          LARGEST_DIFFERENCE,
        ),
      );
    for (const { name } of LOSS_CASES) judge(name, differences[name]);
    judge(`worst of ${networks.length} other networks`, Math.max(...networks.map(({ name }) => differences[name])));
  }
  return { gates, figures };
}

/** Node 20 has it behind a flag. Whoever asks afterwards gets it, jax-js too. */
function allowRelaxedSimd(): void {
  v8.setFlagsFromString("--experimental-wasm-relaxed-simd");
}
