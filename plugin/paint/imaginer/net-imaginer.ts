import { ConfigurationError } from "../../core/errors.ts";
import { Random } from "../../core/random.ts";
import { CODE, type ImaginerNet } from "../../nets/imaginer/imaginer-net.ts";
import { STRIDE } from "../../nets/imaginer/spatial-inputs.ts";
import type { SurfaceMaps } from "../maps/surface-maps.ts";
import { ATTRIBUTE_LABELS, attributeVector, completeAttributes, type Attributes } from "../materials/attributes.ts";
import { MATERIAL_CLASSES } from "../materials/material-classes.ts";
import type { Picture } from "../picture.ts";
import type { CodeMap } from "./imaginer-file.ts";
import type { AttributeLabel, Imaginer, ImagineOptions } from "./imaginer.ts";
import { imagineStack, pictureCode } from "./net-stacks.ts";
import { readPieceLayout, type PieceMask } from "./piece-layout.ts";
import type { TextureCode } from "./texture-code.ts";
import { toldMask } from "./told-layout.ts";

const WHO = "Imaginer";
const LEAST = 16;
const MOST = 2048;

/** What a fit adds to an imaginer. */
export interface OwnClass {
  readonly name: string;
  readonly code: Float32Array;
  readonly fitHash: string | null;
}

/** Materials by a network. See `loadImaginer`. */
export class NetImaginer implements Imaginer {
  readonly fileHash: string | null;
  readonly #net: ImaginerNet;
  readonly #map: CodeMap;
  readonly #own: OwnClass | null;
  #isDisposed = false;

  /** @param net - Belongs to the imaginer from now on. */
  constructor(net: ImaginerNet, map: CodeMap, fileHash: string | null = null, own: OwnClass | null = null) {
    this.#net = net;
    this.#map = map;
    this.#own = own;
    this.fileHash = fileHash;
  }

  get fitHash(): string | null {
    return this.#own?.fitHash ?? null;
  }

  get classes(): readonly string[] {
    return this.#own ? [this.#own.name, ...this.#map.classes] : this.#map.classes;
  }

  async encode(picture: Picture): Promise<TextureCode> {
    this.#use();
    const { width, height, channels } = picture;
    const isSide = (side: number): boolean => side >= LEAST && side <= MOST;
    if (channels !== 3 || !isSide(width) || !isSide(height)) {
      throw new ConfigurationError(
        `${WHO}: needed a picture of 3 channels and ${LEAST} to ${MOST} pixels on each side, came ${width} × ${height} with ${channels}. Scale or convert it first.`,
      );
    }
    return pictureCode(this.#net, picture);
  }

  codeOf(material: string, attributes: Partial<Attributes> = {}): TextureCode {
    if (material === this.#own?.name) return ownCode(this.#own, attributes);
    const { classes, codes, attributes: middles } = this.#map;
    const at = classes.indexOf(material);
    const known = MATERIAL_CLASSES.find(({ name }) => name === material);
    if (at < 0 || !known) {
      throw new ConfigurationError(
        `${WHO}: needed one of ${this.classes.join(", ")}, came "${material}". Choose a name of these, or encode a picture.`,
      );
    }
    const labels = ATTRIBUTE_LABELS.length;
    const asked = attributeVector(completeAttributes(`${WHO} "${material}"`, known.defaults, attributes));
    const usual = attributeVector(known.defaults);
    // Only what differs from the defaults is asked for; the rest stays in the class's middle.
    const change = asked.map((value, i) => (value === usual[i] ? 0 : value - middles[at * labels + i]));
    return this.#changed(codes.slice(at * CODE, (at + 1) * CODE), change);
  }

  moved(code: TextureCode, change: Partial<Record<AttributeLabel, number>>): TextureCode {
    assertCode(code);
    const amounts = new Float32Array(ATTRIBUTE_LABELS.length);
    for (const [label, amount] of Object.entries(change)) {
      const at = ATTRIBUTE_LABELS.findIndex((known) => known === label);
      if (at < 0 || !(amount >= -1 && amount <= 1)) {
        throw new ConfigurationError(
          `${WHO}: needed changes from -1 to 1 of ${ATTRIBUTE_LABELS.join(", ")}, came ${amount} of "${label}". Correct it.`,
        );
      }
      amounts[at] = amount;
    }
    return this.#changed(code, amounts);
  }

  async imagine(code: TextureCode, options: ImagineOptions = {}): Promise<SurfaceMaps> {
    this.#use();
    assertCode(code);
    const { seed = 0, size = 256, layout, roll = [0, 0], relief } = options;
    const { width, height } = checkedSize(size);
    const pieces = options.pieces === undefined ? null : readPieceLayout(options.pieces, WHO);
    if (layout && pieces) {
      throw new ConfigurationError(`${WHO}: needed a layout or pieces, came both. Leave one out.`);
    }
    if (layout && layout.length !== width * height) {
      throw new ConfigurationError(
        `${WHO}: needed a layout of ${width * height} numbers, came ${layout.length}. Draw it in the size of the maps.`,
      );
    }
    if (roll.some((pixels) => !Number.isInteger(pixels) || pixels % STRIDE !== 0)) {
      throw new ConfigurationError(
        `${WHO}: needed a roll by multiples of ${STRIDE}, came ${roll.join(" and ")}. Roll the maps for others.`,
      );
    }
    if (relief !== undefined && !(relief > 0 && Number.isFinite(relief))) {
      throw new ConfigurationError(`${WHO}: needed a relief above 0, came ${relief}. Leave it out for the usual one.`);
    }
    const chosen = { width, height, roll, layout: layout ?? null, pieces, ...(relief === undefined ? {} : { relief }) };
    return imagineStack(this.#net, code, { ...chosen, random: new Random(seed) });
  }

  async pieceMask(
    code: TextureCode,
    { seed = 0, size = 256, pieces }: Pick<ImagineOptions, "seed" | "size" | "pieces"> = {},
  ): Promise<PieceMask | null> {
    this.#use();
    assertCode(code);
    const asked = { ...checkedSize(size), pieces: pieces === undefined ? null : readPieceLayout(pieces, WHO) };
    return toldMask(this.#net, code, asked, new Random(seed));
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#net.dispose();
  }

  #changed(code: TextureCode, amounts: Float32Array): TextureCode {
    const { directions } = this.#map;
    return code.map((value, i) =>
      amounts.reduce((sum, amount, label) => sum + amount * directions[label * CODE + i], value),
    );
  }

  #use(): void {
    if (!this.#isDisposed) return;
    throw new ConfigurationError(`${WHO}: needed a living one, came one after dispose(). Load it again.`);
  }
}

function ownCode({ name, code }: OwnClass, attributes: Partial<Attributes>): TextureCode {
  const [label] = Object.keys(attributes);
  if (label === undefined) return code.slice();
  throw new ConfigurationError(
    `${WHO} "${name}": needed no attributes of what was fitted to one example, came "${label}". Move its code by changes.`,
  );
}

function checkedSize(size: NonNullable<ImagineOptions["size"]>): { readonly width: number; readonly height: number } {
  const { width, height } = typeof size === "number" ? { width: size, height: size } : size;
  for (const side of [width, height]) {
    if (Number.isInteger(side) && side % STRIDE === 0 && side >= LEAST && side <= MOST) continue;
    throw new ConfigurationError(
      `${WHO}: needed sides of ${LEAST} to ${MOST} pixels that are multiples of ${STRIDE}, came ${width} × ${height}. Choose such ones.`,
    );
  }
  return { width, height };
}

function assertCode(code: TextureCode): void {
  if (code.length === CODE && code.every(Number.isFinite)) return;
  throw new ConfigurationError(
    `${WHO}: needed a code of ${CODE} finite numbers, came ${code.length}. Take one of the same imaginer.`,
  );
}
