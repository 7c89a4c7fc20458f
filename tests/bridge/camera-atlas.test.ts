import { expect, test } from "vitest";
import { CameraAtlas } from "../../plugin/bridge/camera/camera-atlas.ts";
import type { CameraTile } from "../../plugin/bridge/camera/camera-tile.ts";
import { createHeadlessScene } from "../../plugin/scene/headless-scene.ts";

test("agents that decide again and again without a frame are told that they would see black for ever", () => {
  const { scene, dispose } = createHeadlessScene();
  const atlas = CameraAtlas.of(scene);
  const tile = { isAsked: false, isWanted: false, asks: 0, dispose() {} } as unknown as CameraTile;
  const images = new Uint8Array(4);
  const decide = (times: number): void => {
    for (let i = 0; i < times; i++) atlas.note(images, 0, tile);
  };
  atlas.add(tile);
  decide(100);
  scene.onAfterRenderObservable.notifyObservers(scene);
  decide(100);
  expect(() => decide(1)).toThrow(
    'cameraSensor: needed a scene that renders, came 100 decisions without a frame. Set exact: "late" in lessons that nobody looks at.',
  );
  dispose();
});
