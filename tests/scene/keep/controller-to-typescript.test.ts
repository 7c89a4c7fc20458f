import { join, resolve } from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { createPolicy } from "../../../plugin/compute/wasm-policy.ts";
import { attachController } from "../../../plugin/scene/keep/attach-controller.ts";
import { controllerToTypeScript } from "../../../plugin/scene/keep/controller-to-typescript.ts";
import { describeController } from "../../../plugin/scene/keep/describe-controller.ts";
import type { ControllerDescription } from "../../../plugin/scene/keep/description.ts";
import { embedPolicy } from "../../../plugin/scene/keep/policy-keeping.ts";
import type { NeuralController } from "../../../plugin/scene/neural-controller.ts";
import { complaintsAbout } from "../../compile-blocks.ts";
import { createTestWorld, type TestWorld } from "../test-world.ts";
import { arbitraryController, NODE_IDS } from "./arbitrary-controller.ts";
import { chasingPolicy, SEEKER } from "./examples.ts";
import { runCode } from "./run-code.ts";

let world: TestWorld | null = null;
afterEach(() => {
  world?.dispose();
  world = null;
});

async function open(): Promise<TestWorld> {
  world = await createTestWorld();
  world.node("box");
  for (const [index, id] of NODE_IDS.entries()) world.node(id, [3, 0, index]);
  return world;
}

/** What the compiler says about printed modules. */
function complaints(codes: readonly string[]): string[] {
  const folder = join(resolve(import.meta.dirname, "../../.."), "readme");
  return complaintsAbout(new Map(codes.map((code, index) => [join(folder, `printed-${index}.ts`), code])));
}

/** The same controller, made from its description and by its printed code, one after the other on the same node. */
async function bothWays(
  description: ControllerDescription,
  { scene }: TestWorld,
): Promise<[NeuralController, NeuralController]> {
  const node = scene.getTransformNodeById("box")!;
  const attached = attachController(node, description);
  attached.dispose();
  const printed = await runCode<NeuralController>(controllerToTypeScript(description, { node: "box" }), scene);
  printed.dispose();
  return [attached, printed];
}

/** Descriptions whose parts go together, i.e. repeat no label. */
async function sound(
  descriptions: readonly ControllerDescription[],
  { scene }: TestWorld,
): Promise<ControllerDescription[]> {
  return descriptions.filter((description) => {
    try {
      attachController(scene.getTransformNodeById("box")!, description).dispose();
      return true;
    } catch {
      return false;
    }
  });
}

describe("Printed code", () => {
  it("reads like code that a person would write", () => {
    const code = controllerToTypeScript(
      { ...SEEKER, greedy: false, policy: { url: "models/seeker.bnp" } },
      { node: "box" },
    );
    expect(code).toBe(`import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { NeuralController, directionTo, drive, lastAction, loadPolicy, turn } from "babylon-neural";

/** Gives the node "box" its controller "seeker". */
export async function addSeeker(scene: Scene): Promise<NeuralController> {
  const box = find(scene, "box");
  const ball = find(scene, "ball");
  const policy = await loadPolicy("models/seeker.bnp");
  const actuators = [drive({ speed: 3 }), turn({ radiansPerSecond: 3.141592653589793 })];
  const seeker = new NeuralController("seeker", {
    sensors: [directionTo(ball, { maximum: 20 }), lastAction(actuators)],
    actuators,
    decisionsPerSecond: 10,
    greedy: false,
    policy,
  });
  box.addBehavior(seeker);
  return seeker;
}

function find(scene: Scene, id: string): TransformNode {
  const node = scene.getMeshById(id) ?? scene.getTransformNodeById(id);
  if (node) return node;
  throw new Error(\`needed a node with the id "\${id}", came none. Load the scene first.\`);
}
`);
  });

  it("makes the same controller, whatever it is made of, called or aimed at", async () => {
    const opened = await open();
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(arbitraryController, async (description) => {
        if ((await sound([description], opened)).length === 0) return;
        const [attached, printed] = await bothWays(description, opened);
        // Through JSON, which knows no -0, as scene files do.
        expect(JSON.stringify(describeController(printed))).toBe(JSON.stringify(describeController(attached)));
        expect(printed.role).toEqual(attached.role);
        compared++;
      }),
      { numRuns: 150 },
    );
    expect(compared).toBeGreaterThan(50);
  });

  it("compiles, whatever the names are", async () => {
    const opened = await open();
    const descriptions = await sound(fc.sample(arbitraryController, { numRuns: 40, seed: 5 }), opened);
    expect(descriptions.length).toBeGreaterThan(12);
    const nodes = ["box", ...NODE_IDS];
    const codes = descriptions.map((description, index) =>
      controllerToTypeScript(description, { node: nodes[index % nodes.length] }),
    );
    expect(complaints(codes)).toEqual([]);
  }, 180_000);

  it("imports what games with the babylonjs package have", () => {
    const code = controllerToTypeScript(SEEKER, { node: "box", babylon: "babylonjs" });
    expect(code.split("\n").filter((line) => line.startsWith("import"))).toEqual([
      'import type { Scene, TransformNode } from "babylonjs";',
      'import { NeuralController, directionTo, drive, lastAction, turn } from "babylon-neural/babylonjs";',
    ]);
  });

  it("takes an embedded policy along, which decides the same", async () => {
    const opened = await open();
    const { scene } = opened;
    const description = { ...SEEKER, policy: embedPolicy(chasingPolicy(opened)) };
    const printed = await runCode<NeuralController>(controllerToTypeScript(description, { node: "box" }), scene);
    opened.frames(7);
    const [decided, observed] = [printed.values.slice(), printed.observation.slice()];
    printed.dispose();
    const node = scene.getTransformNodeById("box")!;
    node.position.setAll(0);
    node.rotation.setAll(0);
    const attached = attachController(node, SEEKER, await createPolicy(chasingPolicy(opened)));
    opened.frames(7);
    expect([...attached.observation]).toEqual([...observed]);
    expect([...attached.values]).toEqual([...decided]);
    expect(decided[0]).not.toBe(0);
  });

  it("can leave the policy out, or name another", () => {
    const description = { ...SEEKER, policy: { url: "a.bnp" } };
    expect(controllerToTypeScript(description, { node: "box", policyUrl: null })).not.toContain("loadPolicy");
    expect(controllerToTypeScript(description, { node: "box", policyUrl: "b.bnp" })).toContain('loadPolicy("b.bnp")');
  });

  it("names the node that is missing when it runs", async () => {
    const opened = await open();
    const code = controllerToTypeScript(SEEKER, { node: "nobody" });
    await expect((async () => runCode(code, opened.scene))()).rejects.toThrow(
      'needed a node with the id "nobody", came none. Load the scene first.',
    );
  });

  it("is refused for a description that cannot work", () => {
    expect(() => controllerToTypeScript({ ...SEEKER, actuators: [] }, { node: "box" })).toThrow(
      'controllerToTypeScript: the kept "controller.actuators" needs a list of 1 to 64, came a list of 0. Correct it, or remove it and keep the controller again.',
    );
  });
});
