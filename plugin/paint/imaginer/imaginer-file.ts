import { PolicyFileError } from "../../core/errors.ts";
import type { BirthCertificate } from "../../core/policy.ts";
import { UntrustedField } from "../../core/untrusted-field.ts";
import { CODE, ImaginerNet } from "../../nets/imaginer/imaginer-net.ts";
import { decodeWeights, encodeWeights, type WeightPrecision, type WeightTensor } from "../../nets/weights-file.ts";
import { builtWith } from "../shipped/net-file.ts";
import { ATTRIBUTE_LABELS } from "../materials/attributes.ts";

/** Where classes and attributes lie among the codes. */
export interface CodeMap {
  /** Names of material classes. */
  readonly classes: readonly string[];
  /** The mean code of each class, [classes, code]. */
  readonly codes: Float32Array;
  /** The mean attributes that go with it, [classes, 12], in the order of `ATTRIBUTE_LABELS`. */
  readonly attributes: Float32Array;
  /** How a code changes with each attribute, [12, code]. */
  readonly directions: Float32Array;
}

const NETWORK = "imaginer";
const MOST_CLASSES = 1000;

/** The bytes of an imaginer's file, customarily `*.bnw`. */
export async function encodeImaginer(
  net: ImaginerNet,
  { classes, codes, attributes, directions }: CodeMap,
  birth: BirthCertificate,
  precision: WeightPrecision,
): Promise<Uint8Array> {
  const labels = ATTRIBUTE_LABELS.length;
  // Of one axis, so that they stay float32.
  const flat = (values: Float32Array): WeightTensor => ({ shape: [values.length], values });
  const map = { "class codes": flat(codes), "class attributes": flat(attributes), directions: flat(directions) };
  const tensors = { ...(await net.parameters.read()), ...map };
  return encodeWeights({ network: NETWORK, spec: { classes, labels, code: CODE }, tensors, birth }, precision);
}

/** A file that was read, before anything is built from it. */
export interface ImaginerFile {
  readonly map: CodeMap;
  readonly tensors: Readonly<Record<string, WeightTensor>>;
  readonly birth: BirthCertificate;
}

/**
 * Reads an imaginer's file.
 *
 * @param who - Named at the start of messages.
 * @throws PolicyFileError for bytes that are no imaginer, or one of another size.
 */
export function decodeImaginer(bytes: Uint8Array, who: string): ImaginerFile {
  const { spec, tensors, birth } = decodeWeights(bytes, NETWORK, who);
  const fields = new UntrustedField(spec, "spec", who);
  const classes = fields
    .get("classes")
    .list()
    .map((name) => name.text());
  const code = fields.get("code").number();
  const labels = fields.get("labels").number();
  if (code !== CODE || labels !== ATTRIBUTE_LABELS.length || classes.length > MOST_CLASSES) {
    throw new PolicyFileError(
      `${who}: needed codes of ${CODE} numbers and ${ATTRIBUTE_LABELS.length} attributes, came ${code} and ${labels} for ${classes.length} classes. Use an imaginer of this release.`,
    );
  }
  const take = (name: string, length: number): Float32Array => {
    const came = Object.hasOwn(tensors, name) ? tensors[name].values : undefined;
    if (came?.length === length) return came;
    throw new PolicyFileError(
      `${who}: needed "${name}" of ${length} numbers, came ${came ? came.length : "nothing"}. Copy or download it again.`,
    );
  };
  const map = {
    classes,
    codes: take("class codes", classes.length * CODE),
    attributes: take("class attributes", classes.length * labels),
    directions: take("directions", labels * CODE),
  };
  return { map, tensors, birth };
}

/** Builds the network on TensorFlow.js's present backend. @throws PolicyFileError when its weights are not those of such one. */
export function buildImaginerNet({ tensors }: ImaginerFile, who: string): ImaginerNet {
  return builtWith(new ImaginerNet(null), tensors, who);
}
