import type { Page } from "playwright-core";

/** What people operate, apart from scrolling. */
const CONTROLS =
  'button, input:not([type="hidden"]), select, textarea, a[href], summary, [tabindex], [role="tab"], [role="treeitem"], [role="slider"]';
/** Of these one is a stop of the Tab key, and arrow keys lead to the others. */
const GROUPS =
  '[role="tablist"], [role="tree"], [role="radiogroup"], [role="listbox"], [role="toolbar"], [role="menu"]';

declare global {
  var keyboardWalk: {
    /** Everything that can be operated now, in words. */
    controls(): string[];
    /** What has the focus, in words; an empty text where nothing of the panel has it. */
    focused(): string;
    /** Whether arrow keys lead on from what has the focus. */
    isInGroup(): boolean;
    /** What a pointer can click, by its looks, and a keyboard cannot. */
    pointerOnly(): string[];
  };
}

/** What of a panel the keyboard alone reaches, and what it does not. */
export interface KeyboardWalk {
  readonly controls: readonly string[];
  readonly missed: readonly string[];
  readonly pointerOnly: readonly string[];
}

/**
 * Presses Tab from the beginning of the page until nothing new gets the focus, and the arrow keys wherever they lead on.
 *
 * @param host - The element whose controls are looked for, shadow roots included.
 */
export async function walkByKeyboard(page: Page, host: string): Promise<KeyboardWalk> {
  await page.evaluate(installWalk, { host, controls: CONTROLS, groups: GROUPS });
  const controls = await page.evaluate(() => globalThis.keyboardWalk.controls());
  const reached = new Set<string>();
  const look = async (): Promise<string> => {
    const focused = await page.evaluate(() => globalThis.keyboardWalk.focused());
    if (focused !== "") reached.add(focused);
    return focused;
  };
  await page.evaluate(() => {
    for (let at = document.activeElement; at; at = at.shadowRoot?.activeElement ?? null) (at as HTMLElement).blur();
  });
  let first: string | undefined;
  for (let presses = 0; presses < 3 * controls.length + 20; presses++) {
    await page.keyboard.press("Tab");
    const focused = await look();
    if (focused === "") continue;
    if (focused === first) break;
    first ??= focused;
    if (await page.evaluate(() => globalThis.keyboardWalk.isInGroup())) {
      for (const key of ["ArrowRight", "ArrowDown", "ArrowUp"]) {
        for (let seen = new Set<string>(), now = await look(); !seen.has(now); now = await look()) {
          seen.add(now);
          await page.keyboard.press(key);
        }
      }
    }
  }
  const pointerOnly = await page.evaluate(() => globalThis.keyboardWalk.pointerOnly());
  return { controls, missed: controls.filter((control) => !reached.has(control)), pointerOnly };
}

function installWalk({ host, controls, groups }: { host: string; controls: string; groups: string }): void {
  const descriptions = new WeakMap<Element, string>(); // as first seen: what a control says may change while it is used
  let count = 0;
  const describe = (element: Element): string => {
    let description = descriptions.get(element);
    if (description === undefined) {
      const name = element.getAttribute("aria-label") ?? element.id ?? "";
      const text = (element.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 40);
      description = `#${++count} <${element.localName}> ${name || text}`;
      descriptions.set(element, description);
    }
    return description;
  };
  const all = (root: ParentNode): Element[] =>
    [...root.querySelectorAll("*")].flatMap((element) => [
      element,
      ...(element.shadowRoot ? all(element.shadowRoot) : []),
    ]);
  const elements = (): Element[] => all(document.querySelector(host)!.shadowRoot!);
  const upwards = (element: Element): Element | null =>
    element.assignedSlot ?? element.parentElement ?? (element.getRootNode() as ShadowRoot).host ?? null;
  const closest = (element: Element, selector: string): Element | null => {
    for (let at: Element | null = element; at; at = upwards(at)) if (at.matches(selector)) return at;
    return null;
  };
  const isThere = (element: Element): boolean => {
    const { width, height } = element.getBoundingClientRect();
    return (
      element.checkVisibility({ visibilityProperty: true }) &&
      width > 0 &&
      height > 0 &&
      !element.matches(":disabled") &&
      !closest(element, "[inert], [aria-hidden='true']")
    );
  };
  const deepFocus = (): Element | null => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at;
  };
  const isRadio = (element: Element): boolean => element.matches('input[type="radio"]');
  globalThis.keyboardWalk = {
    controls: () =>
      elements()
        .filter((element) => element.matches(controls) && isThere(element))
        .map(describe),
    focused: () => {
      const focus = deepFocus();
      return focus && closest(focus, host) ? describe(focus) : "";
    },
    isInGroup: () => {
      const focus = deepFocus();
      return focus !== null && (isRadio(focus) || closest(focus, groups) !== null);
    },
    pointerOnly: () =>
      elements()
        .filter((element) => getComputedStyle(element).cursor === "pointer" && isThere(element))
        .filter((element) => !closest(element, `${controls}, label`))
        .map(describe),
  };
}
