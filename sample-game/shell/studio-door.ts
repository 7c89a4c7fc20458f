import type { AbstractEngine } from "@babylonjs/core/Engines/abstractEngine.js";
import { element } from "./element.ts";
import { openPanel } from "./open-panel.ts";

/** What opens the studio by a key. */
const KEY = "F2";
const SVG = "http://www.w3.org/2000/svg";
/** Three sliders. */
const PICTURE = "M3 5h7m5 0h2M3 10h2m5 0h7M3 15h8m5 0h1M12.5 3v4M7.5 8v4M13.5 13v4";

/** A button, and the key F2, that open the studio over whatever room is open, and close it. */
export function createStudioDoor(engine: AbstractEngine): HTMLElement {
  const toggle = (): void => void toggleStudio(engine);
  addEventListener("keydown", (event) => {
    if (event.key !== KEY) return;
    event.preventDefault();
    toggle();
  });
  return element(
    "button",
    {
      class: "chip studio-door",
      attributes: {
        type: "button",
        title: `Attach, teach and understand agents, and paint (${KEY})`,
        "aria-label": "Edit this room in the Neural Studio",
        "data-test": "studio",
      },
      onClick: toggle,
    },
    picture(),
    element("span", { text: "Edit" }),
  );
}

function picture(): Element {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", PICTURE);
  svg.append(path);
  return svg;
}

async function toggleStudio(engine: AbstractEngine): Promise<void> {
  const scene = engine.scenes.at(-1);
  if (!scene) return;
  const isOpen = document.querySelector("babylon-neural-studio") !== null;
  const studio = await openPanel(scene);
  if (isOpen) studio.close();
}
