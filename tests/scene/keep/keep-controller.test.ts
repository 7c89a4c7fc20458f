import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import { afterEach, describe, expect, it } from "vitest";
import { METADATA_KEY } from "../../../plugin/scene/keep/description.ts";
import { forgetController, keepController, keptControllers } from "../../../plugin/scene/keep/keep-controller.ts";
import { forgetLesson, keepLesson, keptLessons } from "../../../plugin/scene/keep/keep-lesson.ts";
import { migrateKeepsake } from "../../../plugin/scene/keep/migrate-keepsake.ts";
import { createTestWorld, messageOf, type TestWorld } from "../test-world.ts";
import { REACH, SEEKER } from "./examples.ts";

let world: TestWorld;
afterEach(() => world.dispose());

async function openBox(metadata: unknown = null): Promise<Mesh> {
  world = await createTestWorld();
  const box = world.box("box");
  box.metadata = metadata;
  return box;
}

describe("A node's metadata", () => {
  it("keeps controllers by name, and what else is there", async () => {
    const box = await openBox({ mine: { health: 3 } });
    keepController(box, SEEKER);
    keepController(box, { ...SEEKER, name: "other" });
    keepController(box, { ...SEEKER, decisionsPerSecond: 5 });
    expect(keptControllers(box)).toEqual([
      { ...SEEKER, decisionsPerSecond: 5 },
      { ...SEEKER, name: "other" },
    ]);
    expect(box.metadata).toMatchObject({ mine: { health: 3 } });
  });

  it("is as before once everything was forgotten", async () => {
    const box = await openBox({ mine: 1 });
    keepController(box, SEEKER);
    expect([forgetController(box, "seeker"), forgetController(box, "seeker")]).toEqual([true, false]);
    expect(box.metadata).toEqual({ mine: 1 });
    box.metadata = null;
    keepController(box, SEEKER);
    forgetController(box, "seeker");
    expect(box.metadata).toBeNull();
  });

  it("is never changed in place, since clones share it", async () => {
    const box = await openBox({ mine: 1 });
    const clone = box.clone("clone");
    keepController(box, SEEKER);
    expect(clone.metadata).toEqual({ mine: 1 });
  });

  it("keeps its class", async () => {
    class Health {
      readonly points = 3;
    }
    const box = await openBox(new Health());
    keepController(box, SEEKER);
    expect(box.metadata).toBeInstanceOf(Health);
    expect(box.metadata).toMatchObject({ points: 3 });
  });

  it("stays as it is when a description is refused", async () => {
    const box = await openBox({ mine: 1 });
    expect(messageOf(() => keepController(box, { ...SEEKER, decisionsPerSecond: 0 }))).toBe(
      'Node "box": the kept "controller.decisionsPerSecond" needs a number from 0.001 to 1000, came 0. Correct it, or remove it and keep the controller again.',
    );
    expect(box.metadata).toEqual({ mine: 1 });
  });

  it("that is no object is not overwritten", async () => {
    const box = await openBox("a note");
    expect(messageOf(() => keepController(box, SEEKER))).toBe(
      'Node "box": needed metadata that is an object, or none, came "a note". Put it into an object, e.g. metadata = { mine: … }.',
    );
    expect(box.metadata).toBe("a note");
  });

  it("of a newer release is not overwritten", async () => {
    const box = await openBox({ [METADATA_KEY]: { version: 7 } });
    const message =
      'Node "box": needed version 1 or older of what it keeps, came 7. Upgrade babylon-neural, or keep it with this release.';
    expect(messageOf(() => keepController(box, SEEKER))).toBe(message);
    expect(messageOf(() => keptControllers(box))).toBe(message);
  });

  it("tells which option is unknown, and which are known", async () => {
    const box = await openBox();
    const sensors = [{ kind: "velocity", options: { maximun: 5 } }];
    expect(messageOf(() => keepController(box, { ...SEEKER, sensors }))).toBe(
      'Node "box": the kept "controller.sensors[0]" needs no option "maximun", as "velocity" knows only "maximum", "planar", came an object. Correct it, or remove it and keep the controller again.',
    );
  });

  it("does not take in agents that would sense without bounds", async () => {
    const box = await openBox();
    const sees = Array.from({ length: 60 }, (_, index) => `tag ${index}`);
    const fan = { kind: "rayFan", options: { rays: 256, range: 1, sees } };
    const sensors = [{ kind: "stacked", options: { sensor: fan, count: 32 } }];
    expect(messageOf(() => keepController(box, { ...SEEKER, sensors }))).toBe(
      'Node "box": the kept "controller.sensors" needs sensors of at most 16384 numbers together, came a list of 1. Correct it, or remove it and keep the controller again.',
    );
    const deep = { kind: "stacked", options: { sensor: sensors[0], count: 2 } };
    expect(messageOf(() => keepController(box, { ...SEEKER, sensors: [deep] }))).toMatch(
      /needs another sensor than "stacked"/,
    );
  });
});

describe("A scene's metadata", () => {
  it("keeps lessons by name", async () => {
    const { scene } = await openBox().then((box) => ({ scene: box.getScene() }));
    scene.metadata = { mine: 1 };
    keepLesson(scene, REACH);
    keepLesson(scene, { ...REACH, timeLimitSeconds: 9 });
    expect(keptLessons(scene)).toEqual([{ ...REACH, timeLimitSeconds: 9 }]);
    expect([forgetLesson(scene, REACH.name), forgetLesson(scene, REACH.name)]).toEqual([true, false]);
    expect(scene.metadata).toEqual({ mine: 1 });
  });

  it("refuses what is no lesson", async () => {
    const scene = (await openBox()).getScene();
    expect(messageOf(() => keepLesson(scene, { ...REACH, ends: 3 as never }))).toBe(
      'Scene: the kept "lesson.ends" needs a list, came 3. Correct it, or remove it and keep the lesson again.',
    );
    expect(scene.metadata).toBeNull();
  });
});

describe("What an older version kept", () => {
  it("is brought up to date: version 0 had degrees, options beside their kind, and the policy's URL alone", async () => {
    const box = await openBox({
      [METADATA_KEY]: {
        controllers: [
          {
            name: "guard",
            sensors: [
              { kind: "rayFan", rays: 5, range: 9, angle: 180 },
              { kind: "stacked", count: 2, sensor: { kind: "directionTo", target: "ball", fieldOfView: 90 } },
            ],
            actuators: [
              { kind: "drive", speed: 2 },
              { kind: "turn", degreesPerSecond: 90 },
            ],
            policy: "guard.bnp",
          },
        ],
      },
    });
    expect(keptControllers(box)).toEqual([
      {
        name: "guard",
        sensors: [
          { kind: "rayFan", options: { rays: 5, range: 9, angle: Math.PI } },
          {
            kind: "stacked",
            options: {
              count: 2,
              sensor: { kind: "directionTo", options: { target: "ball", fieldOfView: Math.PI / 2 } },
            },
          },
        ],
        actuators: [
          { kind: "drive", options: { speed: 2 } },
          { kind: "turn", options: { radiansPerSecond: Math.PI / 2 } },
        ],
        policy: { url: "guard.bnp" },
      },
    ]);
    // Writing keeps the newest form.
    keepController(box, { ...keptControllers(box)[0], greedy: false });
    expect(box.metadata).toMatchObject({ [METADATA_KEY]: { version: 1 } });
  });

  it("stays as it is when it is up to date", async () => {
    await openBox();
    const block = { version: 1, controllers: [SEEKER], paint: { material: { seed: 1 } } };
    expect(migrateKeepsake(block, "test")).toEqual(block);
  });

  it.each([
    [3, '"babylonNeural" in its metadata, came 3. Remove it, and keep the controller again.', "needed an object as "],
    [
      { version: "1" },
      'of what it keeps, came "1". Remove "babylonNeural" from its metadata, and keep the controller again.',
      "needed a version from 0 ",
    ],
  ])("must be an object with a version: %j", async (block, end, start) => {
    await openBox();
    expect(messageOf(() => migrateKeepsake(block, "test"))).toBe(`test: ${start}${end}`);
  });
});
