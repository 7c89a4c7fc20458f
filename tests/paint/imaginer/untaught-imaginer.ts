import { Random } from "../../../plugin/core/random.ts";
import { CODE, ImaginerNet } from "../../../plugin/nets/imaginer/imaginer-net.ts";
import { startBackend } from "../../../plugin/nets/start-backend.ts";
import { encodeImaginer, type CodeMap } from "../../../plugin/paint/imaginer/imaginer-file.ts";

/** Each attribute moves a number of its own, by its place in the list, as many times as it says. */
const DIRECTIONS = Float32Array.from({ length: 12 * CODE }, (_, i) =>
  Math.floor(i / CODE) === i % CODE ? (i % CODE) + 1 : 0,
);
/** All numbers of "brick" are 0.5, all of "sand" -0.5. */
const MAP: CodeMap = {
  classes: ["brick", "sand"],
  codes: Float32Array.from({ length: 2 * CODE }, (_, i) => (i < CODE ? 0.5 : -0.5)),
  attributes: new Float32Array(2 * 12).fill(0.25),
  directions: DIRECTIONS,
};

/** The file of an imaginer that has learned nothing. @param seed - Of its weights. */
export async function untaughtImaginer(seed: number): Promise<Uint8Array> {
  await startBackend("wasm");
  const net = new ImaginerNet(new Random(seed));
  const bytes = await encodeImaginer(net, MAP, {}, "float16");
  net.dispose();
  return bytes;
}
