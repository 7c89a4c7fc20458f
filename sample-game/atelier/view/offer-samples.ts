import { paintSamplePictures, type Painter } from "../../../plugin/paint.ts";
import type { Errands } from "./errands.ts";
import { drawPicture } from "./picture-list.ts";
import type { PicturePanel } from "./picture-panel.ts";

/** Paints pictures for people who have none at hand, and hangs each into the panel. */
export async function offerSamples(sketcher: Painter, panel: PicturePanel, errands: Errands): Promise<void> {
  for await (const { name, picture } of paintSamplePictures(sketcher)) {
    panel.addSample(name, drawPicture(picture, 64), () => void errands.takePicture(name, picture));
  }
}
