import type { AbstractEngine } from "@babylonjs/core/Engines/abstractEngine.js";
import { element } from "./element.ts";

/** What opens the studio by a key. */
const KEY = "F2";

/** A button, and the key F2, that open the studio over whatever room is open; its code is fetched when it is first asked for. */
export function createStudioDoor(engine: AbstractEngine): HTMLElement {
  const toggle = (): void => void toggleStudio(engine);
  addEventListener("keydown", (event) => {
    if (event.key !== KEY) return;
    event.preventDefault();
    toggle();
  });
  return element("button", {
    class: "chip studio-door",
    text: "Studio",
    attributes: {
      type: "button",
      title: `Attach, teach and understand agents, and paint (${KEY})`,
      "data-test": "studio",
    },
    onClick: toggle,
  });
}

async function toggleStudio(engine: AbstractEngine): Promise<void> {
  const scene = engine.scenes.at(-1);
  if (!scene) return;
  const { openStudio } = await import("../../plugin/editor.ts");
  const isOpen = document.querySelector("babylon-neural-studio") !== null;
  const studio = openStudio(scene, {
    makeWorker: () => new Worker(new URL("./studio.worker.ts", import.meta.url), { type: "module" }),
    makePaintWorker: () => new Worker(new URL("../atelier/atelier.worker.ts", import.meta.url), { type: "module" }),
  });
  if (isOpen) studio.close();
}
