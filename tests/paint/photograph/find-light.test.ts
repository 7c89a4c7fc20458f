import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../../plugin/nets/start-backend.ts";
import { proceduralMaterial } from "../../../plugin/paint/materials/procedural-material.ts";
import type { Camera } from "../../../plugin/paint/photograph/camera.ts";
import { buildEstimatorNet, decodeEstimator } from "../../../plugin/paint/photograph/estimator-file.ts";
import { findLight } from "../../../plugin/paint/photograph/find-light.ts";
import type { PhotoNet } from "../../../plugin/paint/photograph/photo-net.ts";
import { photograph } from "../../../plugin/paint/photograph/photograph.ts";

const FILE = new Uint8Array(readFileSync(new URL("../../../models/photo-maps/estimator.bnw", import.meta.url)));
const SIDE = 128;

let net: PhotoNet;
beforeAll(async () => {
  tf.enableProdMode();
  await startBackend("wasm");
  net = buildEstimatorNet(decodeEstimator(FILE, "Estimator file"), "Estimator file");
});
afterAll(() => net.dispose());

/** A clear sky, and a sun 37° above the horizon. */
function sunFrom(azimuth: number): Camera {
  const flat = 0.8;
  return {
    lights: [
      { towards: [flat * Math.cos(azimuth), flat * Math.sin(azimuth), 0.6], colour: [1, 1, 1], hasShadow: true },
    ],
    ambient: [0.2, 0.2, 0.2],
    skyTilt: [0, 0],
    exposure: 0.2,
    whiteBalance: [1, 1, 1],
    vignette: 0,
    readNoise: 0.002,
    shotNoise: 0.0003,
    blur: 0.4,
    seed: 1,
  };
}

/** How far the found light is off, in degrees. */
function off(material: string, azimuth: number): number {
  const maps = proceduralMaterial(material, { seed: 77, size: SIDE });
  const { pixels } = photograph(maps, sunFrom(azimuth));
  const [right, up] = tf.tidy(() => {
    const picture = tf.tensor4d(pixels, [1, SIDE, SIDE, 3]);
    return findLight(net, picture, "wrap").dataSync<"float32">();
  });
  const turn = Math.atan2(up, right) - azimuth;
  return (Math.abs(Math.atan2(Math.sin(turn), Math.cos(turn))) * 180) / Math.PI;
}

describe("The light of a photograph", () => {
  it.each(["roofTile", "roughStone", "cobble", "brick", "plank"])(
    "is found in sunlight from four sides, on %s",
    { timeout: 240_000 },
    (material) => {
      const errors = [0.3, 2, 3.5, 5].map((azimuth) => off(material, azimuth));
      expect(errors.filter((error) => error < 35).length).toBeGreaterThanOrEqual(3);
    },
  );
});
