import { ConfigurationError } from "../../core/errors.ts";
import type { ControllerDescription } from "../keep/description.ts";
import { PLAN_SECONDS } from "./find-plan-problems.ts";
import type { LessonPlan } from "./plan.ts";

/** Where printed code finds what it needs. */
export interface PrintLessonOptions {
  /** The packed scene as JSON: what `packScene` gave. Default `"./<name of the lesson>.scene.json"`. */
  readonly sceneModule?: string;
  /** The plugin. Default `"babylon-neural"`. */
  readonly plugin?: string;
}

/**
 * Prints a lesson without code as the code that does the same, ready to be changed: a module whose default export is a lesson for
 * `serveLesson`. Store `packScene(scene).scene` beside it as JSON.
 *
 * @throws ConfigurationError when the plan's controller is none of the given ones.
 */
export function lessonToTypeScript(
  plan: LessonPlan,
  controllers: readonly ControllerDescription[],
  options: PrintLessonOptions = {},
): string {
  const controller = controllers.find(({ name }) => name === plan.controller);
  if (!controller) {
    const names = controllers.map(({ name }) => `"${name}"`).join(", ") || "none";
    throw new ConfigurationError(
      `lessonToTypeScript: needed the controller "${plan.controller}" of the plan, came ${names}. Pass it.`,
    );
  }
  const { plugin = "babylon-neural", sceneModule = `./${fileName(plan.name)}.scene.json` } = options;
  const imports = [
    "arenaSpacingFor",
    "createParts",
    "defineLesson",
    "EffortMeter",
    "PlanRules",
    "unpackScene",
    "type PackedScene",
    "type PlanRuleSet",
  ];
  const { sensors, actuators } = controller;
  const { rewards, ends, resets } = plan;
  const physics = plan.physics === undefined ? "packed.physics !== null" : String(plan.physics);
  return `import { ${imports.join(", ")} } from ${quote(plugin)};
import packedScene from ${quote(sceneModule)};

const packed = packedScene as unknown as PackedScene;

/** What the agent senses and does. */
const parts = ${print({ sensors, actuators }, 0)};

/** What it is paid for, when an episode ends, and how it begins. */
const rules: PlanRuleSet = ${print({ rewards, ends, resets }, 0)};

/** ${comment(plan.name)} */
export default defineLesson({
  name: ${quote(plan.name)},
  physics: ${physics},
  stepsPerSecond: ${plan.stepsPerSecond ?? 60},
  decisionsPerSecond: ${controller.decisionsPerSecond ?? 10},
  timeLimitSeconds: ${plan.timeLimitSeconds ?? PLAN_SECONDS},
  arenaSpacing: arenaSpacingFor(packed, rules, parts),
  build(arena) {
    const world = unpackScene(packed, arena);
    const agent = world.node(${quote(plan.node)});
    const nodes = { getMeshById: world.find, getTransformNodeById: world.find };
    const { sensors, actuators } = createParts(parts, nodes, ${quote(`Lesson "${plan.name}"`)});
    const effort: EffortMeter = new EffortMeter(actuators, () => lesson.decided());
    const { scene, root } = arena;
    const site = { scene, root, agent, nodes: world.nodes, find: world.find, effort: () => effort.meanSquare };
    const lesson: PlanRules = new PlanRules(rules, site, [agent, ...world.loose]);
    arena.addAgent(${quote(plan.controller)}, agent, { sensors: [...sensors, effort.ear], actuators });
    return lesson;
  },
  reset(lesson, _arena, random) {
    lesson.begin(random);
  },
  step(lesson, arena, seconds) {
    arena.reward(${quote(plan.controller)}, 0, lesson.step(seconds));
    if (lesson.outcome === "terminated") arena.terminate(lesson);
    else if (lesson.outcome === "truncated") arena.truncate(lesson);
  },
  scores: (lesson) => lesson.scores,
  dispose(lesson) {
    lesson.dispose();
  },
});
`;
}

/** Plain JSON as an expression, indented as the linter likes it. */
function print(value: unknown, depth: number): string {
  const indent = "  ".repeat(depth + 1);
  const close = `\n${"  ".repeat(depth)}`;
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== "object"))
      return `[${value.map((item) => print(item, depth)).join(", ")}]`;
    return `[\n${value.map((item) => `${indent}${print(item, depth + 1)},\n`).join("")}${close.slice(1)}]`;
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
    const texts = entries.map(([key, entry]) => `${printKey(key)}: ${print(entry, depth + 1)}`);
    const line = `{ ${texts.join(", ")} }`;
    if (texts.length === 0) return "{}";
    if (line.length < 100 && !line.includes("\n")) return line;
    return `{\n${texts.map((text) => `${indent}${text},\n`).join("")}${close.slice(1)}}`;
  }
  return typeof value === "string" ? quote(value) : String(value);
}

function printKey(key: string): string {
  // Written plainly, this one would set the object's prototype.
  if (key === "__proto__") return `["${key}"]`;
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key);
}

/** JSON's strings are JavaScript's, too. */
function quote(text: string): string {
  return JSON.stringify(text);
}

function comment(text: string): string {
  return text.replace(/\*\//g, "* /").replace(/\s+/g, " ");
}

function fileName(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "") || "lesson"
  );
}
