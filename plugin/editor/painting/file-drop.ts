import type { LitElement, ReactiveController } from "lit";

/** Where dropped and pasted things go. */
export interface FileDropActions {
  takeFiles(files: readonly File[]): void;
  /** Text that may be a recipe: it begins with a brace. */
  takeText(text: string): void;
}

/**
 * Lets an element take files that are dropped on it, and files and recipes that are pasted while it is on the page. While
 * something is held over it, it has the attribute `over`.
 */
export class FileDrop implements ReactiveController {
  readonly #host: LitElement;
  readonly #actions: FileDropActions;
  readonly #onPaste = (event: ClipboardEvent): void => this.#paste(event);

  constructor(host: LitElement, actions: FileDropActions) {
    this.#host = host;
    this.#actions = actions;
    host.addController(this);
    host.addEventListener("dragover", (event) => {
      event.preventDefault();
      host.toggleAttribute("over", true);
    });
    host.addEventListener("dragleave", (event) => {
      const isInside = event.relatedTarget instanceof Node && host.contains(event.relatedTarget);
      if (!isInside) host.toggleAttribute("over", false);
    });
    host.addEventListener("drop", (event) => {
      // Otherwise the browser would leave the page for the file.
      event.preventDefault();
      host.toggleAttribute("over", false);
      this.#take(event.dataTransfer);
    });
  }

  hostConnected(): void {
    addEventListener("paste", this.#onPaste);
  }

  hostDisconnected(): void {
    removeEventListener("paste", this.#onPaste);
    this.#host.toggleAttribute("over", false);
  }

  #paste(event: ClipboardEvent): void {
    if (event.composedPath()[0] instanceof HTMLInputElement) return;
    if (this.#take(event.clipboardData)) event.preventDefault();
  }

  #take(data: DataTransfer | null): boolean {
    if (!data) return false;
    const text = data.getData("text/plain").trim();
    if (data.files.length > 0) this.#actions.takeFiles([...data.files]);
    else if (text.startsWith("{")) this.#actions.takeText(text);
    else return false;
    return true;
  }
}
