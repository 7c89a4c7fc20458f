import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { findSceneNode } from "./find-controller.ts";
import type { LessonSite } from "./lesson-site.ts";

/** The visible scene itself as the place where a plan's rules work: nodes by their own ids, places in world coordinates. */
export function sceneSite(agent: TransformNode, effort: () => number): LessonSite {
  const scene: Scene = agent.getScene();
  return {
    scene,
    root: null,
    agent,
    nodes: [...scene.transformNodes, ...(scene.meshes as readonly TransformNode[])],
    find: (id) => findSceneNode(scene, id),
    effort,
  };
}
