import { PolicyFileError } from "../../core/errors.ts";
import type { BirthCertificate } from "../../core/policy.ts";
import { UntrustedField } from "../../core/untrusted-field.ts";
import { GrainNet, type GrainSpec } from "../../nets/encoders/grain-net.ts";
import { decodeWeights, encodeWeights, type WeightPrecision } from "../../nets/weights-file.ts";
import { builtWith, isWithin, numbersAt } from "../shipped/net-file.ts";

const NETWORK = "grain";
const LEVELS = 3;

/** The bytes of a file of a network that takes grain out of frames, customarily `*.bnw`. */
export async function encodeGrain(
  { spec, parameters }: GrainNet,
  birth: BirthCertificate,
  precision: WeightPrecision,
): Promise<Uint8Array> {
  const { widths, blocks } = spec;
  const tensors = await parameters.read();
  return encodeWeights({ network: NETWORK, spec: { widths, blocks }, tensors, birth }, precision);
}

/**
 * Builds the network of such a file on TensorFlow.js's present backend.
 *
 * @param who - Named at the start of messages.
 * @throws PolicyFileError for bytes that are none.
 */
export function decodeGrain(bytes: Uint8Array, who: string): { net: GrainNet; birth: BirthCertificate } {
  const { spec: stored, tensors, birth } = decodeWeights(bytes, NETWORK, who);
  const fields = new UntrustedField(stored, "spec", who);
  const widths = numbersAt(fields, "widths");
  const blocks = fields.get("blocks").number();
  if (widths.length !== LEVELS || !isWithin(widths, 1, 512) || !isWithin([blocks], 1, 16)) {
    throw new PolicyFileError(
      `${who}: needed the channels of ${LEVELS} levels and 1 to 16 blocks, came [${widths.join(", ")}] and ${blocks}. Copy or download it again, or teach anew.`,
    );
  }
  const spec: GrainSpec = { widths: [widths[0], widths[1], widths[2]], blocks };
  return { net: builtWith(new GrainNet(null, spec), tensors, who), birth };
}
