import type { ImaginerNet } from "../../../plugin/nets/imaginer/imaginer-net.ts";
import { CODE } from "../../../plugin/nets/imaginer/imaginer-net.ts";
import type { CodeMap } from "../../../plugin/paint/imaginer/imaginer-file.ts";
import { pictureCode } from "../../../plugin/paint/imaginer/net-stacks.ts";
import { ATTRIBUTE_LABELS } from "../../../plugin/paint/materials/attributes.ts";
import { symmetricEigen } from "../../../plugin/paint/metrics/symmetric-eigen.ts";
import { picture } from "../../../plugin/paint/picture.ts";
import { SHOWN_CLASSES, SIDE, type ShelfMaterial } from "./stack-shelf.ts";

const LABELS = ATTRIBUTE_LABELS.length;
/** Added to the attributes' variances, so that one that hardly varies has no huge direction. */
const RIDGE = 0.01;

/**
 * Where classes and attributes lie among the codes: the mean of each class, and, by linear regression over all classes with their means
 * taken away, how a code changes with each attribute.
 */
export async function mapCodes(net: ImaginerNet, shelf: readonly ShelfMaterial[]): Promise<CodeMap> {
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
  const rows = byClass.flatMap((members, at) =>
    members.map((i) => ({
      attributes: shelf[i].attributes.map((value, label) => value - classAttributes[at][label]),
      code: codes[i].map((value, c) => value - classCodes[at][c]),
    })),
  );
  return {
    classes: SHOWN_CLASSES,
    codes: joined(classCodes),
    attributes: joined(classAttributes),
    directions: regress(rows),
  };
}

function regress(
  rows: readonly { readonly attributes: Float32Array; readonly code: Float32Array }[],
): Float32Array<ArrayBuffer> {
  const squares = new Float64Array(LABELS * LABELS);
  const products = new Float64Array(LABELS * CODE);
  for (const { attributes, code } of rows) {
    for (let a = 0; a < LABELS; a++) {
      for (let b = 0; b < LABELS; b++) squares[a * LABELS + b] += (attributes[a] * attributes[b]) / rows.length;
      for (let c = 0; c < CODE; c++) products[a * CODE + c] += (attributes[a] * code[c]) / rows.length;
    }
  }
  for (let a = 0; a < LABELS; a++) squares[a * LABELS + a] += RIDGE;
  const { values, vectors } = symmetricEigen(squares, LABELS);
  const result = new Float32Array(LABELS * CODE);
  for (let e = 0; e < LABELS; e++) {
    for (let c = 0; c < CODE; c++) {
      let along = 0;
      for (let a = 0; a < LABELS; a++) along += vectors[e * LABELS + a] * products[a * CODE + c];
      for (let a = 0; a < LABELS; a++) result[a * CODE + c] += (vectors[e * LABELS + a] * along) / values[e];
    }
  }
  return result;
}

function meanOf(rows: readonly Float32Array[]): Float32Array {
  return rows[0].map((_, i) => rows.reduce((sum, row) => sum + row[i] / rows.length, 0));
}

function joined(rows: readonly Float32Array[]): Float32Array {
  return Float32Array.from(rows.flatMap((row) => Array.from(row)));
}
