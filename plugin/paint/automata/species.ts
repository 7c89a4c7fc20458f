import { PolicyFileError } from "../../core/errors.ts";
import type { BirthCertificate } from "../../core/policy.ts";
import { UntrustedField } from "../../core/untrusted-field.ts";
import { decodeWeights, encodeWeights, type WeightPrecision, type WeightTensor } from "../../nets/weights-file.ts";

/** Numbers that a cell of every species holds; its colour is made from the first three. So any two can be grafted. */
export const CELL_CHANNELS = 12;
/** What a cell sees of each channel: itself, slopes across and down, and its surroundings less itself. */
export const SENSES = 4;
/** More would be too slow on a phone's GPU. */
const MOST_HIDDEN = 256;
/** What a file of a species calls its network: of cells within [-1, 1]. */
export const SPECIES_NETWORK = "bounded automaton";

/** A kind of living texture: the rule by which every cell of it changes. */
export interface Species {
  /** For people, and for recipes, e.g. `"sand"`. */
  readonly name: string;
  /** Width of the hidden layer; a multiple of 4. */
  readonly hidden: number;
  /** [hidden, senses · channels]: all channels by one sense, then by the next. */
  readonly hiddenWeights: Float32Array;
  /** [hidden]. */
  readonly hiddenBiases: Float32Array;
  /** [channels, hidden]. */
  readonly changeWeights: Float32Array;
  /** [channels]. */
  readonly changeBiases: Float32Array;
  /** How a cell's first three numbers become its colour, sRGB: [3, 3], a row for each of red, green and blue. */
  readonly colourWeights: Float32Array;
  /** Added to it, [3]. */
  readonly colourBiases: Float32Array;
  readonly birth: BirthCertificate;
}

/** The names of a species' tensors in a file, as teaching gives them. */
const TENSORS = {
  hiddenWeights: "hidden weights",
  hiddenBiases: "hidden biases",
  changeWeights: "change weights",
  changeBiases: "change biases",
  colourWeights: "colour weights",
  colourBiases: "colour biases",
} as const;

/** Names what was taught. @throws PolicyFileError for tensors of another network. */
export function speciesOf(
  name: string,
  tensors: Readonly<Record<string, WeightTensor>>,
  birth: BirthCertificate = {},
): Species {
  return readTensors(`Species "${name}"`, name, tensors, birth);
}

/** The bytes of a file, customarily `*.bnw`. @param precision - Default "float16", some 8 kB. */
export function encodeSpecies(species: Species, precision: WeightPrecision = "float16"): Uint8Array {
  const { name, hidden, birth } = species;
  const shapes = shapesOf(hidden);
  const tensors = Object.fromEntries(
    Object.entries(TENSORS).map(([key, stored]) => {
      const field = key as keyof typeof TENSORS;
      return [stored, { shape: shapes[field], values: species[field] }];
    }),
  );
  return encodeWeights({ network: SPECIES_NETWORK, spec: { name, hidden }, tensors, birth }, precision);
}

/**
 * Reads a species from the bytes of a file.
 *
 * @param file - Named in messages.
 * @throws PolicyFileError for a file that is foreign, truncated, changed, newer than this release, or of another network.
 */
export function decodeSpecies(bytes: Uint8Array, file: string): Species {
  const who = `Species file "${file}"`;
  const { spec, tensors, birth } = decodeWeights(bytes, SPECIES_NETWORK, who);
  const name = new UntrustedField(spec, "spec", who).get("name").text();
  return readTensors(who, name, tensors, birth);
}

/**
 * Fetches a species, e.g. `models/automata/sand.bnw`.
 *
 * @throws PolicyFileError when it is not there, or no species.
 */
export async function loadSpecies(url: string | URL, { signal }: { signal?: AbortSignal } = {}): Promise<Species> {
  const file = String(url);
  const response = await fetch(url, signal ? { signal } : {});
  if (!response.ok) {
    throw new PolicyFileError(
      `Species file "${file}": needed a file there, came HTTP ${response.status}. Copy models/automata to the site.`,
    );
  }
  return decodeSpecies(new Uint8Array(await response.arrayBuffer()), file);
}

function readTensors(
  who: string,
  name: string,
  tensors: Readonly<Record<string, WeightTensor>>,
  birth: BirthCertificate,
): Species {
  const hidden = Object.hasOwn(tensors, TENSORS.hiddenBiases) ? tensors[TENSORS.hiddenBiases].values.length : 0;
  if (hidden < 4 || hidden > MOST_HIDDEN || hidden % 4 !== 0) {
    throw new PolicyFileError(
      `${who}: needed a hidden layer of 4 to ${MOST_HIDDEN} numbers, a multiple of 4, came ${hidden}. Teach anew with such a width.`,
    );
  }
  const shapes = shapesOf(hidden);
  const say = (shape: readonly number[]): string => `[${shape.join(", ")}]`;
  const take = (field: keyof typeof TENSORS): Float32Array => {
    const stored = TENSORS[field];
    const came = Object.hasOwn(tensors, stored) ? tensors[stored] : undefined;
    if (came && say(came.shape) === say(shapes[field])) return came.values;
    throw new PolicyFileError(
      `${who}: needed "${stored}" of shape ${say(shapes[field])}, came ${came ? say(came.shape) : "nothing"}. Use a species of this release.`,
    );
  };
  return {
    name,
    hidden,
    hiddenWeights: take("hiddenWeights"),
    hiddenBiases: take("hiddenBiases"),
    changeWeights: take("changeWeights"),
    changeBiases: take("changeBiases"),
    colourWeights: take("colourWeights"),
    colourBiases: take("colourBiases"),
    birth,
  };
}

function shapesOf(hidden: number): Readonly<Record<keyof typeof TENSORS, readonly number[]>> {
  return {
    hiddenWeights: [hidden, SENSES * CELL_CHANNELS],
    hiddenBiases: [hidden],
    changeWeights: [CELL_CHANNELS, hidden],
    changeBiases: [CELL_CHANNELS],
    colourWeights: [3, 3],
    colourBiases: [3],
  };
}
