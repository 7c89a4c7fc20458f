import type { UntrustedField } from "../../core/untrusted-field.ts";
import type { Parameters } from "../../nets/layers/parameters.ts";
import type { WeightTensor } from "../../nets/weights-file.ts";

/** A list of numbers of a file's header. @throws PolicyFileError when it is none. */
export function numbersAt(fields: UntrustedField, key: string): number[] {
  return fields
    .get(key)
    .list()
    .map((value) => value.number());
}

/** Whether all are whole numbers from the least to the most. */
export function isWithin(values: readonly number[], least: number, most: number): boolean {
  return values.every((value) => Number.isInteger(value) && value >= least && value <= most);
}

/**
 * A network with the weights of a file.
 *
 * @param net - Freed when the weights are not its own.
 * @throws PolicyFileError then.
 */
export function builtWith<T extends { readonly parameters: Parameters; dispose(): void }>(
  net: T,
  tensors: Readonly<Record<string, WeightTensor>>,
  who: string,
): T {
  try {
    net.parameters.write(tensors, who);
    return net;
  } catch (error) {
    net.dispose();
    throw error;
  }
}
