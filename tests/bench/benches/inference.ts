import { SIMPLE_ENCODER, SMALL_ENCODER } from "../../../plugin/core/network-spec.ts";
import { gate, type Gate, type GateArguments, type GateFigures, type GateGroup } from "../report.ts";
import type { Timing } from "../peers/interleave.ts";
import { judgeSpeed } from "../peers/speed-gates.ts";

/** Least ratios by batch: against tfjs-wasm, against onnxruntime-web. A single agent has none; it is published. */
const BARS: Readonly<Record<number, { readonly tfjs: number; readonly onnx: number }>> = {
  16: { tfjs: 6, onnx: 4 },
  64: { tfjs: 6, onnx: 2 },
  1024: { tfjs: 6, onnx: 1.5 },
};
const BATCHES = [1, 16, 64, 1024];
const LARGEST_DIFFERENCE = 1e-5;
/** Published without a bar. */
const PICTURES = [
  { name: "16 agents, 20 × 20 × 3, simple encoder", agents: 16, side: 20, convolutions: SIMPLE_ENCODER },
  { name: "16 agents, 11 × 11 × 3, small encoder", agents: 16, side: 11, convolutions: SMALL_ENCODER },
] as const;

/** `npm run bench -- inference`. Settings: `--set rounds=9`, `--set clock=processor`. */
const inferenceBench: GateGroup = {
  name: "inference",
  describe: "Deciding for a batch of agents on our WASM kernels against tfjs-wasm and onnxruntime-web.",
  async run(args: GateArguments): Promise<GateFigures> {
    const { installPeers } = await import("../peers/load-peer.ts");
    installPeers(args.log);
    const { interleave, readInterleaveOptions } = await import("../peers/interleave.ts");
    const { makeDeciders } = await import("../peers/deciders.ts");
    const { makePictureDeciders } = await import("../peers/picture-deciders.ts");
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
      microseconds[agents] = inMicroseconds(timings);
      const bars = BARS[agents];
      if (bars === undefined) continue;
      gates.push(gate(`${agents}: against tfjs-wasm`, micro("tfjs-wasm") / micro("ours"), "×", ">=", bars.tfjs));
      gates.push(
        gate(`${agents}: against onnxruntime-web`, micro("onnxruntime-web") / micro("ours"), "×", ">=", bars.onnx),
      );
    }
    const pictures: Record<string, object> = {};
    for (const seen of PICTURES) {
      args.log(`Deciding for ${seen.name} …`);
      const deciders = await makePictureDeciders(seen);
      const difference = await deciders.proveEqual();
      gates.push(gate(`${seen.name}: contenders' actions differ by`, difference, "", "<=", LARGEST_DIFFERENCE));
      pictures[seen.name] = inMicroseconds(await interleave(deciders.all, options));
      await deciders.dispose();
    }
    const work =
      "16 observations, 2 hidden layers of 64 with tanh, 4 continuous actions, greedy; from array to array. Pictures: ours gets bytes, the others floats in the order that each likes best.";
    return { ...judgeSpeed(args, gates), work, rounds: options.rounds, clock: options.clock, microseconds, pictures };
  },
};

function inMicroseconds(timings: Readonly<Record<string, Timing>>): Record<string, number> {
  const entries = Object.entries(timings);
  return Object.fromEntries(
    entries.map(([name, { milliseconds }]) => [name, Number((1000 * milliseconds).toPrecision(4))]),
  );
}

export default inferenceBench;
