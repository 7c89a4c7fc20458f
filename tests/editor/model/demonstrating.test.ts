import "fake-indexeddb/auto";
import { CreateBox } from "@babylonjs/core/Meshes/Builders/boxBuilder.js";
import { expect, it, onTestFinished } from "vitest";
import { Demonstrating } from "../../../plugin/editor/model/demonstrating.ts";
import { Studio } from "../../../plugin/editor/model/studio.ts";
import { ConfigurationError } from "../../../plugin/core/errors.ts";
import { attachController, createHeadlessScene, keepController, type PartDescription } from "../../../plugin/index.ts";

/** Somebody is about to show a box with one sensor how to drive. */
async function beginToShow(sensor: PartDescription): Promise<Demonstrating> {
  const { scene, dispose } = createHeadlessScene();
  const box = CreateBox("box", {}, scene);
  const description = { name: "guard", sensors: [sensor], actuators: [{ kind: "drive", options: { speed: 2 } }] };
  keepController(box, description);
  attachController(box, description);
  const studio = new Studio(scene);
  await studio.restore();
  const showing = new Demonstrating(studio, studio.agents.of(box)[0]);
  onTestFinished(() => {
    showing.dispose();
    studio.close();
    dispose();
  });
  await new Promise((resolve) => showing.onChangeObservable.add(resolve));
  return showing;
}

it("says why an agent that sees pictures cannot be shown anything", async () => {
  const showing = await beginToShow({ kind: "gridSensor", options: { cells: [5, 5], cellSize: 1, sees: ["wall"] } });
  expect(showing.refusal?.message).toBe(
    'Demonstrations of "guard": needed an agent that senses numbers, came one with the picture "grid wall". Show it with rays or a direction instead, or teach it by rewards.',
  );
});

it("learns by heart only where the page gave a worker", async () => {
  const showing = await beginToShow({ kind: "velocity", options: { maximum: 5 } });
  expect([showing.refusal, showing.canClone]).toEqual([null, false]);
  await expect(showing.clone()).rejects.toThrow(
    new ConfigurationError(
      "Studio: needed a worker to learn in, came none. Open it with openStudio(scene, { makeWorker }).",
    ),
  );
});
