/** What keys do anywhere in the room. */
export interface KeyActions {
  undo(): void;
  redo(): void;
  escape(): void;
  rollSeed(): void;
  keep(): void;
  paint(): void;
  putOn(): void;
  toggleSplit(): void;
  holdPrevious(held: boolean): void;
  /** From 0. */
  view(index: number): void;
}

/** Listens for the room's keys; leaves those alone that are typed into a field. */
export function listenForKeys(actions: KeyActions, signal: AbortSignal): void {
  window.addEventListener("keydown", (event) => press(event, actions), { signal });
  window.addEventListener(
    "keyup",
    ({ code }) => {
      if (code === "KeyC") actions.holdPrevious(false);
    },
    { signal },
  );
}

function press(event: KeyboardEvent, actions: KeyActions): void {
  if (event.defaultPrevented || event.altKey) return;
  const { code } = event;
  const types = isTyping(event.target);
  if (event.ctrlKey || event.metaKey) {
    if (types || (code !== "KeyZ" && code !== "KeyY")) return;
    event.preventDefault();
    if (code === "KeyY" || event.shiftKey) actions.redo();
    else actions.undo();
    return;
  }
  if (code === "Escape") {
    actions.escape();
    return;
  }
  if (types) return;
  const digit = /^(?:Digit|Numpad)([1-5])$/.exec(code);
  if (digit) actions.view(Number(digit[1]) - 1);
  else if (code === "KeyD") actions.rollSeed();
  else if (code === "KeyK") actions.keep();
  else if (code === "KeyP") actions.putOn();
  else if (code === "KeyS") actions.toggleSplit();
  else if (code === "KeyC") {
    if (!event.repeat) actions.holdPrevious(true);
  } else if (code === "KeyG") actions.paint();
  else return;
  event.preventDefault();
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && target.type !== "range" && target.type !== "checkbox";
}
