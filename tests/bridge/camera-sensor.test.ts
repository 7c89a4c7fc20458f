import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { describe, expect, it } from "vitest";
import { cameraSensor, type CameraSensorOptions } from "../../plugin/bridge/camera-sensor.ts";
import { shareDevice } from "../../plugin/bridge/shared-device.ts";
import { createHeadlessScene } from "../../plugin/scene/headless-scene.ts";

describe("A camera sensor", () => {
  it("gives a picture and no numbers", () => {
    const sensor = cameraSensor({ width: 32, height: 24, channels: 1, stack: 3, label: "left eye" });
    expect(sensor.labels).toEqual([]);
    expect(sensor.image).toEqual({ kind: "image", label: "left eye", width: 32, height: 24, channels: 3 });
    expect(sensor.picture).toEqual(new Uint8Array(32 * 24 * 3));
    expect(sensor.hasPicture).toBe(false);
  });

  it("has 20 × 20 pixels in colour unless told otherwise", () => {
    expect(cameraSensor().image).toEqual({ kind: "image", label: "camera", width: 20, height: 20, channels: 3 });
  });

  it("says that it needs an engine that draws", () => {
    const headless = createHeadlessScene();
    const node = new TransformNode("blind", headless.scene);
    expect(() => cameraSensor().attach!(node)).toThrow(
      "cameraSensor: needed an engine that draws, by WebGPU or WebGL2, came one that does not. Use gridSensor or rays where nothing is drawn, or teach with offscreenRenderer().",
    );
    headless.dispose();
  });

  it.each<[CameraSensorOptions, string]>([
    [
      { width: 3 },
      'cameraSensor: needed "width" to be a whole number of at least 4 and of at most 256, came 3. Small pictures learn fastest: use e.g. 20.',
    ],
    [
      { height: 20.5 },
      'cameraSensor: needed "height" to be a whole number of at least 4 and of at most 256, came 20.5. Small pictures learn fastest: use e.g. 20.',
    ],
    [{ channels: 4 as 3 }, "cameraSensor: needed 1 or 3 channels, came 4. Use 1 for grey, 3 for colour."],
    [
      { direction: [0, 0, 0] },
      'cameraSensor: needed "direction" to have a length above 0, came 0, 0, 0. Use e.g. [0, 0, 1].',
    ],
    [
      { nearest: 2, furthest: 1 },
      'cameraSensor: needed "furthest" to be a number above 2, came 1. Give a distance in scene units.',
    ],
  ])("refuses %o", (options, message) => {
    expect(() => cameraSensor(options)).toThrow(message);
  });
});

describe("A shared device", () => {
  it("says that it needs a WebGPU engine", async () => {
    const headless = createHeadlessScene();
    await expect(shareDevice(headless.scene.getEngine())).rejects.toThrow(
      "shareDevice: needed a WebGPUEngine, came an engine that draws nothing. Make one where navigator.gpu is there; elsewhere use the WASM policy and learner, which need none.",
    );
    headless.dispose();
  });
});
