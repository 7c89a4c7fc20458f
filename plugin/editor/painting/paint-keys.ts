import { isTyping } from "../looks/is-typing.ts";

/** Keys that paint, by what they do; the same wherever one paints. */
export const PAINT_KEYS = { rollSeed: "D", keep: "K", paint: "G", holdEarlier: "C", toggleSplit: "S" } as const;

/** What the keys of `PAINT_KEYS` do. */
export type PaintDeed = keyof typeof PAINT_KEYS;

/**
 * What a pressed key asks for; null for other keys, for keys with modifiers, for one that is merely held down, and while somebody
 * types, chooses from a list or answers a dialog.
 *
 * @param keys - A letter or a digit for each deed.
 */
export function deedOfKey<Deed extends string>(
  event: KeyboardEvent,
  keys: Readonly<Record<Deed, string>>,
): Deed | null {
  const path = event.composedPath();
  if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return null;
  if (
    isTyping(path[0]) ||
    path.some((place) => place instanceof HTMLSelectElement || place instanceof HTMLDialogElement)
  ) {
    return null;
  }
  const [, key] = /^(?:Key|Digit|Numpad)([A-Z0-9])$/.exec(event.code) ?? [];
  return (Object.keys(keys) as Deed[]).find((deed) => keys[deed] === key) ?? null;
}
