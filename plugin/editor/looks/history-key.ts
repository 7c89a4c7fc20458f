import { isTyping } from "./is-typing.ts";

/** Whether a pressed key asks for an undo, a redo or neither; always neither while somebody types. */
export function historyStepOf(event: KeyboardEvent): "undo" | "redo" | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || isTyping(event.composedPath()[0])) return null;
  const key = event.key.toLowerCase();
  if (key === "y" || (key === "z" && event.shiftKey)) return "redo";
  return key === "z" ? "undo" : null;
}
