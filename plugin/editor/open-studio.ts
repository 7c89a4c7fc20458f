import type { Scene } from "@babylonjs/core/scene.js";
import { ConfigurationError } from "../index.ts";
import { defineElements } from "./define-elements.ts";
import type { StudioPanel } from "./elements/studio-panel.ts";
import { Studio, type StudioOptions } from "./model/studio.ts";

/** An open panel. */
export interface OpenStudio {
  /** The element, `<babylon-neural-studio>`. */
  readonly element: HTMLElement;
  /** Whether it has not been closed yet, by a person or by `close`. */
  readonly isOpen: boolean;
  /** Settles when it is closed. */
  readonly closed: Promise<void>;
  /**
   * Closes the panel: it leaves no listener, no timer and no line in the scene. What was made stays in the scene, and a run that
   * goes on is stopped. May be called twice.
   */
  close(): void;
}

const open = new WeakMap<Scene, OpenStudio>();

/**
 * Opens the studio over a scene: attach neural controllers to entities, build lessons, teach, understand, without code.
 *
 * Everything that a person makes is kept in the `metadata` of the scene's nodes as plain JSON, so that it is saved with the
 * scene; `restoreControllers(scene)` brings it back in a game. Opening a scene's studio twice gives the same panel.
 *
 * The panel lies over the page. While it is open, the root element's custom properties `--neural-studio-left`,
 * `--neural-studio-right` and `--neural-studio-bottom` are the lengths that it covers, for pages that leave it space.
 *
 * @throws ConfigurationError where there is no page, or for a scene that was disposed of.
 */
export function openStudio(scene: Scene, options: StudioOptions = {}): OpenStudio {
  if (typeof document === "undefined") {
    throw new ConfigurationError(
      "openStudio: needed a page, came none. Call it in a browser, not in Node or a worker.",
    );
  }
  if (scene.isDisposed) {
    throw new ConfigurationError("openStudio: needed a scene in use, came a disposed one. Open the new scene instead.");
  }
  const before = open.get(scene);
  if (before?.isOpen) return before;
  defineElements();
  const studio = new Studio(scene, options);
  const element = document.createElement("babylon-neural-studio") as StudioPanel;
  element.studio = studio;
  const disposal = scene.onDisposeObservable.add(() => close());
  let tellClosed!: () => void;
  const closed = new Promise<void>((resolve) => (tellClosed = resolve));
  let isOpen = true;
  const close = (): void => {
    if (!isOpen) return;
    isOpen = false;
    disposal.remove();
    element.remove();
    studio.close();
    open.delete(scene);
    tellClosed();
  };
  element.addEventListener("studio-close", close);
  (options.container ?? document.body).append(element);
  const opened: OpenStudio = {
    element,
    closed,
    close,
    get isOpen() {
      return isOpen;
    },
  };
  open.set(scene, opened);
  void studio.restore();
  return opened;
}
