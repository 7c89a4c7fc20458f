import { ChoiceBar } from "./choice-bar.ts";
import { editGuide, editRegion, editSampleMask } from "./edit-example.ts";
import { LightDial } from "./light-dial.ts";
import { MaskDialog } from "./mask-dialog.ts";
import { MaskSheet } from "./mask-sheet.ts";
import { picturePixels } from "./picture-pixels.ts";

/** What `loadPictureControls` gives. */
export const pictureControls = {
  editGuide,
  editRegion,
  editSampleMask,
  picturePixels,
  /** From where a picture's light comes; tells `light-change`. */
  createLightDial: (): LightDial => document.createElement("bns-light-dial") as LightDial,
} as const;

const ELEMENTS: Readonly<Record<string, CustomElementConstructor>> = {
  "bns-choice-bar": ChoiceBar,
  "bns-light-dial": LightDial,
  "bns-mask-dialog": MaskDialog,
  "bns-mask-sheet": MaskSheet,
};

/** Makes the elements of the picture path known to the page. May be called again. */
export function definePictureControls(): void {
  for (const [name, element] of Object.entries(ELEMENTS)) {
    if (!customElements.get(name)) customElements.define(name, element);
  }
}
