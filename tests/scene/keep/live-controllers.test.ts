import { afterEach, expect, test } from "vitest";
import { untaughtPolicy } from "../../../plugin/compute/untaught-policy.ts";
import { createPolicy } from "../../../plugin/compute/wasm-policy.ts";
import { drive } from "../../../plugin/scene/actuators/drive.ts";
import { attachController } from "../../../plugin/scene/keep/attach-controller.ts";
import { describeController } from "../../../plugin/scene/keep/describe-controller.ts";
import { keepController } from "../../../plugin/scene/keep/keep-controller.ts";
import { embedPolicy } from "../../../plugin/scene/keep/policy-keeping.ts";
import { restoreControllers } from "../../../plugin/scene/keep/restore-controllers.ts";
import { NeuralController } from "../../../plugin/scene/neural-controller.ts";
import { value } from "../../../plugin/scene/sensors/value.ts";
import { createTestWorld, messageOf, type TestWorld } from "../test-world.ts";
import { chasingPolicy, policyFor, SEEKER } from "./examples.ts";

let world: TestWorld;
afterEach(() => world.dispose());

async function open(): Promise<TestWorld> {
  world = await createTestWorld();
  world.box("box");
  world.box("ball", { at: [0, 0, 5] });
  return world;
}

test("a described controller comes back as it was", async () => {
  const { scene } = await open();
  const description = { ...SEEKER, interpolate: true, greedy: false, phase: "spread" as const };
  const controller = attachController(scene.getMeshByName("box")!, description);
  expect(describeController(controller)).toEqual(description);
});

test("a part that is made in code is named", async () => {
  await open();
  const controller = new NeuralController("guard", {
    sensors: [value("health", () => 1)],
    actuators: [drive({ speed: 1 })],
  });
  expect(messageOf(() => describeController(controller))).toBe(
    'describeController "guard": needed built-in parts only, came sensor 0 ("health"), which is made in code. Keep that controller in code, or take one of the palette.',
  );
});

test("a policy above 200 kB is not embedded", async () => {
  const opened = await open();
  const { role } = policyFor(SEEKER, opened);
  const large = untaughtPolicy(role, { hidden: [256, 256], activation: "tanh", sharedTrunk: false });
  expect(messageOf(() => embedPolicy(large))).toMatch(
    /^embedPolicy: needed a policy file of at most 200 kB, came one of \d+ kB\. Save it with savePolicy, and keep \{ url: "…" \} in its place\.$/,
  );
  const controller = attachController(opened.scene.getMeshByName("box")!, SEEKER, await createPolicy(large));
  expect(describeController(controller, { policy: { url: "large.bnp" } }).policy).toEqual({ url: "large.bnp" });
});

test("a node has one controller of a name, and targets must be there", async () => {
  const { scene } = await open();
  const box = scene.getMeshByName("box")!;
  attachController(box, SEEKER);
  expect(messageOf(() => attachController(box, SEEKER))).toBe(
    'Node "box": needed a name that none of its controllers has, came "seeker". Give another name, or remove that controller first.',
  );
  const sensors = [{ kind: "distanceTo", options: { target: "moon" } }];
  expect(messageOf(() => attachController(box, { ...SEEKER, name: "lost", sensors }))).toBe(
    'Node "box": controller "lost": sensor 0: needed a node of this scene with the id "moon", came none. Load the scene first, or choose another target.',
  );
  expect(box.behaviors).toHaveLength(1);
});

test("restoring twice attaches nothing twice, also when both run at once", async () => {
  const { scene } = await open();
  const box = scene.getMeshByName("box")!;
  keepController(box, { ...SEEKER, policy: embedPolicy(chasingPolicy(world)) });
  const reports = await Promise.all([restoreControllers(scene), restoreControllers(scene)]);
  reports.push(await restoreControllers(scene));
  expect(reports.map(({ controllers, problems }) => [controllers.length, problems.length])).toEqual([
    [1, 0],
    [0, 0],
    [0, 0],
  ]);
  expect(box.behaviors).toHaveLength(1);
});

test("controllers with the same embedded policy share it", async () => {
  const { scene } = await open();
  const kept = { ...SEEKER, policy: embedPolicy(chasingPolicy(world)) };
  for (const name of ["one", "two"]) keepController(world.box(name), kept);
  const { controllers } = await restoreControllers(scene);
  expect(controllers).toHaveLength(2);
  expect(controllers[0].policy).toBe(controllers[1].policy);
});

test("a policy is adapted to a sensor that was added later, and that is told", async () => {
  const { scene } = await open();
  const box = scene.getMeshByName("box")!;
  const policy = embedPolicy(chasingPolicy(world));
  keepController(box, { ...SEEKER, sensors: [{ kind: "contact" }, ...SEEKER.sensors], policy });
  const { controllers, problems, notes } = await restoreControllers(scene);
  expect(problems).toEqual([]);
  expect(notes).toEqual([
    'Node "box": the policy of "seeker" was adapted to its sensors, which have changed. Teach it on, and keep it again.',
  ]);
  expect(controllers[0].policy!.role).toEqual(controllers[0].role);
});

test("a controller whose policy cannot be had is there without one", async () => {
  const { scene } = await open();
  const box = scene.getMeshByName("box")!;
  keepController(box, { ...SEEKER, policy: { url: "/etc/passwd" } });
  keepController(box, { ...SEEKER, name: "torn", policy: { embedded: "AAAA" } });
  const { controllers, problems } = await restoreControllers(scene);
  expect(controllers.map(({ name, policy }) => [name, policy])).toEqual([
    ["seeker", null],
    ["torn", null],
  ]);
  expect(problems.map(({ words }) => words)).toEqual([
    'Node "box": the policy of "seeker": needed the URL of a policy on the web, in the database or beside the scene, came "/etc/passwd". Put the file beside the scene and keep its relative URL.',
    'Node "box": the policy of "torn": needed a file of babylon-neural, came one that begins with 00 00 00. Check the address; other kinds of files cannot be read.',
  ]);
});

test("policies are found beside the scene, by rootUrl", async () => {
  const { scene } = await open();
  keepController(scene.getMeshByName("box")!, { ...SEEKER, policy: { url: "nowhere/seeker.bnp" } });
  const { problems } = await restoreControllers(scene, { rootUrl: "models/" });
  expect(problems[0].words).toContain("models/nowhere/seeker.bnp");
});

test("a controller that is kept on a camera is refused", async () => {
  const { scene } = await open();
  keepController(scene.cameras[0], SEEKER);
  const { problems } = await restoreControllers(scene);
  expect(problems.map(({ words }) => words)).toEqual([
    'Node "camera": needed a mesh or a transform node for its controller, came a FreeCamera. Keep the controller on the mesh that is to move.',
  ]);
});

test("restoring can be given up", async () => {
  const { scene } = await open();
  await expect(restoreControllers(scene, { signal: AbortSignal.abort(new Error("left")) })).rejects.toThrow("left");
});
