import type { ConvolutionLayout, EncoderLayout } from "../core/network-spec.ts";
import { pictureSize } from "../core/observation-spec.ts";
import type { KernelMemory } from "./kernel-memory.ts";
import type { DecideKernels } from "./kernels.ts";
import { padded, PANEL, type PanelBuffer } from "./panels.ts";

/** How many pictures go through the convolutions together: as many as lie in one vector of a panel. */
const GROUP = 4;

/** One convolution in kernel memory. */
export interface FusedConvolution {
  readonly layout: ConvolutionLayout;
  /** Channels of its input and filters, as they lie in memory. */
  readonly channels: number;
  readonly filters: number;
  /** Places of the kernel on one picture. */
  readonly positions: number;
  /** Addresses: weights [filters / 4, size, size, channels, 4], biases [filters]. */
  readonly packed: number;
  readonly biases: number;
  /** Address of where the kernel begins at each position of each picture, in bytes from the first picture. */
  readonly offsets: number;
  /** Address of the results, [pictures, outHeight, outWidth, filters]. */
  readonly results: number;
}

/** The convolutions of one of an observation's pictures, in the memory of a kernel instance. */
export class PictureEncoder {
  readonly layout: EncoderLayout;
  readonly layers: readonly FusedConvolution[];
  readonly #kernels: DecideKernels;
  readonly #memory: KernelMemory;
  readonly #pictureSize: number;
  readonly #values: number;

  /** @param together - Most pictures that go through at a time, 1 to 4. */
  constructor(kernels: DecideKernels, memory: KernelMemory, layout: EncoderLayout, together = GROUP) {
    this.#kernels = kernels;
    this.#memory = memory;
    this.layout = layout;
    this.#pictureSize = pictureSize(layout.part);
    this.#values = memory.reserve(together * this.#pictureSize);
    this.layers = layout.layers.map((layer, index): FusedConvolution => {
      const channels = index === 0 ? layer.channels : padded(layer.channels);
      const filters = padded(layer.filters);
      const positions = layer.outHeight * layer.outWidth;
      const convolution = {
        layout: layer,
        channels,
        filters,
        positions,
        packed: memory.reserve(layer.size * layer.size * channels * filters),
        biases: memory.reserve(filters),
        offsets: memory.reserve(together * positions),
        results: memory.reserve(together * positions * filters),
      };
      memory.integers(convolution.offsets, together * positions).set(kernelOffsets(layer, channels, together));
      return convolution;
    });
  }

  /** Copies parameters in, from the flat layout of `layOutNetwork`. */
  writeParameters(flat: Float32Array): void {
    for (const layer of this.layers) {
      const packed = this.#memory.floats(layer.packed, layer.layout.size ** 2 * layer.channels * layer.filters);
      forEachWeight(layer, (at, packedAt) => (packed[packedAt] = flat[at]));
      const { biases, filters } = layer.layout;
      this.#memory.floats(layer.biases, filters).set(flat.subarray(biases, biases + filters));
    }
  }

  /** Copies parameters out into the flat layout. */
  readParameters(flat: Float32Array): void {
    for (const layer of this.layers) {
      const packed = this.#memory.floats(layer.packed, layer.layout.size ** 2 * layer.channels * layer.filters);
      forEachWeight(layer, (at, packedAt) => (flat[at] = packed[packedAt]));
      flat.set(this.#memory.floats(layer.biases, layer.layout.filters), layer.layout.biases);
    }
  }

  /**
   * Sends a few pictures through all convolutions; `layers` say where the results lie.
   *
   * @param source - Address of the first picture's bytes.
   * @param rowBytes - From one picture to the next.
   */
  run(source: number, rowBytes: number, count: number): void {
    const kernels = this.#kernels;
    const size = this.#pictureSize;
    for (let i = 0; i < count; i++) kernels.decodeBytes(source + i * rowBytes, this.#values + 4 * i * size, size);
    let x = this.#values;
    for (let i = 0; i < this.layers.length; i++) {
      const { layout, channels, filters, positions, packed, biases, offsets, results } = this.layers[i];
      kernels.convolution(
        x,
        offsets,
        packed,
        biases,
        results,
        count * positions,
        4 * layout.inWidth * channels,
        layout.size,
        layout.size * channels,
        filters,
      );
      x = results;
    }
  }

  /**
   * Sends the pictures of a batch through all convolutions, and the results into panels.
   *
   * @param images - Address of the first agent's row of images.
   * @param rowBytes - From one agent's row to the next.
   * @param into - Its features from `layout.from` on are written.
   */
  encode(images: number, rowBytes: number, count: number, into: PanelBuffer): void {
    const last = this.layers[this.layers.length - 1];
    const { positions, filters, results, layout } = last;
    for (let first = 0; first < count; first += GROUP) {
      const group = Math.min(GROUP, count - first);
      // Shifted and masked, not divided by 16: until this is compiled, a fraction would be boxed.
      this.run(images + first * rowBytes + this.layout.pixels, rowBytes, group);
      const column = into.address + (first >> 4) * into.stride + 4 * (first & 15);
      this.#kernels.scatterFeatures(
        results,
        4 * positions * filters,
        group,
        positions,
        layout.filters,
        column + 4 * PANEL * this.layout.from,
      );
    }
  }
}

/** Where the kernel begins at each position, in bytes, [pictures, outHeight, outWidth]. */
function kernelOffsets(layer: ConvolutionLayout, channels: number, pictures: number): number[] {
  const { inHeight, inWidth, outHeight, outWidth, stride } = layer;
  const offsets: number[] = [];
  for (let picture = 0; picture < pictures; picture++) {
    for (let y = 0; y < outHeight; y++) {
      for (let x = 0; x < outWidth; x++) {
        offsets.push(4 * channels * ((picture * inHeight + y * stride) * inWidth + x * stride));
      }
    }
  }
  return offsets;
}

/** Visits each weight: its place in the flat parameters, and in the packed ones. */
function forEachWeight(layer: FusedConvolution, visit: (at: number, packedAt: number) => void): void {
  const { size, channels, filters, weights } = layer.layout;
  const taps = size * size * layer.channels;
  let at = weights;
  for (let pixel = 0; pixel < size * size; pixel++) {
    for (let channel = 0; channel < channels; channel++) {
      const tap = pixel * layer.channels + channel;
      for (let filter = 0; filter < filters; filter++) {
        visit(at++, ((filter >> 2) * taps + tap) * 4 + (filter & 3));
      }
    }
  }
}
