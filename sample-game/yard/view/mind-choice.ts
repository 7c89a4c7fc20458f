/** A mind that golems can be given: one entry of the difficulty. */
export interface MindChoice {
  readonly id: MindId;
  readonly label: string;
  readonly title: string;
  /** Whether there is such a policy yet. */
  readonly available: boolean;
}

/** `fresh`: random weights; `half`: shipped, taught halfway; `shipped`: fully taught; `kept`: the player's own; `live`: of the present run. */
export type MindId = "fresh" | "half" | "shipped" | "kept" | "live";
