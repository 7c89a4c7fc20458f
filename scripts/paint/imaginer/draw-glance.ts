import { Random } from "../../../plugin/core/random.ts";
import type { ImaginerNet } from "../../../plugin/nets/imaginer/imaginer-net.ts";
import { imagineStack, pictureCode } from "../../../plugin/paint/imaginer/net-stacks.ts";
import { stackColours } from "../../../plugin/paint/imaginer/stack-picture.ts";
import { HELD_OUT_CLASSES } from "../../../plugin/paint/materials/material-classes.ts";
import { picture, type Picture } from "../../../plugin/paint/picture.ts";
import { blankSheet, encodeJpeg, place } from "../draw-sheet.ts";
import { drawMaterial, SHOWN_CLASSES, SIDE } from "./stack-shelf.ts";

const GAP = 4;
/** Materials that nothing is learned from, and that no judge uses. */
const GLANCE_STREAM = 0x61a5;
const MAPS = 4;

/**
 * What the network makes of materials that it has not seen, one class a row, the held-out ones last: colours, height, roughness and
 * metallic of the material; then the same of what is imagined from the code of its colours. As the bytes of a JPEG.
 */
export async function drawGlance(net: ImaginerNet): Promise<Uint8Array> {
  const names = [...SHOWN_CLASSES, ...HELD_OUT_CLASSES];
  const sheet = blankSheet(2 * MAPS * (SIDE + GAP), names.length * (SIDE + GAP));
  for (const [row, name] of names.entries()) {
    const real = drawMaterial(name, row, GLANCE_STREAM);
    const colours = stackColours(real);
    const code = await pictureCode(net, colours);
    const made = await imagineStack(net, code, { width: SIDE, height: SIDE, random: new Random(row) });
    const grey = (values: Float32Array): Picture => picture(SIDE, SIDE, 1, values);
    const maps = [real, made].flatMap((each) => [
      stackColours(each),
      grey(each.heights),
      grey(each.roughness),
      grey(each.metallic),
    ]);
    maps.forEach((map, column) => place(sheet, map, { top: row * (SIDE + GAP), left: column * (SIDE + GAP) }));
  }
  return encodeJpeg(sheet);
}
