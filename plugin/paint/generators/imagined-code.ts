import type { AttributeLabel, Imaginer } from "../imaginer/imaginer.ts";
import { lookAtPicture } from "../imaginer/picture-look.ts";
import { codeArithmetic, mixCodes, type TextureCode } from "../imaginer/texture-code.ts";
import type { Attributes } from "../materials/attributes.ts";
import type { PaintOrder } from "../texture-generator.ts";
import { picturesAs } from "./check-order.ts";

/** The setting `towards`: a class that a code is mixed with. */
export interface Towards {
  /** One of the imaginer's classes. */
  readonly material: string;
  /** 0 leaves the code as it is, 1 makes it the class's. */
  readonly share: number;
}

/** The code that an order means, which the generator has checked. */
export async function imaginedCode(imaginer: Imaginer, order: PaintOrder): Promise<TextureCode> {
  const { settings } = order;
  const look = (role: string): Promise<TextureCode[]> =>
    Promise.all(picturesAs(order, role).map(({ picture }) => lookAtPicture(imaginer, picture)));
  let code: TextureCode;
  if (settings["material"] !== undefined) {
    code = imaginer.codeOf(settings["material"] as string, settings["attributes"] as Partial<Attributes>);
  } else if (settings["code"] !== undefined) {
    code = Float32Array.from(settings["code"] as number[]);
  } else {
    code = mixCodes(await look("like"), settings["weights"] as number[] | undefined);
  }
  const [[without], [plus]] = [await look("without"), await look("plus")];
  const moved =
    without || plus ? codeArithmetic(code, without ?? middleOf(imaginer), plus ?? middleOf(imaginer)) : code;
  const towards = settings["towards"] as Towards | undefined;
  const mixed = towards
    ? mixCodes([moved, imaginer.codeOf(towards.material)], [1 - towards.share, towards.share])
    : moved;
  const change = settings["change"] as Partial<Record<AttributeLabel, number>> | undefined;
  return change ? imaginer.moved(mixed, change) : mixed;
}

/** A difference of two codes is no code: what is taken away or added alone is so against the middle of all classes. */
function middleOf(imaginer: Imaginer): TextureCode {
  return mixCodes(imaginer.classes.map((name) => imaginer.codeOf(name)));
}
