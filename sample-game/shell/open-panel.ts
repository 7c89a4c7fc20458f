import type { Scene } from "@babylonjs/core/scene.js";
import type { OpenStudio } from "../../plugin/editor.ts";

/** Opens the studio's panel over a scene, with workers that teach and paint; its code is fetched when it is first asked for. */
export async function openPanel(scene: Scene): Promise<OpenStudio> {
  const { openStudio } = await import("../../plugin/editor.ts");
  return openStudio(scene, {
    makeWorker: () => new Worker(new URL("./studio.worker.ts", import.meta.url), { type: "module" }),
    makePaintWorker: () => new Worker(new URL("../atelier/atelier.worker.ts", import.meta.url), { type: "module" }),
  });
}
