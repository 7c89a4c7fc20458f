import type { CodeTeller } from "../../../plugin/nets/imaginer/code-teller.ts";
import { LEARNED_CODE, type ImaginerNet } from "../../../plugin/nets/imaginer/imaginer-net.ts";
import type { CodeMap } from "../../../plugin/paint/imaginer/imaginer-file.ts";
import { pictureCode } from "../../../plugin/paint/imaginer/net-stacks.ts";
import { codeTrend } from "../../../plugin/paint/sprites/code-trend.ts";
import { picture } from "../../../plugin/paint/picture.ts";
import { SHOWN_CLASSES, SIDE, type ShelfMaterial } from "./stack-shelf.ts";

/**
 * Where classes and attributes lie among the codes: the mean of each class, and how a code changes with each attribute. Of that, how colours
 * change is told from the materials, by linear regression over all classes with their means taken away; the rest is what lets a code tell
 * the attribute, all told.
 */
export async function mapCodes(
  net: ImaginerNet,
  teller: CodeTeller,
  shelf: readonly ShelfMaterial[],
): Promise<CodeMap> {
  const codes: Float32Array[] = [];
  for (const { stack } of shelf) {
    const colours = picture(SIDE, SIDE, 3);
    for (let i = 0; i < colours.pixels.length; i++) {
      colours.pixels[i] = stack[Math.floor(i / 3) * 6 + (i % 3)] / 255;
    }
    codes.push(await pictureCode(net, colours));
  }
  const byClass = SHOWN_CLASSES.map((name) => shelf.flatMap((material, i) => (material.name === name ? [i] : [])));
  const classCodes = byClass.map((members) => meanOf(members.map((i) => codes[i])));
  const classAttributes = byClass.map((members) => meanOf(members.map((i) => shelf[i].attributes)));
  const attributes: Float32Array[] = [];
  const colours: Float32Array[] = [];
  byClass.forEach((members, at) => {
    for (const i of members) {
      attributes.push(shelf[i].attributes.map((value, label) => value - classAttributes[at][label]));
      colours.push(codes[i].slice(LEARNED_CODE).map((value, c) => value - classCodes[at][LEARNED_CODE + c]));
    }
  });
  return {
    classes: SHOWN_CLASSES,
    codes: joined(classCodes),
    attributes: joined(classAttributes),
    directions: await teller.steps(codeTrend(colours, attributes)),
  };
}

function meanOf(rows: readonly Float32Array[]): Float32Array {
  return rows[0].map((_, i) => rows.reduce((sum, row) => sum + row[i] / rows.length, 0));
}

function joined(rows: readonly Float32Array[]): Float32Array {
  return Float32Array.from(rows.flatMap((row) => Array.from(row)));
}
