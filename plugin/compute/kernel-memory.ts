import { UnsupportedError } from "../core/errors.ts";
import type { DecideKernels } from "./kernels.ts";

const PAGE = 65536;
/** Addresses stay whole numbers of 31 bits, with which engines compute fastest. */
const MOST_MEGABYTES = 2047;
const MEGABYTE = 2 ** 20;

/**
 * Hands out pieces of a kernel instance's memory, once each, until the instance is forgotten.
 *
 * Fresh pieces hold zeros. Memory that grows detaches all earlier views, so reserve first and view afterwards.
 */
export class KernelMemory {
  readonly #memory: WebAssembly.Memory;
  #next: number;

  constructor(kernels: DecideKernels) {
    this.#memory = kernels.memory;
    this.#next = (kernels.heapBase() + 63) & ~63;
  }

  /** Bytes that the instance holds. */
  get byteLength(): number {
    return this.#memory.buffer.byteLength;
  }

  /**
   * @returns The address of `count` numbers of 4 bytes, a multiple of 64.
   * @throws UnsupportedError for more than an instance can hold.
   */
  reserve(count: number): number {
    const address = this.#next;
    const megabytes = (address + count * 4) / MEGABYTE;
    if (megabytes > MOST_MEGABYTES) {
      throw new UnsupportedError(
        `Neural kernels: needed ${Math.ceil(megabytes)} MB of memory, came at most ${MOST_MEGABYTES}. Use smaller layers or pictures.`,
      );
    }
    this.#next = (address + count * 4 + 63) & ~63;
    const missing = this.#next - this.#memory.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE));
    return address;
  }

  /** `count` floats at an address. Made anew at each call: keep it, and remake it after a `reserve`. */
  floats(address: number, count: number): Float32Array {
    return new Float32Array(this.#memory.buffer, address, count);
  }

  /** `count` bytes at an address. */
  bytes(address: number, count: number): Uint8Array {
    return new Uint8Array(this.#memory.buffer, address, count);
  }

  /** `count` whole numbers at an address. */
  integers(address: number, count: number): Int32Array {
    return new Int32Array(this.#memory.buffer, address, count);
  }
}
