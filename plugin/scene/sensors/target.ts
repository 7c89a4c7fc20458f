import type { NodeSource } from "../sensor.ts";

/** What a sensor that was given a target says about its making; nothing when the target is found by a function. */
export interface TargetDescription {
  readonly kind?: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

/** Describes a sensor as plain JSON, its target by id; a function cannot be described. */
export function describeTarget(kind: string, target: NodeSource, options: object): TargetDescription {
  if (typeof target === "function") return {};
  return { kind, options: { target: target.id, ...options } };
}
