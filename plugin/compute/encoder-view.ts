import { ConfigurationError, PolicyMismatchError } from "../core/errors.ts";
import { assertNetworkSpec, layOutNetwork, type EncoderLayout, type NetworkLayout } from "../core/network-spec.ts";
import { pictureSize, quoteAll, type ImagePart } from "../core/observation-spec.ts";
import type { PolicyData } from "../core/policy.ts";
import { assertRoleSpec } from "../core/role-spec.ts";
import { assertSameShape } from "./assert-same-shape.ts";
import { KernelMemory } from "./kernel-memory.ts";
import { loadDecideKernels, type DecideKernels, type KernelOptions } from "./kernels.ts";
import { PictureEncoder, type FusedConvolution } from "./picture-encoder.ts";

/** What one convolution made of a picture. */
export interface SeenLayer {
  /** E.g. `"eye 0"`: the picture's label and the convolution's number. */
  readonly name: string;
  /** In pixels. */
  readonly height: number;
  readonly width: number;
  readonly filters: number;
  /** From 0 upwards, without a limit; written by each `look`, [height, width, filters]. */
  readonly activations: Float32Array;
}

/** Shows what the convolutions of a policy make of a picture. */
export interface EncoderView {
  /** The picture that it is about. */
  readonly part: ImagePart;
  /** One for each convolution, from the picture onwards: zeros until the first `look`. */
  readonly layers: readonly SeenLayer[];
  /**
   * Sends one picture through all convolutions. Synchronous, allocates nothing.
   *
   * @param pixels - Bytes, [height, width, channels].
   * @param from - Where the picture begins in `pixels`, e.g. in a group's `images`. Default 0.
   * @returns `layers`, whose activations were written.
   * @throws ConfigurationError for too few bytes.
   */
  look(pixels: Uint8Array, from?: number): readonly SeenLayer[];
  /** Takes over the parameters of a policy of the same shape. @throws PolicyMismatchError for another. */
  assign(data: PolicyData): void;
  /** Ends its use, so that its memory goes with the object. May be called twice; looking afterwards throws. */
  dispose(): void;
}

/** What to look at, and how to compute. */
export interface EncoderViewOptions extends KernelOptions {
  /** Label of a picture. Default: the policy's first. */
  readonly image?: string;
}

/**
 * Prepares the convolutions of a policy for being looked at: on the kernels with which it decides, in a memory of their own,
 * so that no decision becomes slower.
 *
 * @throws ConfigurationError for a policy without that picture or a network that cannot be, UnsupportedError where
 * WebAssembly SIMD is missing.
 */
export async function createEncoderView(data: PolicyData, options: EncoderViewOptions = {}): Promise<EncoderView> {
  assertRoleSpec(data.role, "EncoderView");
  assertNetworkSpec(data.network, "EncoderView", data.role);
  const layout = layOutNetwork(data.role, data.network);
  const encoder = findEncoder(layout, options.image);
  return new WasmEncoderView(data, layout, encoder, await loadDecideKernels(options));
}

function findEncoder({ encoders }: NetworkLayout, label: string | undefined): EncoderLayout {
  if (encoders.length === 0) {
    throw new ConfigurationError(
      "EncoderView: needed a policy that sees pictures, came one that sees numbers only. Use createInputGradient for numbers.",
    );
  }
  const found = encoders.find(({ part }) => part.label === (label ?? encoders[0].part.label));
  if (found) return found;
  throw new ConfigurationError(
    `EncoderView: needed a picture among ${quoteAll(encoders.map(({ part }) => part.label))}, came "${label}". Use one of them.`,
  );
}

class WasmEncoderView implements EncoderView {
  readonly part: ImagePart;
  readonly layers: readonly SeenLayer[];
  readonly #shape: { role: PolicyData["role"]; spec: PolicyData["network"]; layout: NetworkLayout };
  readonly #encoder: PictureEncoder;
  readonly #source: number;
  readonly #picture: Uint8Array;
  readonly #results: readonly Float32Array[];
  #isDisposed = false;

  constructor(data: PolicyData, layout: NetworkLayout, encoder: EncoderLayout, kernels: DecideKernels) {
    const memory = new KernelMemory(kernels);
    const size = pictureSize(encoder.part);
    this.part = encoder.part;
    this.#shape = { role: data.role, spec: data.network, layout };
    this.#encoder = new PictureEncoder(kernels, memory, encoder, 1);
    this.#source = memory.reserve(Math.ceil(size / 4));
    // The memory does not grow from here on, so that these views stay valid.
    this.#picture = memory.bytes(this.#source, size);
    this.#results = this.#encoder.layers.map((layer) => memory.floats(layer.results, layer.positions * layer.filters));
    this.layers = this.#encoder.layers.map(({ layout: { name, outHeight, outWidth, filters } }): SeenLayer => {
      const activations = new Float32Array(outHeight * outWidth * filters);
      return { name, height: outHeight, width: outWidth, filters, activations };
    });
    this.assign(data);
  }

  look(pixels: Uint8Array, from = 0): readonly SeenLayer[] {
    const size = this.#picture.length;
    if (this.#isDisposed) {
      throw new PolicyMismatchError("EncoderView: needed one in use, came one that was disposed. Make it again.");
    }
    if (!Number.isInteger(from) || from < 0 || pixels.length - from < size) {
      const { width, height, channels } = this.part;
      throw new ConfigurationError(
        `EncoderView: needed ${size} bytes from ${from} on for a picture of ${width} × ${height} × ${channels}, came ${pixels.length} in all. Give it a picture as the policy sees it.`,
      );
    }
    for (let i = 0; i < size; i++) this.#picture[i] = pixels[from + i];
    this.#encoder.run(this.#source, size, 1);
    for (let i = 0; i < this.layers.length; i++) {
      copyUnpadded(this.#encoder.layers[i], this.#results[i], this.layers[i].activations);
    }
    return this.layers;
  }

  assign(data: PolicyData): void {
    assertSameShape(data, this.#shape, "EncoderView");
    this.#encoder.writeParameters(data.parameters);
  }

  dispose(): void {
    this.#isDisposed = true;
  }
}

/** Leaves out the filters that are only padding. */
function copyUnpadded({ layout, filters, positions }: FusedConvolution, from: Float32Array, to: Float32Array): void {
  let at = 0;
  for (let position = 0; position < positions; position++) {
    for (let filter = 0; filter < layout.filters; filter++) to[at++] = from[position * filters + filter];
  }
}
