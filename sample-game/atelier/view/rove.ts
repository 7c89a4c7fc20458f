const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/**
 * Makes a group of buttons one stop of the Tab key, in which arrow keys, Home and End move. In a grid, up and down go by rows.
 *
 * @param items - Finds the buttons, in order; called at each key.
 */
export function rove(group: HTMLElement, items: () => readonly HTMLElement[]): void {
  group.addEventListener("keydown", (event) => {
    const all = items().filter((item) => !item.matches(":disabled"));
    const at = all.indexOf(event.target as HTMLElement);
    if (at < 0) return;
    const next = all[target(event.key, at, all)];
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    next.focus();
    if (group.getAttribute("role") === "radiogroup") next.click();
  });
  group.addEventListener("focusin", (event) => {
    for (const item of items()) item.tabIndex = item === event.target ? 0 : -1;
  });
}

/** Lets Tab enter a group at the marked button, or at its first. */
export function enterAt(items: readonly HTMLElement[], entry: HTMLElement | undefined): void {
  const open = entry ?? items[0];
  for (const item of items) item.tabIndex = item === open ? 0 : -1;
}

function target(key: string, at: number, all: readonly HTMLElement[]): number {
  if (key === "Home") return 0;
  if (key === "End") return all.length - 1;
  const step = STEPS[key];
  if (step === undefined) return -1;
  if (key === "ArrowUp" || key === "ArrowDown") {
    const top = all[at].offsetTop;
    const row = all.filter((item) => item.offsetTop === top).length;
    const isGrid = all.some((item) => item.offsetTop !== top) && row > 1;
    if (isGrid) return Math.min(all.length - 1, Math.max(0, at + step * row));
  }
  return (at + step + all.length) % all.length;
}
