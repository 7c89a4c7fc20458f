import { PolicyFileError } from "../../core/errors.ts";
import type { BirthCertificate } from "../../core/policy.ts";
import { UntrustedField } from "../../core/untrusted-field.ts";
import { AutoencoderNet } from "../../nets/encoders/autoencoder-net.ts";
import { decodeWeights, encodeWeights, type WeightPrecision } from "../../nets/weights-file.ts";
import { builtWith, isWithin, numbersAt } from "../shipped/net-file.ts";

const NETWORK = "autoencoder";

/** The bytes of an autoencoder's file, customarily `*.bnw`. */
export async function encodeAutoencoder(
  net: AutoencoderNet,
  birth: BirthCertificate,
  precision: WeightPrecision,
): Promise<Uint8Array> {
  const { code, widths, down, up } = net.spec;
  const tensors = await net.parameters.read();
  return encodeWeights({ network: NETWORK, spec: { code, widths, down, up }, tensors, birth }, precision);
}

/**
 * Builds the network of an autoencoder's file on TensorFlow.js's present backend.
 *
 * @param who - Named at the start of messages.
 * @throws PolicyFileError for bytes that are no autoencoder.
 */
export function decodeAutoencoder(bytes: Uint8Array, who: string): { net: AutoencoderNet; birth: BirthCertificate } {
  const { spec: stored, tensors, birth } = decodeWeights(bytes, NETWORK, who);
  const fields = new UntrustedField(stored, "spec", who);
  const code = fields.get("code").number();
  const [widths, down, up] = ["widths", "down", "up"].map((key) => numbersAt(fields, key));
  const isSound =
    isWithin([code], 1, 192) &&
    isWithin(widths, 1, 512) &&
    isWithin([...down, ...up], 0, 16) &&
    [widths, down, up].every(isTriple);
  if (!isSound) {
    throw new PolicyFileError(
      `${who}: needed codes of 1 to 192 numbers and three levels with their channels and blocks, came ${code} and [${widths.join(", ")}], [${down.join(", ")}], [${up.join(", ")}]. Copy or download it again, or teach anew.`,
    );
  }
  const spec = { code, widths: triple(widths), down: triple(down), up: triple(up) };
  return { net: builtWith(new AutoencoderNet(null, spec), tensors, who), birth };
}

function isTriple(values: readonly number[]): boolean {
  return values.length === 3;
}

function triple([a, b, c]: readonly number[]): readonly [number, number, number] {
  return [a, b, c];
}
