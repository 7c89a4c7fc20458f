/** On which side of the window the panel lies. */
export type Dock = "left" | "right" | "bottom";

/** Light, dark, or as the system is. */
export type Theme = "system" | "light" | "dark";

/** What the panel remembers from one visit to the next. */
export interface PanelState {
  readonly dock: Dock;
  readonly theme: Theme;
  /** Pixels, where it lies at a side. */
  readonly width: number;
  /** Share of the window's height, where it lies at the bottom or is a sheet. */
  readonly height: number;
  /** Id of the tab that was open. */
  readonly tab: string;
  /** Ids of the sections that are folded. */
  readonly folded: readonly string[];
}

const KEY = "babylon-neural-studio";

/** The least and the most that the panel can be dragged to. */
export const PANEL_LIMITS = { width: [280, 900], height: [0.25, 0.9] } as const;

const INITIAL: PanelState = { dock: "right", theme: "system", width: 380, height: 0.52, tab: "scene", folded: [] };

/** Reads what was remembered; anything missing or odd becomes what a first visit has. Storage may be denied. */
export function loadPanelState(): PanelState {
  try {
    return readPanelState(JSON.parse(localStorage.getItem(KEY) ?? "null"));
  } catch {
    return INITIAL;
  }
}

/** Remembers; where storage is denied or full, the panel works as before and forgets. */
export function savePanelState(state: PanelState): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(state));
  } catch {
    // Private windows and embedded pages may have none.
  }
}

/** Makes a panel's state of anything that storage may hold. */
export function readPanelState(stored: unknown): PanelState {
  if (typeof stored !== "object" || stored === null) return INITIAL;
  const { dock, theme, width, height, tab, folded } = stored as Partial<Record<keyof PanelState, unknown>>;
  return {
    dock: dock === "left" || dock === "bottom" ? dock : "right",
    theme: theme === "light" || theme === "dark" ? theme : "system",
    width: within(width, PANEL_LIMITS.width, INITIAL.width),
    height: within(height, PANEL_LIMITS.height, INITIAL.height),
    tab: typeof tab === "string" ? tab : INITIAL.tab,
    folded: Array.isArray(folded) ? folded.filter((id) => typeof id === "string").slice(0, 100) : [],
  };
}

function within(value: unknown, [least, most]: readonly [number, number], initial: number): number {
  return typeof value === "number" && Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : initial;
}
