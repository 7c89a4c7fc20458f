/** Something about an environment that is, or may be, wrong. */
export interface Finding {
  /** `"fault"`: learning cannot work like this. `"doubt"`: it may be meant so. */
  readonly severity: "fault" | "doubt";
  /** Names environment, role and label; what was needed, and what came. */
  readonly what: string;
  /** Where to look first. */
  readonly likelyCause: string;
}

export function fault(what: string, likelyCause: string): Finding {
  return { severity: "fault", what, likelyCause };
}

export function doubt(what: string, likelyCause: string): Finding {
  return { severity: "doubt", what, likelyCause };
}
