import { ClassGrid } from "./class-grid.ts";
import { CompareButtons } from "./compare-buttons.ts";
import { ExportMenu } from "./export-menu.ts";
import { KeptList } from "./kept-list.ts";
import { MaterialStrip } from "./material-strip.ts";
import { PaintDesk } from "./paint-desk.ts";
import { Painting } from "./painting.ts";
import { definePictureControls } from "./picture-controls.ts";
import { PictureDesk } from "./picture-desk.ts";
import { PictureDrop } from "./picture-drop.ts";
import { PictureList } from "./picture-list.ts";
import { PixelFace } from "./pixel-face.ts";
import { SplitLine } from "./split-line.ts";
import type { Studio } from "../model/studio.ts";

const ELEMENTS: Readonly<Record<string, CustomElementConstructor>> = {
  "bns-paint-desk": PaintDesk,
  "bns-class-grid": ClassGrid,
  "bns-compare-buttons": CompareButtons,
  "bns-export-menu": ExportMenu,
  "bns-picture-desk": PictureDesk,
  "bns-picture-list": PictureList,
  "bns-kept-list": KeptList,
  "bns-split-line": SplitLine,
  "bns-material-strip": MaterialStrip,
  "bns-picture-drop": PictureDrop,
  "bns-pixel-face": PixelFace,
};

const open = new WeakMap<Studio, Painting>();

/** What is painted in a studio; one for each, which ends with it. Loads painting itself. */
export async function openPainting(studio: Studio): Promise<Painting> {
  const tools = await import("../../paint.ts");
  definePictureControls();
  for (const [name, element] of Object.entries(ELEMENTS)) {
    if (!customElements.get(name)) customElements.define(name, element);
  }
  let painting = open.get(studio);
  if (!painting) open.set(studio, (painting = new Painting(studio, tools)));
  return painting;
}
