import { gate, type Gate, type GateArguments, type GateFigures, type GateGroup } from "../report.ts";
import { judgeSpeed } from "../peers/speed-gates.ts";

const LEAST_RATE = 10;
const LARGEST_DIFFERENCE = 1e-5;
const SIZE = { batch: 16, pixels: 64 };
/** Small enough for tfjs-cpu. */
const SMALL_SIZE = { batch: 2, pixels: 16 };
const STEPS = { full: 30, smoke: 5 };

/** `npm run bench -- conv`. Settings: `--set rounds=9`, `--set clock=processor`. */
const convBench: GateGroup = {
  name: "conv",
  describe: "Teaching a convolutional autoencoder on tfjs-wasm with our kernels: its rate, and how exact it is.",
  async run(args: GateArguments): Promise<GateFigures> {
    const tf = await import("@tensorflow/tfjs");
    const { interleave, readInterleaveOptions } = await import("../peers/interleave.ts");
    const { makeAutoencoder } = await import("../conv/autoencoder.ts");
    const { useWasmBackend } = await import("../../../plugin/nets/wasm-backend.ts");
    tf.enableProdMode();
    await useWasmBackend();

    // Step 1. Numbers first: who computes something else has no speed.
    args.log("Comparing with tfjs-cpu …");
    const gates: Gate[] = [];
    const gradients: Record<string, Float32Array[]> = {};
    for (const backend of ["cpu", "wasm"]) {
      await tf.setBackend(backend);
      const small = makeAutoencoder(SMALL_SIZE, 1);
      const tensors = small.gradients();
      gradients[backend] = tensors.map((tensor) => tensor.dataSync<"float32">());
      tf.dispose(tensors);
      small.dispose();
    }
    const differences = gradients["cpu"].map((expected, i) => differenceOf(gradients["wasm"][i], expected));
    const worst = Math.max(...differences);
    gates.push(gate("gradients differ from tfjs-cpu by", worst, "", "<=", LARGEST_DIFFERENCE));

    // Step 2. How fast.
    args.log("Timing …");
    const options = readInterleaveOptions(args);
    const tensorsBefore = tf.memory().numTensors;
    const autoencoder = makeAutoencoder(SIZE, 1);
    const first = autoencoder.step();
    const tensors = tf.memory().numTensors;
    const timings = await interleave([{ name: "step", run: () => autoencoder.step() }], options);
    gates.push(gate("tensors left over by all steps", tf.memory().numTensors - tensors, "", "<=", 0));
    let last = first;
    for (let i = 0; i < STEPS[args.smoke ? "smoke" : "full"]; i++) last = autoencoder.step();
    gates.push(gate("loss after all steps, over the first", last / first, "", "<=", 0.9));
    autoencoder.dispose();
    gates.push(gate("tensors left over at the end", tf.memory().numTensors - tensorsBefore, "", "<=", 0));
    const { milliseconds } = timings["step"];
    gates.push(gate("rate of a whole step", autoencoder.flops / milliseconds / 1e6, "GFLOP/s", ">=", LEAST_RATE));
    return {
      ...judgeSpeed(args, gates),
      work: "64 × 64 × 3 pictures, 16 a batch; 4 × 4 convolutions with stride 2 to 32, 64, 128 channels and transposed ones back; bias, ReLU, mean squared error, Adam; one thread",
      gigaflops: autoencoder.flops / 1e9,
      milliseconds: Number(milliseconds.toPrecision(4)),
      rounds: options.rounds,
      clock: options.clock,
    };
  },
};

export default convBench;

/** Largest difference over the largest number. */
function differenceOf(actual: Float32Array, expected: Float32Array): number {
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return expected.reduce((most, value, i) => Math.max(most, Math.abs(actual[i] - value)), 0) / largest;
}
