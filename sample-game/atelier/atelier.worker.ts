import wasmUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import { servePainting } from "../../plugin/paint-worker.ts";

// One of the workers in which the Atelier paints. Built, it lies in assets/, models/ beside that folder.
const model = (path: string): URL => new URL(`../models/${path}`, self.location.href);
servePainting({
  wasmUrl,
  estimatorUrl: model("photo-maps/estimator.bnw"),
  imaginerUrl: model("imaginer/imaginer.bnw"),
  denoiserUrl: model("denoiser/denoiser.bnw"),
  autoencoderUrl: model("autoencoder/autoencoder.bnw"),
});
