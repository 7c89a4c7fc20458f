/** Whether somebody who presses a key there writes text. @param target - The innermost, as in `event.composedPath()[0]`. */
export function isTyping(target: EventTarget | null | undefined): boolean {
  if (target instanceof HTMLTextAreaElement) return true;
  if (target instanceof HTMLInputElement) return ["text", "number", "search", "url", "email"].includes(target.type);
  return target instanceof HTMLElement && target.isContentEditable;
}
