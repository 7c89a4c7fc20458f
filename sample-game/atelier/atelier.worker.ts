import wasmUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import { servePainting } from "../../plugin/paint-worker.ts";

// One of the workers in which the Atelier paints. Built, it lies in assets/, models/ beside that folder.
servePainting({ wasmUrl, estimatorUrl: new URL("../models/photo-maps/estimator.bnw", self.location.href) });
