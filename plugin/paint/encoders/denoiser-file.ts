import { PolicyFileError } from "../../core/errors.ts";
import type { BirthCertificate } from "../../core/policy.ts";
import { UntrustedField } from "../../core/untrusted-field.ts";
import { DenoiserNet, type DenoiserSpec } from "../../nets/encoders/denoiser-net.ts";
import { decodeWeights, encodeWeights, type WeightPrecision } from "../../nets/weights-file.ts";
import { builtWith, isWithin, numbersAt } from "../shipped/net-file.ts";

const NETWORK = "denoiser";
/** More than that is no network for a page. */
const MOST_LEVELS = 6;

/** The bytes of a denoiser's file, customarily `*.bnw`. */
export async function encodeDenoiser(
  { spec, parameters }: DenoiserNet,
  birth: BirthCertificate,
  precision: WeightPrecision,
): Promise<Uint8Array> {
  const { widths, blocks } = spec;
  const tensors = await parameters.read();
  return encodeWeights({ network: NETWORK, spec: { widths, blocks }, tensors, birth }, precision);
}

/**
 * Builds the network of a denoiser's file on TensorFlow.js's present backend.
 *
 * @param who - Named at the start of messages.
 * @throws PolicyFileError for bytes that are no denoiser.
 */
export function decodeDenoiser(bytes: Uint8Array, who: string): { net: DenoiserNet; birth: BirthCertificate } {
  const { spec: stored, tensors, birth } = decodeWeights(bytes, NETWORK, who);
  const fields = new UntrustedField(stored, "spec", who);
  const spec: DenoiserSpec = { widths: numbersAt(fields, "widths"), blocks: numbersAt(fields, "blocks") };
  const { widths, blocks } = spec;
  const isSound =
    widths.length >= 2 &&
    widths.length <= MOST_LEVELS &&
    blocks.length === widths.length &&
    isWithin(widths, 1, 512) &&
    isWithin(blocks, 0, 16);
  if (!isSound) {
    throw new PolicyFileError(
      `${who}: needed 2 to ${MOST_LEVELS} levels with their channels and blocks, came [${widths.join(", ")}] and [${blocks.join(", ")}]. Copy or download it again, or teach anew.`,
    );
  }
  return { net: builtWith(new DenoiserNet(null, spec), tensors, who), birth };
}
