import wasmUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import imaginerUrl from "../../../models/imaginer/imaginer.bnw?url";
import { servePainting } from "../../../plugin/paint-worker.ts";

servePainting({ wasmUrl, imaginerUrl });
