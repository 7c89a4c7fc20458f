import { ConfigurationError } from "../../core/errors.ts";
import { addressOf, makeOutput, type WasmKernel } from "./wasm-host.ts";

/** Sums of rows by segment, the gradient of `gather`. Ids outside the segments are left out, as everywhere in tfjs. */
export const unsortedSegmentSum: WasmKernel = {
  name: "UnsortedSegmentSum",
  run({ backend, kernels, inputs, attributes }) {
    const x = inputs["x"]!;
    const segmentIds = inputs["segmentIds"]!;
    if (x.dtype !== "float32" || segmentIds.shape.length !== 1) {
      throw new ConfigurationError(
        `tfjs-wasm UnsortedSegmentSum: needed float32 rows and ids of shape [rows], came ${x.dtype} and ids [${segmentIds.shape.join(", ")}]. Cast the values, and flatten the ids.`,
      );
    }
    const [rows, ...row] = x.shape;
    const segments = attributes["numSegments"] as number;
    const output = makeOutput(backend, [segments, ...row]);
    const width = row.reduce((product, size) => product * size, 1);
    kernels.segmentSum(
      addressOf(backend, x),
      addressOf(backend, segmentIds),
      addressOf(backend, output),
      rows,
      width,
      segments,
    );
    return output;
  },
};
