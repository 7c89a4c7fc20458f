import { NullEngine } from "@babylonjs/core/Engines/nullEngine.js";
import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { Scene } from "@babylonjs/core/scene.js";
import { afterAll, describe, expect, it } from "vitest";
import { describeRule } from "../../../plugin/editor/model/describe-rule.ts";
import { REWARD_FORMS } from "../../../plugin/index.ts";

const engine = new NullEngine();
const scene = new Scene(engine);
new TransformNode("ball", scene);

afterAll(() => engine.dispose());

const describeReward = (kind: string, weight: number, options = {}): string => {
  const form = REWARD_FORMS.find((each) => each.kind === kind);
  return describeRule("rewards", { kind, weight, options }, form, scene);
};

describe("A reward in one line", () => {
  it("names its target and what it gives", () => {
    expect(describeReward("approach", 0.1, { target: "ball" })).toBe("ball · +0.1 per m");
  });

  it.each(["time", "effort", "avoidContact"])("says that %s takes", (kind) => {
    expect(describeReward(kind, 0.05)).toBe("−0.05 per s");
  });

  it("says so when a cost with a weight below 0 gives", () => {
    expect(describeReward("time", -0.05)).toBe("+0.05 per s");
  });

  it("says that its target is missing", () => {
    expect(describeReward("approach", 0.1, { target: "gone" })).toBe("missing: gone · +0.1 per m");
  });
});
