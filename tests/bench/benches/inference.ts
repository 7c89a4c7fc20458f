import { gate, type Gate, type GateArguments, type GateFigures, type GateGroup } from "../report.ts";
import { judgeSpeed } from "../peers/speed-gates.ts";

/** Least ratios by batch: against tfjs-wasm, against onnxruntime-web. A single agent has none; it is published. */
const BARS: Readonly<Record<number, { readonly tfjs: number; readonly onnx: number }>> = {
  16: { tfjs: 6, onnx: 4 },
  64: { tfjs: 6, onnx: 2 },
  1024: { tfjs: 6, onnx: 1.5 },
};
const BATCHES = [1, 16, 64, 1024];
const LARGEST_DIFFERENCE = 1e-5;

/** `npm run bench -- inference`. Settings: `--set rounds=9`, `--set clock=processor`. */
const inferenceBench: GateGroup = {
  name: "inference",
  describe: "Deciding for a batch of agents on our WASM kernels against tfjs-wasm and onnxruntime-web.",
  async run(args: GateArguments): Promise<GateFigures> {
    const { installPeers } = await import("../peers/load-peer.ts");
    installPeers(args.log);
    const { interleave, readInterleaveOptions } = await import("../peers/interleave.ts");
    const { makeDeciders } = await import("../peers/deciders.ts");
    const options = readInterleaveOptions(args);
    const gates: Gate[] = [];
    const microseconds: Record<number, object> = {};
    for (const agents of BATCHES) {
      args.log(`Deciding for ${agents} …`);
      const deciders = await makeDeciders(agents);
      const difference = await deciders.proveEqual();
      gates.push(gate(`${agents}: contenders' actions differ by`, difference, "", "<=", LARGEST_DIFFERENCE));
      const timings = await interleave(deciders.all, options);
      await deciders.dispose();
      const micro = (name: string): number => 1000 * timings[name].milliseconds;
      const names = deciders.all.map(({ name }) => name);
      microseconds[agents] = Object.fromEntries(names.map((name) => [name, Number(micro(name).toPrecision(4))]));
      const bars = BARS[agents];
      if (bars === undefined) continue;
      gates.push(gate(`${agents}: against tfjs-wasm`, micro("tfjs-wasm") / micro("ours"), "×", ">=", bars.tfjs));
      gates.push(
        gate(`${agents}: against onnxruntime-web`, micro("onnxruntime-web") / micro("ours"), "×", ">=", bars.onnx),
      );
    }
    const work = "16 observations, 2 hidden layers of 64 with tanh, 4 continuous actions, greedy; from array to array";
    return { ...judgeSpeed(args, gates), work, rounds: options.rounds, clock: options.clock, microseconds };
  },
};

export default inferenceBench;
