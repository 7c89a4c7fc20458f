import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { Scene } from "@babylonjs/core/scene.js";

/**
 * Where the rules of a lesson plan work: one arena, or the visible scene itself. Places and areas are in coordinates of `root`,
 * the world's where that is null.
 */
export interface LessonSite {
  readonly scene: Scene;
  readonly root: TransformNode | null;
  /** The node that is taught. */
  readonly agent: TransformNode;
  /** Everything that belongs to this site, the agent included. */
  readonly nodes: readonly TransformNode[];
  /** The node that the packed or visible scene knows by that id, or null. */
  find(id: string): TransformNode | null;
  /** Mean square of the numbers in force that the agent decided, in [0, 1]; choices do not count. */
  effort(): number;
}

/** A reward term at work. */
export interface RewardSource {
  /** Begins an episode: forgets the past. Called when everything stands in its place. */
  begin(): void;
  /** What the last step gave, in the term's own unit, before its weight. Called once a step; must not allocate. */
  measure(seconds: number): number;
  /** Lets go of what it listens to. May be called twice. */
  dispose?(): void;
}

/** A rule for the end of episodes at work. */
export interface EndSource {
  /** Begins an episode: forgets the past. */
  begin(): void;
  /** Whether the episode ends now. Called once a step; must not allocate. */
  isOver(seconds: number): boolean;
  dispose?(): void;
}
