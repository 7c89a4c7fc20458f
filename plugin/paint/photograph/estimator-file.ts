import { PolicyFileError } from "../../core/errors.ts";
import type { BirthCertificate } from "../../core/policy.ts";
import { UntrustedField } from "../../core/untrusted-field.ts";
import { decodeWeights, encodeWeights, type WeightPrecision, type Weights } from "../../nets/weights-file.ts";
import { builtWith, isWithin, numbersAt } from "../shipped/net-file.ts";
import { COLOURS, PHOTO_NET, PhotoNet, type PhotoNetSpec } from "./photo-net.ts";

const NETWORK = "photo-maps";
/** Colours alone, or with the light that the network is told. */
const INPUTS = [COLOURS, PHOTO_NET.inputs];
/** More than that is no network for a page. */
const MOST_LEVELS = 7;
const MOST_CHANNELS = 512;
const MOST_BLOCKS = 16;

/** The bytes of an estimator's file. */
export async function encodeEstimator(
  net: PhotoNet,
  birth: BirthCertificate,
  precision: WeightPrecision,
): Promise<Uint8Array> {
  const { inputs, widths, blocks, finish, light } = net.spec;
  const tensors = await net.parameters.read();
  const spec = { inputs, widths, blocks, finish, looks: light };
  return encodeWeights({ network: NETWORK, spec, tensors, birth }, precision);
}

/**
 * Reads an estimator's file, before anything is built from it.
 *
 * @param who - Named at the start of messages.
 * @throws PolicyFileError for bytes that are no estimator.
 */
export function decodeEstimator(bytes: Uint8Array, who: string): Weights & { readonly net: PhotoNetSpec } {
  const weights = decodeWeights(bytes, NETWORK, who);
  const spec = new UntrustedField(weights.spec, "spec", who);
  // Files from before the light was found have nothing for it; those of a first kind found it by gradients, and called that so.
  const light = Object.hasOwn(weights.spec, "looks") ? numbersAt(spec, "looks") : [];
  if (light.length === 0 && Object.hasOwn(weights.spec, "light") && numbersAt(spec, "light").length > 0) {
    throw new PolicyFileError(
      `${who}: needed a network that finds the light by shapes, came one of a former kind that weighs gradients. Copy or download it again, or teach anew.`,
    );
  }
  const net = {
    inputs: spec.get("inputs").number(),
    widths: numbersAt(spec, "widths"),
    blocks: numbersAt(spec, "blocks"),
    // Files from before there were such blocks say nothing of them.
    finish: Object.hasOwn(weights.spec, "finish") ? spec.get("finish").number() : 0,
    light,
  };
  const { inputs, widths, blocks, finish } = net;
  const isSound =
    INPUTS.includes(inputs) &&
    widths.length >= 2 &&
    widths.length <= MOST_LEVELS &&
    blocks.length === widths.length &&
    isWithin(widths, 1, MOST_CHANNELS) &&
    isWithin([...blocks, finish], 0, MOST_BLOCKS) &&
    light.length <= MOST_LEVELS &&
    isWithin(light, 1, MOST_CHANNELS);
  if (!isSound) {
    throw new PolicyFileError(
      `${who}: needed ${INPUTS.join(" or ")} inputs and up to ${MOST_LEVELS} levels with their channels and blocks, came ${inputs}, [${widths.join(", ")}] and [${blocks.join(", ")}]. Copy or download it again, or teach anew.`,
    );
  }
  return { ...weights, net };
}

/** Builds the network on TensorFlow.js's present backend. @throws PolicyFileError when its weights are not those of such one. */
export function buildEstimatorNet(file: ReturnType<typeof decodeEstimator>, who: string): PhotoNet {
  return builtWith(new PhotoNet(null, file.net), file.tensors, who);
}
