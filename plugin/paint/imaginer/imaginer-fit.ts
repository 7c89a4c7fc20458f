import { PolicyFileError } from "../../core/errors.ts";
import type { BirthCertificate } from "../../core/policy.ts";
import { UntrustedField } from "../../core/untrusted-field.ts";
import { decodeWeights, encodeWeights, type WeightTensor } from "../../nets/weights-file.ts";

/** What an imaginer has learned from one picture or one stack: a code, and by how much its numbers differ from those it was taught. */
export interface ImaginerFit {
  /** For people; the fitted imaginer has it among its classes. */
  readonly name: string;
  /** SHA-256 of the file of the imaginer that it belongs to, 64 hex digits. */
  readonly base: string;
  /** [41]. */
  readonly code: Float32Array;
  /** To be added, by the parameter's name; what has not changed is left out. */
  readonly changes: Readonly<Record<string, WeightTensor>>;
  readonly birth: BirthCertificate;
}

/** What a file of a fit calls its network. */
export const FIT_NETWORK = "imaginer fit";
const CODE = "code";

/** The bytes of a fit's file, customarily `*.bnw`: 0.5 kB for a code alone, some 6 kB with a few parameters, some 107 kB with all. */
export function encodeImaginerFit({ name, base, code, changes, birth }: ImaginerFit): Uint8Array {
  const tensors = { [CODE]: { shape: [code.length], values: code }, ...changes };
  return encodeWeights({ network: FIT_NETWORK, spec: { name, base }, tensors, birth }, "int8");
}

/**
 * Reads what an imaginer has learned from one example.
 *
 * @param file - Named in messages.
 * @throws PolicyFileError for a file that is foreign, truncated, changed, newer than this release, or of another network.
 */
export function decodeImaginerFit(bytes: Uint8Array, file: string): ImaginerFit {
  const who = `Imaginer fit "${file}"`;
  const { spec, tensors, birth } = decodeWeights(bytes, FIT_NETWORK, who);
  const fields = new UntrustedField(spec, "spec", who);
  const [name, base] = [fields.get("name").text(), fields.get("base").text()];
  const { [CODE]: code, ...changes } = tensors as Record<string, WeightTensor | undefined>;
  if (!code || !/^[0-9a-f]{64}$/.test(base)) {
    throw new PolicyFileError(
      `${who}: needed a code and the SHA-256 of its imaginer, came ${code ? "a code" : "no code"} and "${base.slice(0, 12)}". Copy or download it again.`,
    );
  }
  return { name, base, code: code.values, changes: changes as Record<string, WeightTensor>, birth };
}
