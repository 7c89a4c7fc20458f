import type { Node } from "@babylonjs/core/node.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { keptLessons } from "../../../plugin/scene/keep/keep-lesson.ts";
import { restoreControllers } from "../../../plugin/scene/keep/restore-controllers.ts";

/** Longer messages help nobody. */
const LONGEST_MESSAGE = 600;
/** `<who>: <needed>, <came>. <what to do>.` */
const CLEAR = /^(Node|Scene|The|Policy|Storage)\b.*: .+, came .+\. \S.*\.$/;

/** What loading one block did. */
export interface Attempt {
  /** What a user would complain about: unclear messages, a scene that cannot be used, changed prototypes. */
  readonly complaints: readonly string[];
  readonly problems: number;
  readonly controllers: number;
  /** Milliseconds. */
  readonly took: number;
}

/** Puts metadata on a node, brings back what it keeps, uses the scene, and cleans up again. */
export async function tryMetadata(node: Node, metadata: unknown): Promise<Attempt> {
  const scene = node.getScene();
  const complaints: string[] = [];
  node.metadata = metadata;
  const start = performance.now();
  let problems = 0;
  let controllers = 0;
  try {
    const report = await restoreControllers(scene);
    problems = report.problems.length;
    controllers = report.controllers.length;
    for (const { words } of report.problems) if (!isClear(words)) complaints.push(`unclear: ${words.slice(0, 300)}`);
    keptLessons(scene);
    scene.metadata = metadata;
    complaints.push(...listLessons(scene));
    scene.render();
    const again = await restoreControllers(scene);
    if (again.controllers.length > 0) complaints.push("a second restoring attached something");
    for (const controller of report.controllers) controller.dispose();
  } catch (error) {
    complaints.push(`thrown: ${String(error)}`);
  }
  const took = performance.now() - start;
  complaints.push(...findPollution());
  node.metadata = null;
  scene.metadata = null;
  if (leftOver(scene) > 0) complaints.push("a controller stayed");
  return { complaints, problems, controllers, took };
}

/** Whether a scene with such metadata tells its lessons, or clearly why it cannot. */
function listLessons(scene: Scene): string[] {
  try {
    keptLessons(scene);
    return [];
  } catch (error) {
    const { message } = error as Error;
    return isClear(message) ? [] : [`unclear: ${message.slice(0, 300)}`];
  }
}

function isClear(words: string): boolean {
  return (
    words.length <= LONGEST_MESSAGE && CLEAR.test(words) && !/[\r\n\u2028]|undefined is not|cannot read/i.test(words)
  );
}

function leftOver(scene: Scene): number {
  return [...scene.meshes, ...scene.transformNodes].reduce((sum, { behaviors }) => sum + behaviors.length, 0);
}

const PROTOTYPES = [Object.prototype, Array.prototype, Function.prototype, String.prototype, Number.prototype] as const;
const FIELDS = PROTOTYPES.map((prototype) => Reflect.ownKeys(prototype).length);

/** Whether anything has been added to what all objects inherit. */
function findPollution(): string[] {
  const changed = PROTOTYPES.some((prototype, index) => Reflect.ownKeys(prototype).length !== FIELDS[index]);
  return changed || "polluted" in {} ? ["prototypes were changed"] : [];
}
