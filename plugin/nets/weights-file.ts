import { decodeContainer, encodeContainer } from "../core/container.ts";
import { PolicyFileError } from "../core/errors.ts";
import type { Packing } from "../core/packed-numbers.ts";
import type { BirthCertificate } from "../core/policy.ts";
import { UntrustedField } from "../core/untrusted-field.ts";

/** A network's numbers, with all that is needed to build it again. */
export interface Weights {
  /** What kind of network, as its reader calls it. */
  readonly network: string;
  /** How large it is; plain JSON. In a file that was read it is not to be trusted. */
  readonly spec: Readonly<Record<string, unknown>>;
  /** By name. */
  readonly tensors: Readonly<Record<string, WeightTensor>>;
  readonly birth: BirthCertificate;
}

/** Numbers with a shape. */
export interface WeightTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** How exactly weights are kept: int8 has a scale for each index of a tensor's last axis. */
export type WeightPrecision = "float32" | "float16" | "int8";

const FORMAT = "network";
const VERSION = 1;

/**
 * Packs weights into the bytes of one file, customarily named `*.bnw`. Tensors of one axis (biases) stay float32, since they are few.
 *
 * @param precision - Default "float32". See `pack` for the errors that the others make.
 * @throws PolicyFileError for a number that is not finite, or too large for float16.
 */
export function encodeWeights(weights: Weights, precision: WeightPrecision = "float32"): Uint8Array {
  const { network, spec, tensors, birth } = weights;
  const entries = Object.entries(tensors);
  const packing = (shape: readonly number[]): Packing => {
    if (shape.length < 2 || precision === "float32") return { as: "float32" };
    return precision === "float16" ? { as: "float16" } : { as: "int8", channels: shape[shape.length - 1] };
  };
  return encodeContainer(
    FORMAT,
    VERSION,
    { network, spec, shapes: Object.fromEntries(entries.map(([name, { shape }]) => [name, shape])), birth },
    Object.fromEntries(entries.map(([name, { values }]) => [name, values])),
    Object.fromEntries(entries.map(([name, { shape }]) => [name, packing(shape)])),
  );
}

/**
 * What kind of network a file holds, as its reader calls it.
 *
 * @param who - Named at the start of messages.
 * @throws PolicyFileError for a file that is foreign, truncated, corrupted or newer than this release.
 */
export function networkOf(bytes: Uint8Array, who: string): string {
  const { header } = decodeContainer(bytes, FORMAT, VERSION, who);
  return new UntrustedField(header, "", who).get("network").text();
}

/**
 * Unpacks weights. Everything in the file is checked but for `spec`, which the network's reader knows; nothing in it is run.
 *
 * @param network - What kind of network is expected.
 * @param who - Named at the start of messages, e.g. `Weights file "estimator.bnw"`.
 * @throws PolicyFileError for a file that is foreign, truncated, corrupted, newer than this release, or of another network.
 */
export function decodeWeights(bytes: Uint8Array, network: string, who: string): Weights {
  const { header, arrays } = decodeContainer(bytes, FORMAT, VERSION, who);
  const fields = new UntrustedField(header, "", who);
  const came = fields.get("network").text();
  if (came !== network) {
    throw new PolicyFileError(`${who}: needed a network "${network}", came "${came}". Open it as what it is.`);
  }
  fields.get("spec").keys(); // an object
  const shapes = fields.get("shapes");
  const tensors = Object.entries(arrays).map(([name, values]): [string, WeightTensor] => {
    const shape = shapes
      .get(name)
      .list()
      .map((length) => length.number());
    const size = shape.reduce((product, length) => product * length, 1);
    if (size !== values.length) {
      throw new PolicyFileError(
        `${who}: "${name}" needs ${size} numbers for its shape [${shape.join(", ")}], came ${values.length}. Copy or download it again, or teach anew.`,
      );
    }
    return [name, { shape, values }];
  });
  const notes = fields.find("birth");
  return {
    network,
    spec: header["spec"] as Record<string, unknown>,
    tensors: Object.fromEntries(tensors),
    birth: notes ? (header["birth"] as BirthCertificate) : {},
  };
}
