import type { Dock } from "../model/panel-state.ts";

const SIDES = ["left", "right", "bottom"] as const;

/**
 * Tells the page how much of each side the panel covers, so that it can lay its own controls beside it: lengths in
 * `--neural-studio-left`, `--neural-studio-right` and `--neural-studio-bottom` of the root element. Without a panel they are unset.
 *
 * @param length - Of the covered side, in CSS, e.g. `"380px"` or `"52vh"`.
 */
export function tellInsets(dock: Dock, length: string): void {
  for (const side of SIDES) {
    document.documentElement.style.setProperty(`--neural-studio-${side}`, side === dock ? length : "0px");
  }
}

/** The panel is gone. */
export function forgetInsets(): void {
  for (const side of SIDES) document.documentElement.style.removeProperty(`--neural-studio-${side}`);
}
