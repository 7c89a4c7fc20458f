import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";
import { afterEach, describe, expect, it } from "vitest";
import { lessonEnvironment } from "../../../plugin/scene/lesson-environment.ts";
import type { Lesson } from "../../../plugin/scene/lesson.ts";
import { lessonFromPlan } from "../../../plugin/scene/lesson-plan/lesson-from-plan.ts";
import { lessonToTypeScript } from "../../../plugin/scene/lesson-plan/lesson-to-typescript.ts";
import { packScene } from "../../../plugin/scene/packed/pack-scene.ts";
import { createTestWorld, messageOf, type TestWorld } from "../test-world.ts";
import { buildReachScene, REACH_PLAN, SEEKER } from "./reach-scene.ts";

const root = resolve(import.meta.dirname, "../../..");
const folders: string[] = [];
let world: TestWorld;
afterEach(() => {
  world?.dispose();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** What the compiler says about a module. */
function complaintsAbout(path: string): string[] {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (file) => ts.sys.readFile(file)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [], include: [] }, ts.sys, root);
  const program = ts.createProgram([path], { ...options, resolveJsonModule: true });
  const source = program.getSourceFile(path)!;
  return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
    ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "),
  );
}

/** What a lesson shows and pays over some decisions. */
function play(lesson: Lesson): number[] {
  const environment = lessonEnvironment(lesson, { arenas: 2 });
  environment.reset(9);
  const group = environment.groups["seeker"];
  const seen: number[] = [];
  for (let step = 0; step < 40; step++) {
    group.actions.continuous.set([1, 0.3, 0.8, -0.5]);
    environment.step();
    seen.push(...group.observations, ...group.rewards, ...group.terminated, ...group.truncated);
  }
  environment.dispose();
  return seen;
}

describe("A lesson that is printed as code", () => {
  it("compiles and does the same, bit for bit", async () => {
    world = await createTestWorld();
    buildReachScene(world.scene);
    const { scene } = packScene(world.scene);
    mkdirSync(join(root, ".cache"), { recursive: true });
    const folder = mkdtempSync(join(root, ".cache/printed-lesson-"));
    folders.push(folder);
    const code = lessonToTypeScript(REACH_PLAN, [SEEKER], { plugin: "../../plugin/index.ts" });
    writeFileSync(join(folder, "lesson.ts"), code);
    writeFileSync(join(folder, "reach-the-ball.scene.json"), JSON.stringify(scene));
    const { default: printed } = (await import(/* @vite-ignore */ join(folder, "lesson.ts"))) as { default: Lesson };
    expect(printed.name).toBe("reach the ball");
    const plan = lessonFromPlan(REACH_PLAN, SEEKER, scene);
    expect(printed.arenaSpacing).toBe(plan.arenaSpacing);
    expect(play(printed)).toEqual(play(plan as Lesson));
    expect(complaintsAbout(join(folder, "lesson.ts"))).toEqual([]);
  }, 180_000); // the compiler reads all of Babylon.js's types

  it("holds names of any kind as they are", () => {
    const name = 'a "b" */ `c` ${d}';
    const plan = { ...REACH_PLAN, name, rewards: [{ kind: "survive", weight: 1 }] };
    const code = lessonToTypeScript(plan, [SEEKER]);
    expect(code).toContain(`name: ${JSON.stringify(name)}`);
    expect(code).not.toContain('/** a "b" */ ');
    expect(code).toContain('from "./a-b-c-d.scene.json"');
  });

  it("needs the plan's controller", () => {
    expect(messageOf(() => lessonToTypeScript({ ...REACH_PLAN, controller: "guard" }, [SEEKER]))).toBe(
      'lessonToTypeScript: needed the controller "guard" of the plan, came "seeker". Pass it.',
    );
  });
});
