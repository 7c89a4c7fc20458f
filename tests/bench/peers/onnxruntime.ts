import { loadPeer } from "./load-peer.ts";
import { openOnnxModel, type OnnxModel, type OnnxRuntime } from "./onnx-session.ts";

/**
 * Opens a model on onnxruntime-web's WebAssembly provider, in Node.
 *
 * @param model - With the input `observations` and the output `actions`, e.g. of `writeOnnxPerceptron`.
 */
export async function loadOnnxModel(model: Uint8Array): Promise<OnnxModel> {
  return openOnnxModel((await loadPeer("onnxruntime-web")) as OnnxRuntime, model, "wasm");
}
