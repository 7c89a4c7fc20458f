import "@babylonjs/core/Materials/standardMaterial.js";
import { SceneSerializer } from "@babylonjs/core/Misc/sceneSerializer.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { Random } from "../../../plugin/core/random.ts";
import { EditHistory } from "../../../plugin/editor/model/edit-history.ts";
import type { NumberField } from "../../../plugin/scene/forms/form.ts";
import { initialOptions } from "../../../plugin/scene/forms/initial-options.ts";
import { partForm } from "../../../plugin/scene/forms/part-form.ts";
import { SENSOR_FORMS } from "../../../plugin/scene/forms/sensor-forms.ts";
import type { ControllerDescription } from "../../../plugin/scene/keep/description.ts";
import { addPart, movePart, removePart, setOption, setSettings } from "../../../plugin/scene/keep/edit-controller.ts";
import { forgetController, keepController, keptControllers } from "../../../plugin/scene/keep/keep-controller.ts";
import { forgetLesson, keepLesson, keptLessons } from "../../../plugin/scene/keep/keep-lesson.ts";
import { REACH, SEEKER } from "../../scene/keep/examples.ts";
import { createTestWorld } from "../../scene/test-world.ts";

/** What one row of edits came to. */
export interface EditRow {
  /** Whether undoing all gave the scene's JSON back, letter by letter. */
  readonly isRestored: boolean;
  /** Whether doing all again gave the edited scene's JSON back. */
  readonly isRepeated: boolean;
  /** How many of the edits changed anything. */
  readonly changes: number;
}

/**
 * Makes random edits as a person in the editor does, takes them all back, and does them again: controllers with their parts,
 * sliders, settings and names, on several nodes, and lessons; in a scene whose metadata is partly somebody else's.
 */
export async function playEdits(seed: number, count: number): Promise<EditRow> {
  const world = await createTestWorld();
  const { scene } = world;
  const random = new Random(seed);
  const boxes = ["box", "second", "third"].map((name, index) => world.box(name, { at: [2 * index, 0, 0] }));
  world.box("ball", { at: [0, 0, 9] });
  boxes[1].metadata = { mine: { health: 3 } };
  boxes[2].metadata = { gltf: { extras: { babylonNeural: { version: 1, controllers: [SEEKER] }, other: 1 } } };
  if (random.uniform() < 0.5) keepController(boxes[0], SEEKER);

  const history = new EditHistory();
  // Once for nothing: Babylon.js makes its default material while it serialises for the first time.
  await toJson(scene);
  const before = await toJson(scene);
  let changes = 0;
  history.onChangeObservable.add(() => changes++);
  while (changes < count) edit(history, scene, boxes[random.integer(boxes.length)], random);
  const made = changes;
  const after = await toJson(scene);
  while (history.undo());
  const isRestored = (await toJson(scene)) === before;
  while (history.redo());
  const isRepeated = (await toJson(scene)) === after;
  world.dispose();
  return { isRestored, isRepeated, changes: made };
}

async function toJson(scene: Scene): Promise<string> {
  return JSON.stringify(await SceneSerializer.SerializeAsync(scene));
}

/** One edit. Some change nothing, e.g. a slider that is put to where it stands; those are no edits. */
function edit(history: EditHistory, scene: Scene, node: TransformNode, random: Random): void {
  const kept = keptControllers(node);
  const description = kept.length > 0 ? kept[random.integer(kept.length)] : null;
  const roll = random.integer(10);
  if (roll === 0) {
    history.perform("Lesson", [scene], () => {
      if (keptLessons(scene).length > 0 && random.uniform() < 0.5) forgetLesson(scene, keptLessons(scene)[0].name);
      else
        keepLesson(scene, { ...REACH, name: `lesson ${random.integer(3)}`, timeLimitSeconds: 5 + random.integer(20) });
    });
  } else if (!description || roll === 1) {
    history.perform("Add neural controller", [node], () =>
      keepController(node, { ...SEEKER, name: `agent ${random.integer(3)}` }),
    );
  } else if (roll === 2) {
    history.perform("Remove neural controller", [node], () => forgetController(node, description.name));
  } else {
    history.perform("Change", [node], () => keepController(node, change(description, random)));
  }
}

function change(description: ControllerDescription, random: Random): ControllerDescription {
  const list = random.uniform() < 0.7 ? "sensors" : "actuators";
  const at = random.integer(description[list].length);
  switch (random.integer(5)) {
    case 0: {
      const form = SENSOR_FORMS[random.integer(SENSOR_FORMS.length)];
      const needsTarget = form.fields.some(({ type }) => type === "node");
      const options = {
        ...initialOptions(form),
        ...(needsTarget && { target: "ball", label: `goal ${random.integer(99)}` }),
      };
      return addPart(description, "sensors", { kind: form.kind, options });
    }
    case 1:
      return description[list].length > 1 ? removePart(description, list, at) : description;
    case 2:
      return movePart(description, list, at, random.integer(description[list].length));
    case 3:
      return setSettings(description, { decisionsPerSecond: 1 + random.integer(30), greedy: random.uniform() < 0.5 });
    default: {
      const fields = partForm(list, description[list][at].kind)?.fields ?? [];
      const sliders = fields.filter((field): field is NumberField => field.type === "number");
      if (sliders.length === 0) return description;
      const { name, minimum, maximum, whole } = sliders[random.integer(sliders.length)];
      const value = random.between(minimum, maximum);
      return setOption(description, list, at, { name, value: whole === true ? Math.round(value) : value });
    }
  }
}
