import { NullEngine } from "@babylonjs/core/Engines/nullEngine.js";
import { CreateBox } from "@babylonjs/core/Meshes/Builders/boxBuilder.js";
import { CreateGround } from "@babylonjs/core/Meshes/Builders/groundBuilder.js";
import { Scene } from "@babylonjs/core/scene.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Outline } from "../../../plugin/editor/model/outline.ts";

let engine: NullEngine;
let scene: Scene;

beforeEach(() => {
  engine = new NullEngine();
  scene = new Scene(engine);
});

afterEach(() => {
  scene.dispose();
  engine.dispose();
});

describe("The line around what is selected", () => {
  it("surrounds a body, and is as it was afterwards", () => {
    const box = CreateBox("box", {}, scene);
    const before = [box.renderOutline, box.outlineColor, box.outlineWidth];
    const outline = new Outline();
    outline.show(box);
    // 6 % of the radius of a cube of side 1, √3 / 2.
    expect([box.renderOutline, box.outlineWidth]).toEqual([true, expect.closeTo(0.052, 3)]);
    outline.show(null);
    expect([box.renderOutline, box.outlineColor, box.outlineWidth]).toEqual(before);
  });

  it("follows the edges of what is flat, so that it hides nothing that stands there", () => {
    const ground = CreateGround("ground", { width: 12, height: 12 }, scene);
    const before = [ground.edgesColor, ground.edgesWidth];
    const outline = new Outline();
    outline.show(ground);
    expect(ground.renderOutline).toBeFalsy();
    expect(ground.edgesRenderer?.isEnabled).toBe(true);
    outline.show(null);
    expect([ground.edgesRenderer, ground.edgesColor, ground.edgesWidth]).toEqual([null, ...before]);
  });

  it("adds nothing to the scene's materials, which files hold", () => {
    const ground = CreateGround("ground", {}, scene);
    new Outline().show(ground);
    expect(scene.materials).toEqual([]);
  });

  it("leaves the edges alone that a game draws itself", () => {
    const ground = CreateGround("ground", {}, scene);
    ground.enableEdgesRendering();
    const { edgesRenderer } = ground;
    const outline = new Outline();
    outline.show(ground);
    outline.show(null);
    expect(ground.edgesRenderer).toBe(edgesRenderer);
  });
});
