import type { NetworkSpec } from "../../core/network-spec.ts";
import type { PartDescription } from "../registry.ts";

/** Where the plugin keeps what a designer made, in the `metadata` of nodes and of the scene. */
export const METADATA_KEY = "babylonNeural";

/** The newest form of what is kept; older ones are brought up to date when they are read. */
export const METADATA_VERSION = 1;

/** A policy as a scene keeps it: the whole file in base64, or where it lies. */
export type PolicyDescription = { readonly embedded: string } | { readonly url: string };

/** A `NeuralController` as plain JSON. Nodes are given by their id; labels and sizes are derived, so they are not kept. */
export interface ControllerDescription {
  readonly name: string;
  readonly sensors: readonly PartDescription[];
  readonly actuators: readonly PartDescription[];
  readonly decisionsPerSecond?: number;
  readonly interpolate?: boolean;
  readonly greedy?: boolean;
  readonly phase?: number | "spread";
  /** What a policy for it is taught with. */
  readonly network?: NetworkSpec;
  readonly policy?: PolicyDescription;
}

/** What `node.metadata.babylonNeural` holds. */
export interface NodeKeepsake {
  readonly version: number;
  readonly controllers?: readonly ControllerDescription[];
  /** Recipes of painted materials by the name of what they are on, e.g. `"material"`; what a recipe is, painting knows. */
  readonly paint?: Readonly<Record<string, unknown>>;
}

/** What `scene.metadata.babylonNeural` holds: lesson plans, see `LessonPlan`. */
export interface SceneKeepsake {
  readonly version: number;
  readonly lessons?: readonly unknown[];
}
