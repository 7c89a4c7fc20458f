/** Tells the page of an element. May be called again; a page that has it already keeps it. */
export function defineElement(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}
