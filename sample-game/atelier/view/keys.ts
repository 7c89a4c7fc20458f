import { deedOfKey, historyStepOf, PAINT_KEYS, type PaintDeed } from "../../../plugin/editor.ts";
import type { ViewName } from "./shapes.ts";

/** What keys do anywhere in the room. */
export interface KeyActions extends Readonly<Record<Exclude<PaintDeed, "holdEarlier">, () => void>> {
  undo(): void;
  redo(): void;
  escape(): void;
  holdEarlier(held: boolean): void;
  putOn(): void;
  /** Switches the night camera. */
  night(): void;
  view(view: ViewName): void;
}

const ROOM_KEYS = { putOn: "P", night: "N" } as const;
const VIEW_KEYS: Readonly<Record<ViewName, string>> = { yard: "1", tiles: "2", sphere: "3", cube: "4", plane: "5" };

/** Listens for the room's keys; leaves those alone that are typed into a field. */
export function listenForKeys(actions: KeyActions, signal: AbortSignal): void {
  window.addEventListener("keydown", (event) => press(event, actions), { signal });
  window.addEventListener(
    "keyup",
    ({ code }) => {
      if (code === `Key${PAINT_KEYS.holdEarlier}`) actions.holdEarlier(false);
    },
    { signal },
  );
}

function press(event: KeyboardEvent, actions: KeyActions): void {
  if (event.defaultPrevented) return;
  if (event.code === "Escape") {
    actions.escape();
    return;
  }
  const view = deedOfKey(event, VIEW_KEYS);
  const deed = historyStepOf(event) ?? deedOfKey(event, PAINT_KEYS) ?? deedOfKey(event, ROOM_KEYS);
  if (view) actions.view(view);
  else if (deed === "holdEarlier") actions.holdEarlier(true);
  else if (deed) actions[deed]();
  else return;
  event.preventDefault();
}
