import { PolicyFileError } from "../../core/errors.ts";
import { CODE, type ImaginerNet } from "../../nets/imaginer/imaginer-net.ts";
import type { WeightTensor } from "../../nets/weights-file.ts";
import type { ImaginerFit } from "./imaginer-fit.ts";
import { buildImaginerNet, type ImaginerFile } from "./imaginer-file.ts";

/**
 * Builds an imaginer's network with what it has learned from one example.
 *
 * @param baseHash - SHA-256 of the imaginer's file; null where it is not known, then the shapes alone are looked at.
 * @throws PolicyFileError for a fit of another imaginer.
 */
export function buildFittedNet(
  file: ImaginerFile,
  baseHash: string | null,
  fit: ImaginerFit,
  who: string,
): ImaginerNet {
  const { name, base, code, changes } = fit;
  const whose = `Imaginer fit "${name}"`;
  if (baseHash !== null && base !== baseHash) {
    throw new PolicyFileError(
      `${whose}: needed the imaginer with the SHA-256 ${base.slice(0, 12)}…, came ${baseHash.slice(0, 12)}…. Serve the file that it was fitted from, or fit anew.`,
    );
  }
  if (code.length !== CODE || file.map.classes.includes(name)) {
    throw new PolicyFileError(
      `${whose}: needed a code of ${CODE} numbers and a name of its own, came ${code.length} numbers. Use a fit of this release.`,
    );
  }
  const tensors: Record<string, WeightTensor> = { ...file.tensors };
  for (const [key, { shape, values }] of Object.entries(changes)) {
    const before = Object.hasOwn(file.tensors, key) ? file.tensors[key] : undefined;
    if (!before || before.shape.join() !== shape.join()) {
      throw new PolicyFileError(
        `${whose}: needed changes of the imaginer's own numbers, came "${key}" of shape [${shape.join(", ")}]. Use a fit of this release.`,
      );
    }
    tensors[key] = { shape, values: before.values.map((value, i) => value + values[i]) };
  }
  return buildImaginerNet({ ...file, tensors }, who);
}

/**
 * What a fit has changed. @param names - Of the parameters that may have changed.
 *
 * @returns Only those that did.
 */
export function changesOf(
  after: Readonly<Record<string, WeightTensor>>,
  before: Readonly<Record<string, WeightTensor>>,
  names: readonly string[],
): Record<string, WeightTensor> {
  const changes: Record<string, WeightTensor> = {};
  for (const name of new Set(names)) {
    const { shape, values } = after[name];
    const difference = values.map((value, i) => value - before[name].values[i]);
    if (difference.some((value) => value !== 0)) changes[name] = { shape, values: difference };
  }
  return changes;
}
