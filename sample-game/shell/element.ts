/** What `element` can set besides children. */
export interface ElementOptions {
  readonly class?: string;
  readonly id?: string;
  readonly text?: string;
  /** Any attribute; `null` leaves it out. */
  readonly attributes?: Readonly<Record<string, string | null>>;
  readonly onClick?: (event: MouseEvent) => void;
}

/** Makes an HTML element with children, in one expression. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  options: ElementOptions = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  if (options.class) made.className = options.class;
  if (options.id) made.id = options.id;
  if (options.text !== undefined) made.textContent = options.text;
  for (const [name, value] of Object.entries(options.attributes ?? {})) {
    if (value !== null) made.setAttribute(name, value);
  }
  if (options.onClick) made.addEventListener("click", options.onClick as (event: Event) => void);
  made.append(...children);
  return made;
}

/** Sets an element's text only where it differs, so that a call at every frame costs nothing. */
export function setText(target: HTMLElement, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}
